/* gsm: the alphabets of short messages, 3GPP TS 23.038: GSM 7-bit with its extension table, and UCS-2
 * (read as UTF-16). Pure.
 */
#ifndef TESTS_FAKES_MODEMSIM_GSM_H
#define TESTS_FAKES_MODEMSIM_GSM_H

#include "tests/fakes/modemsim_out.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GSM_REPLACEMENT 0xFFFDU
#define GSM_ESCAPE 0x1BU /* 23.038 section 6.2.1: the next septet is of the extension table */

/* What a decoder found wrong; a sender's mistake, to be shown. */
enum gsm_flaw {
    GSM_FLAW_LONE_SURROGATE = 1,
    GSM_FLAW_ESCAPE_AT_END = 2,
    GSM_FLAW_UNKNOWN_ESCAPE = 4,
    GSM_FLAW_ODD_BYTES = 8,
};

/* The next code point of a NUL-ended text, and steps past it; GSM_REPLACEMENT, one byte on, where the bytes
 * are not UTF-8 (overlong forms and surrogates neither). Not to be called at the NUL. */
uint32_t gsm_utf8_next(const char **text);

/* Septets (one a byte, high bit clear) appended to utf8. Returns flaws as a mask of enum gsm_flaw. */
unsigned gsm_decode(struct out *utf8, const uint8_t *septets, size_t count);
/* Bytes, two a unit, big-endian, appended to utf8. Returns flaws as a mask. */
unsigned gsm_ucs2_decode(struct out *utf8, const uint8_t *bytes, size_t length);

/* UTF-8 as septets; false when a character is not in the alphabet or it does not fit. */
bool gsm_encode(uint8_t *septets, size_t size, size_t *count, const char *utf8);
/* UTF-8 as big-endian UTF-16; false when it does not fit. */
bool gsm_ucs2_encode(uint8_t *bytes, size_t size, size_t *length, const char *utf8);

/* 23.038 section 6.1.2.1: septets in octets, beginning at septet number `first` of the octets (fill bits). */
void gsm_unpack(uint8_t *septets, size_t count, const uint8_t *octets, size_t length, size_t first);
void gsm_pack(uint8_t *octets, size_t length, size_t first, const uint8_t *septets, size_t count);

#endif
