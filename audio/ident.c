#include "audio/ident.h"

#include "gateway/bulletin/bulletin.h"

#include <stdio.h>
#include <string.h>

#define VERSION 1
#define NEWSROOM_AT 1
#define NUMBER_AT 3
#define CALL_AT 6
#define CALL_SIZE (AX25_CALL_SIZE - 1)
#define TIMES_AT (CALL_AT + CALL_SIZE)

_Static_assert(TIMES_AT + IDENT_TIMES_MAX == ERASURE_SYMBOL_SIZE, "it fills a symbol");

static enum err check(const struct ident *ident)
{
    if (ax25_check_call(ident->call))
        return ERR_FORMAT;
    if (ident->number == 0 || ident->number > BULLETIN_NUMBER_MAX)
        return ERR_VALUE;
    for (const char *at = ident->times; *at != '\0'; at++)
        if (*at < ' ' || *at > '~')
            return ERR_TEXT;
    return ERR_OK;
}

enum err ident_encode(uint8_t bytes[FRAME_SIZE], const struct ident *ident)
{
    struct frame frame = {.object = FRAME_IDENT, .k = 1};
    uint8_t *out = frame.symbol.bytes;
    enum err err = check(ident);

    if (err)
        return err;
    out[0] = VERSION;
    memcpy(out + NEWSROOM_AT, ident->newsroom, IDENT_NEWSROOM_SIZE);
    out[NUMBER_AT] = (uint8_t)(ident->number >> 16);
    out[NUMBER_AT + 1] = (uint8_t)(ident->number >> 8 & 0xffu);
    out[NUMBER_AT + 2] = (uint8_t)(ident->number & 0xffu);
    memcpy(out + CALL_AT, ident->call, strlen(ident->call));
    memcpy(out + TIMES_AT, ident->times, strlen(ident->times));
    frame_make_tag(frame.tag, out, ERASURE_SYMBOL_SIZE);
    return frame_encode(bytes, &frame);
}

/* A text with nothing but zeros behind it. */
static enum err get_text(char *text, const uint8_t *bytes, size_t size)
{
    size_t used = strnlen((const char *)bytes, size);

    for (size_t i = used; i < size; i++)
        if (bytes[i] != 0)
            return ERR_FORMAT;
    memcpy(text, bytes, used);
    text[used] = '\0';
    return ERR_OK;
}

enum err ident_decode(struct ident *ident, const uint8_t bytes[FRAME_SIZE])
{
    struct frame frame;
    const uint8_t *in = frame.symbol.bytes;
    uint8_t tag[FRAME_TAG_SIZE];
    enum err err = frame_decode(&frame, bytes);

    if (err)
        return err;
    if (frame.object != FRAME_IDENT || frame.k != 1 || frame.symbol.index != 0)
        return ERR_MISSING;
    frame_make_tag(tag, in, ERASURE_SYMBOL_SIZE);
    if (memcmp(tag, frame.tag, FRAME_TAG_SIZE) != 0)
        return ERR_FORMAT;
    if (in[0] != VERSION)
        return ERR_VERSION;
    memcpy(ident->newsroom, in + NEWSROOM_AT, IDENT_NEWSROOM_SIZE);
    ident->number = (uint32_t)in[NUMBER_AT] << 16 | (uint32_t)in[NUMBER_AT + 1] << 8 |
                    (uint32_t)in[NUMBER_AT + 2];
    err = get_text(ident->call, in + CALL_AT, CALL_SIZE);
    if (!err)
        err = get_text(ident->times, in + TIMES_AT, IDENT_TIMES_MAX);
    return err ? err : check(ident);
}

void ident_print(char text[IDENT_TEXT_SIZE], const struct ident *ident)
{
    (void)snprintf(text, IDENT_TEXT_SIZE, "%s, newsroom %02x%02x, newest bulletin %u%s%s",
        ident->call, ident->newsroom[0], ident->newsroom[1], (unsigned)ident->number,
        ident->times[0] ? ", sends at " : "", ident->times);
}
