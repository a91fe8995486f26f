/* ax25: the unnumbered-information frames of AX.25 2.2 that carry APRS: addresses, control, protocol and check sequence. Pure.
 *
 *   destination 7, source 7, up to AX25_VIA_MAX digipeaters 7 each     six letters or digits, shifted left, and the station's number
 *   control 03 (UI), protocol f0 (none), text, check sequence 2         CRC-16/X.25, low byte first
 */
#ifndef AUDIO_AX25_H
#define AUDIO_AX25_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define AX25_CALL_SIZE 10 /* "AB1CDE-15" and a NUL */
#define AX25_VIA_MAX 8
#define AX25_TEXT_MAX 256 /* bytes */
#define AX25_ADDRESS_BYTES 7
#define AX25_FCS_BYTES 2
#define AX25_FRAME_MAX                                                                             \
    ((2 + AX25_VIA_MAX) * AX25_ADDRESS_BYTES + 2 + AX25_TEXT_MAX + AX25_FCS_BYTES)

struct ax25 {
    char source[AX25_CALL_SIZE];
    char destination[AX25_CALL_SIZE];
    size_t text_size;
    uint8_t text[AX25_TEXT_MAX];
};

/* "N0CALL", "UN7ABC-10": 1 to 6 capital letters or digits, and maybe a number of 1 to 15. ERR_FORMAT. */
ERR_CHECKED enum err ax25_check_call(const char *call);

/* Bytes on the air, the check sequence with them, no digipeaters. ERR_FORMAT for an address, ERR_LONG for the text. */
ERR_CHECKED enum err ax25_encode(
    uint8_t bytes[AX25_FRAME_MAX], size_t *size, const struct ax25 *frame);

/* Digipeaters are passed over. ERR_SHORT, ERR_LONG, ERR_FORMAT (check sequence, an address), ERR_VALUE
 * (another kind of frame). */
ERR_CHECKED enum err ax25_decode(struct ax25 *frame, const uint8_t *bytes, size_t size);

#endif
