/* gsm7: the GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1 and 6.2.1.1): which characters
 * are in it and what they cost. A text that fits goes out at 160 septets a part, any other as UCS-2 at 70 units.
 * There is no shift table for Cyrillic: one such letter is enough to change a whole text.
 */
#ifndef MODEMS_GSM7_H
#define MODEMS_GSM7_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define GSM7_ESCAPE 0x1b  /* the next septet is of the extension table */
#define GSM7_NONE 0xffffu /* what gsm7_find answers for a character that is in neither table */
#define GSM7_SEPTET_MAX 0x7f

/* The code of a character: 0-0x7f in the default alphabet, GSM7_ESCAPE << 8 | septet in the extension table, or
 * GSM7_NONE. The escape itself is no character. */
uint16_t gsm7_find(uint32_t code);

/* The other way: the character of such a code; U+FFFD if there is none. */
uint32_t gsm7_letter(uint16_t found);

/* Septets that a character takes: 1, 2 with its escape, or 0 if it is not in the alphabet. */
unsigned gsm7_cost(uint32_t code);

/* Septets of a terminated text. ERR_TEXT if it does not fit: *misfit is then the first character that does not (U+FFFD
 * for a malformed byte) and *septets those before it. *misfit is 0 on ERR_OK. */
ERR_CHECKED enum err gsm7_measure(size_t *septets, uint32_t *misfit, const char *text);

#endif
