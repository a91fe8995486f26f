/* pack_plain: text model 0, and the alphabet of model 1: KZ-1048 (STRK 1048-2002, the Kazakh variant of windows-1251).
 *
 * U+0001..U+007F but U+001B are themselves. A character of the table is one byte 0x80..0xFF (0x98 is not assigned).
 * Any other character, and U+001B itself, is 0x1B, then the character in UTF-8.
 */
#ifndef GATEWAY_BULLETIN_PACK_PLAIN_H
#define GATEWAY_BULLETIN_PACK_PLAIN_H

#include "gateway/base/buf.h"

#define PACK_PLAIN_GROWTH                                                                          \
    2 /* a text of n bytes of UTF-8 never makes more than n times this (U+001B makes 2 of 1) */

/* Appends the KZ-1048 bytes of UTF-8 text[0..size). ERR_TEXT if it is not UTF-8 or holds a NUL, ERR_LONG without room. */
ERR_CHECKED enum err pack_plain_encode(struct buf_out *out, const uint8_t *text, size_t size);

/* Appends the UTF-8 of KZ-1048 bytes[0..size). ERR_FORMAT for bytes that pack_plain_encode never makes, ERR_LONG without
 * room. */
ERR_CHECKED enum err pack_plain_decode(struct buf_out *out, const uint8_t *bytes, size_t size);

#endif
