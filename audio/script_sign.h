/* script_sign: how a station signs off in one language: its call sign, spelled, and when its broadcasts begin. The times are those of the
 * schedule, not of one day: what is spoken is sent again and again. Pure; the fixed wording is phrases.h'.
 */
#ifndef AUDIO_SCRIPT_SIGN_H
#define AUDIO_SCRIPT_SIGN_H

#include "audio/normal.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"

#include <stddef.h>

#define SCRIPT_SIGN_TIMES_MAX 6 /* more of a kind are not said: nobody would note them down */

struct script_sign {
    const char *call;  /* "UN7ABC", "UN7ABC-10"; NULL or empty: none */
    const char *times; /* ":00 :30", "07:15 19:15" (schedule.h); NULL or empty: none;
                          other words are not said */
    enum bulletin_language language;
};

/* Writes it, normalised (normal.h) and terminated, into words[size]; NORMAL_TEXT_MAX suffices. ERR_MISSING if there is nothing to be
 * said; ERR_LONG; ERR_TEXT for a call sign. */
ERR_CHECKED enum err script_sign_write(char *words, size_t size, const struct script_sign *sign);

#endif
