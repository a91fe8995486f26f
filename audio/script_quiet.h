/* script_quiet: what is said in one language where nothing is in force: who speaks, the time, that all is quiet, the number of the newest
 * bulletin and when the next broadcast begins. Pure; the fixed wording is phrases.h'.
 */
#ifndef AUDIO_SCRIPT_QUIET_H
#define AUDIO_SCRIPT_QUIET_H

#include "audio/normal.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"

#include <stddef.h>
#include <stdint.h>

struct script_quiet {
    const char *sender; /* who speaks */
    int64_t time_s;     /* when it is sent */
    int64_t next_s;     /* when the next broadcast begins; 0: not known */
    uint32_t number;    /* of the newest bulletin; 0: there has been none */
    enum bulletin_language language;
};

/* Writes it, normalised (normal.h) and terminated, into words[size]; NORMAL_TEXT_MAX suffices. ERR_LONG. */
ERR_CHECKED enum err script_quiet_write(
    char *words, size_t size, const struct script_quiet *script);

#endif
