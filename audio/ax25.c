#include "audio/ax25.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define LETTERS 6
#define NUMBER_MAX 15
#define NUMBER_SHIFT 1
#define SPARE_BITS 0x60u   /* sent as ones */
#define COMMAND_BIT 0x80u  /* of the destination of a command, the source of a response */
#define LAST_ADDRESS 0x01u /* of the address behind which no other comes */
#define CONTROL_UI 0x03
#define CONTROL_POLL 0x10
#define PROTOCOL_NONE 0xf0
#define FCS_START 0xffffu
#define FCS_POLYNOMIAL 0x8408u /* x^16 + x^12 + x^5 + 1, lowest bit first */

static unsigned make_fcs(const uint8_t *bytes, size_t size)
{
    unsigned fcs = FCS_START;

    for (size_t i = 0; i < size; i++) {
        fcs ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            fcs = (fcs & 1u) != 0 ? fcs >> 1 ^ FCS_POLYNOMIAL : fcs >> 1;
    }
    return ~fcs & 0xffffu;
}

static bool is_call_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* "1".."15" */
static enum err parse_number(unsigned *number, const char *text)
{
    size_t digits = strspn(text, "0123456789");

    *number = 0;
    if (digits == 0 || digits > 2 || text[digits] != '\0' || text[0] == '0')
        return ERR_FORMAT;
    for (size_t i = 0; i < digits; i++)
        *number = *number * 10 + (unsigned)(text[i] - '0');
    return *number <= NUMBER_MAX ? ERR_OK : ERR_FORMAT;
}

static enum err put_address(uint8_t bytes[AX25_ADDRESS_BYTES], const char *call, unsigned flags)
{
    size_t letters = 0;
    unsigned number = 0;
    enum err err = ERR_OK;

    while (letters < LETTERS && is_call_letter(call[letters]))
        letters++;
    if (call[letters] == '-')
        err = parse_number(&number, call + letters + 1);
    else if (call[letters] != '\0')
        err = ERR_FORMAT;
    if (err || letters == 0)
        return ERR_FORMAT;
    for (size_t i = 0; i < LETTERS; i++)
        bytes[i] = (uint8_t)((i < letters ? call[i] : ' ') << 1);
    bytes[LETTERS] = (uint8_t)(number << NUMBER_SHIFT | SPARE_BITS | flags);
    return ERR_OK;
}

static enum err get_address(char call[AX25_CALL_SIZE], const uint8_t bytes[AX25_ADDRESS_BYTES])
{
    unsigned number = (unsigned)bytes[LETTERS] >> NUMBER_SHIFT & NUMBER_MAX;
    size_t letters = 0;

    while (letters < LETTERS && is_call_letter((char)(bytes[letters] >> 1))) {
        call[letters] = (char)(bytes[letters] >> 1);
        letters++;
    }
    for (size_t i = 0; i < LETTERS; i++)
        if ((bytes[i] & 1u) != 0 || (i >= letters && bytes[i] >> 1 != ' '))
            return ERR_FORMAT;
    call[letters] = '\0';
    if (number > 0)
        (void)snprintf(call + letters, AX25_CALL_SIZE - letters, "-%u", number);
    return letters > 0 ? ERR_OK : ERR_FORMAT;
}

enum err ax25_check_call(const char *call)
{
    uint8_t bytes[AX25_ADDRESS_BYTES];

    return put_address(bytes, call, 0);
}

enum err ax25_encode(uint8_t bytes[AX25_FRAME_MAX], size_t *size, const struct ax25 *frame)
{
    size_t at = 2 * AX25_ADDRESS_BYTES;
    unsigned fcs;

    if (frame->text_size > AX25_TEXT_MAX)
        return ERR_LONG;
    if (put_address(bytes, frame->destination, COMMAND_BIT) ||
        put_address(bytes + AX25_ADDRESS_BYTES, frame->source, LAST_ADDRESS))
        return ERR_FORMAT;
    bytes[at++] = CONTROL_UI;
    bytes[at++] = PROTOCOL_NONE;
    memcpy(bytes + at, frame->text, frame->text_size);
    at += frame->text_size;
    fcs = make_fcs(bytes, at);
    bytes[at++] = (uint8_t)(fcs & 0xffu);
    bytes[at++] = (uint8_t)(fcs >> 8);
    *size = at;
    return ERR_OK;
}

/* Where the addresses end. */
static enum err find_control(size_t *control, const uint8_t *bytes, size_t size)
{
    size_t at = AX25_ADDRESS_BYTES;

    do {
        at += AX25_ADDRESS_BYTES;
        if (at + 2 > size)
            return ERR_SHORT;
        if (at > (2 + AX25_VIA_MAX) * AX25_ADDRESS_BYTES)
            return ERR_LONG;
    } while ((bytes[at - 1] & LAST_ADDRESS) == 0);
    *control = at;
    return ERR_OK;
}

enum err ax25_decode(struct ax25 *frame, const uint8_t *bytes, size_t size)
{
    size_t control;
    enum err err;

    if (size <= AX25_FCS_BYTES)
        return ERR_SHORT;
    if (size > AX25_FRAME_MAX)
        return ERR_LONG;
    size -= AX25_FCS_BYTES;
    if (make_fcs(bytes, size) != ((unsigned)bytes[size] | (unsigned)bytes[size + 1] << 8))
        return ERR_FORMAT;
    err = find_control(&control, bytes, size);
    if (!err)
        err = get_address(frame->destination, bytes);
    if (!err)
        err = get_address(frame->source, bytes + AX25_ADDRESS_BYTES);
    if (err)
        return err;
    if ((bytes[control] & ~CONTROL_POLL) != CONTROL_UI || bytes[control + 1] != PROTOCOL_NONE)
        return ERR_VALUE;
    frame->text_size = size - control - 2;
    if (frame->text_size > AX25_TEXT_MAX)
        return ERR_LONG;
    memcpy(frame->text, bytes + control + 2, frame->text_size);
    return ERR_OK;
}
