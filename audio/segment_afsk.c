/* Text in Latin letters as APRS bulletins in AFSK1200, which direwolf, multimon-ng and APRS sets show: what one text message
 * holds, in up to three lines. Each language has names of its own, so that no line takes another's place. */
#include "audio/afsk.h"
#include "audio/aprs.h"
#include "audio/mfsk.h"
#include "audio/segment.h"
#include "modems/compose.h"

#include <stdlib.h>
#include <string.h>

#define LINES_MAX 11

/* The names of a language's lines in their order: three are enough but for a headline that is too long. */
static const char names[BULLETIN_LANGUAGE_COUNT][LINES_MAX + 1] = {
    [BULLETIN_KK] = "012ABCDEFGH", [BULLETIN_RU] = "345IJKLMNOP", [BULLETIN_EN] = "678QRSTUVWX"};

struct packets {
    size_t count;
    struct packet {
        size_t size;
        uint8_t bytes[AX25_FRAME_MAX];
    } packet[LINES_MAX];
};

static enum err put_lines(
    struct packets *packets, const char *text, const char *call, const char *name)
{
    struct aprs_line line = {.name = *name};
    enum err err = strlen(call) < sizeof(line.source) ? ERR_OK : ERR_FORMAT;

    if (!err)
        memcpy(line.source, call, strlen(call));
    aprs_take_line(line.text, &text);
    while (!err && line.text[0] != '\0') {
        struct packet *packet = &packets->packet[packets->count];
        struct ax25 frame;

        if (packets->count == LINES_MAX)
            return ERR_LONG;
        line.name = name[packets->count++];
        err = aprs_print_line(&frame, &line);
        if (!err)
            err = ax25_encode(packet->bytes, &packet->size, &frame);
        aprs_take_line(line.text, &text);
    }
    return err;
}

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    const struct programme_input *input = source->input;
    struct packets *packets = segment_allocate(sizeof(*packets));
    char ascii[MFSK_TEXT_MAX];
    struct compose compose;
    const struct compose_request request = {.bulletin = input->bulletin,
        .language = wish->language,
        .latin = true,
        .parts = 1,
        .sender = input->sender,
        .code = input->code};
    enum err err = compose_text(&compose, &request);

    *state = packets;
    if (!err)
        err = mfsk_print_ascii(ascii, sizeof(ascii), compose.text);
    if (!err)
        err = put_lines(
            packets, ascii, input->call ? input->call : APRS_CALL_DEFAULT, names[wish->language]);
    return err;
}

static unsigned lead_flags(size_t index)
{
    return index == 0 ? AFSK_LEAD_FLAGS : AFSK_NEXT_FLAGS;
}

static size_t samples(const void *state)
{
    const struct packets *packets = state;
    size_t sum = segment_count_samples(SEGMENT_PAUSE_MS);

    for (size_t i = 0; i < packets->count; i++)
        sum += afsk_count_samples(
            packets->packet[i].bytes, packets->packet[i].size, lead_flags(i), SEGMENT_RATE_HZ);
    return sum;
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct packets *packets = state;

    for (size_t i = 0; i < packets->count; i++)
        afsk_append(
            pcm, packets->packet[i].bytes, packets->packet[i].size, lead_flags(i), SEGMENT_PEAK);
    pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    return ERR_OK;
}

const struct segment_kind segment_afsk = {.name = "afsk",
    .each = true,
    .create = create,
    .samples = samples,
    .render = render,
    .destroy = free};
