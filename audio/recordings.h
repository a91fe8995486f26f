/* recordings: the folder of editors' recordings: HASH-kk.sound, and beside it HASH-kk.reading with what was signed.
 */
#ifndef AUDIO_RECORDINGS_H
#define AUDIO_RECORDINGS_H

#include "gateway/bulletin/reading.h"

#include <stdbool.h>

#define RECORDINGS_MAX 32u
#define RECORDINGS_KEPT_S 172800 /* two days: a bulletin lives one at most */

/* BLAKE2b-256 of an open file. ERR_SYSTEM if it cannot be mapped, ERR_SHORT if it is empty. */
ERR_CHECKED enum err recordings_hash(uint8_t hash[SEAL_HASH_SIZE], int fd, size_t size);
/* Removes what is old. ERR_FULL if RECORDINGS_MAX are left. */
ERR_CHECKED enum err recordings_make_room(const char *folder);
/* Writes HASH-kk.reading: aside, then renamed. As errno says. */
ERR_CHECKED enum err recordings_save(const char *folder, const struct reading *reading);
/* Reads that of reading's body_hash and language. ERR_MISSING, what reading_decode says; ERR_FORMAT if it is another's. */
ERR_CHECKED enum err recordings_load(struct reading *reading, const char *folder);
/* reading_approve, now. */
ERR_CHECKED enum err recordings_approve(
    struct reading *reading, const struct wire_approval *approval, const struct roster *roster);
/* Removes what was signed, then the recording. ERR_MISSING if there is neither; as errno says. */
ERR_CHECKED enum err recordings_remove(const char *folder, const struct reading *reading);
/* Opens the recording; -1: there is none. */
int recordings_open(uint64_t *size, bool *flac, const char *folder, const struct reading *reading);

#endif
