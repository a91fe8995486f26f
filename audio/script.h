/* script: what is said of a bulletin in one language: who speaks, its number and time, what happened and what to do,
 * until when, and its check code spelled. Pure; the fixed wording is phrases.h'.
 */
#ifndef AUDIO_SCRIPT_H
#define AUDIO_SCRIPT_H

#include "audio/normal.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"

#include <stdbool.h>
#include <stddef.h>

#define SCRIPT_SENDER_MAX 64 /* bytes of a sender's name with its NUL */

struct script {
    const struct bulletin *bulletin;
    const char *code;   /* check code (seal_print_code) */
    const char *sender; /* who speaks */
    enum bulletin_language language;
    bool brief; /* without the description: for the plain voice, where airtime counts most */
};

/* A sender's name as it is spoken: in capitals it is a name all the same, not letters to be spelled, if it has a vowel. Cut where it
 * is too long. */
void script_print_sender(char name[SCRIPT_SENDER_MAX], const char *sender);

/* Writes what is said, normalised (normal.h) and terminated, into words[size]; NORMAL_TEXT_MAX suffices. ERR_MISSING if the
 * bulletin lacks the language, ERR_LONG, ERR_TEXT (a code that can't be spelled). */
ERR_CHECKED enum err script_write(char *words, size_t size, const struct script *script);

#endif
