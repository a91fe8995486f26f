/* utf8: check, step through and cut text (RFC 3629).
 */
#ifndef GATEWAY_BASE_UTF8_H
#define GATEWAY_BASE_UTF8_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

/* ERR_TEXT unless text[0..size) is well-formed UTF-8: no surrogates, no overlong forms, nothing over U+10FFFF, no NUL. */
ERR_CHECKED enum err utf8_check(const char *text, size_t size);
/* The first code point of text[0..size) into *code; returns its length in bytes, 0 if there is no well-formed one
 * (*code is untouched then). */
size_t utf8_decode(uint32_t *code, const char *text, size_t size);
/* The next code point of a terminated, well-formed text; moves *text on. 0 at the end; U+FFFD and one byte on
 * for a malformed byte. */
uint32_t utf8_next(const char **text);
/* Writes a code point, 1-4 bytes, unterminated; returns their count, 0 for a surrogate or over U+10FFFF. */
size_t utf8_put(char bytes[4], uint32_t code);
/* Code points in a terminated text. */
size_t utf8_count(const char *text);
/* UTF-16 units in a terminated text (2 for code points over U+FFFF). */
size_t utf8_count_utf16(const char *text);
/* The largest size <= room at which text[0..size) ends on a whole code point. */
size_t utf8_cut(const char *text, size_t size, size_t room);
/* Upper case of one code point: ASCII, Cyrillic with the Kazakh letters, Latin-1 and Latin Extended-A; others as they
 * are. */
uint32_t utf8_upper(uint32_t code);

#endif
