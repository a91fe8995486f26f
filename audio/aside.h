/* aside: small files that are whole or not there: written aside, synced and renamed.
 */
#ifndef AUDIO_ASIDE_H
#define AUDIO_ASIDE_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define ASIDE_PATH_MAX 512
#define ASIDE_END ".new" /* of the name that it has meanwhile */

/* In the place of a file of that name; for our own user alone. Blocks for the disk. ERR_LONG for a path, ERR_FULL, ERR_DENIED,
 * ERR_MISSING (its folder), ERR_SYSTEM. */
ERR_CHECKED enum err aside_write(const char *path, const uint8_t *bytes, size_t size);
/* *used is size if it is longer. ERR_MISSING, ERR_DENIED, ERR_SYSTEM. */
ERR_CHECKED enum err aside_read(uint8_t *bytes, size_t size, size_t *used, const char *path);

#endif
