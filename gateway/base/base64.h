/* base64: RFC 4648, 4: the standard alphabet with padding, no line breaks.
 */
#ifndef GATEWAY_BASE_BASE64_H
#define GATEWAY_BASE_BASE64_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

/* Letters for size bytes, without the NUL. */
#define BASE64_LETTERS(size) (((size) + 2) / 3 * 4)

/* Writes size bytes as BASE64_LETTERS(size) letters and a NUL; text has room for them. */
void base64_print(char *text, const uint8_t *bytes, size_t size);
/* Reads text[0..text_size), all of it, into bytes[0..room). ERR_FORMAT for another letter, wrong padding, spare bits that
 * are not zero or a length that is no multiple of 4; ERR_LONG if it does not fit. */
ERR_CHECKED enum err base64_parse(
    uint8_t *bytes, size_t *size, size_t room, const char *text, size_t text_size);

#endif
