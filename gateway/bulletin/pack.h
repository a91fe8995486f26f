/* pack: text compression. Three models, each frozen for ever once released (bulletin.h, BULLETIN_TEXT_MODEL_*).
 *
 * Model 0: KZ-1048 (the Kazakh variant of windows-1251), one byte a character; 0x1B escapes what it lacks: 0x1B, then
 *          the character in UTF-8. 0x01 and 0x02 are the separators of wire.h and stand for themselves.
 * Model 1: model 0's bytes, coded by an integer context mixer primed with our own texts (pack_mixer.h).
 * Model 2: raw deflate (RFC 1951) of UTF-8.
 * Each model has exactly one encoding of a text that a decoder accepts (decode re-encodes and compares), except 2.
 */
#ifndef GATEWAY_BULLETIN_PACK_H
#define GATEWAY_BULLETIN_PACK_H

#include "gateway/base/buf.h"
#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define PACK_TEXT_MAX 7168  /* bytes of UTF-8, unpacked, all languages with separators */
#define PACK_BYTES_MAX 1900 /* packed */

/* UTF-8 text[0..text_size) to packed bytes. ERR_LONG if it does not fit room, ERR_TEXT if it is not UTF-8,
 * ERR_VERSION for an unknown model. */
ERR_CHECKED enum err pack_encode(
    uint8_t *bytes, size_t *size, size_t room, uint8_t model, const struct buf_in *text);

/* Packed bytes to UTF-8, terminated by a NUL that text_size does not count; room includes it. Bounded in time by
 * PACK_TEXT_MAX. ERR_FORMAT for bytes that no encoder makes. */
ERR_CHECKED enum err pack_decode(
    char *text, size_t *text_size, size_t room, uint8_t model, const struct buf_in *bytes);

#endif
