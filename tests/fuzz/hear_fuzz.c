/* Any sound, in pieces of any size, through the whole front of the receiver: data frames, text, packets. What comes out is bounded,
 * terminated and only what the library promises.
 *
 * Each step takes 4 bytes: what (0-2 bytes as samples, 3 silence, 4 a burst's piece, 5 text's, 6 a packet's, 7 a full-scale square
 * wave), length, place, level.
 */
#include "audio/afsk.h"
#include "audio/afsk_rx.h"
#include "audio/mfsk.h"
#include "audio/rx_front.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define STEP_SIZE 4
#define SAMPLES_MAX                                                                                \
    12000        /* 1.5 s of one input: bursts have a target of their own, which is quicker */
#define UNIT 256 /* samples to a step's length and place */
#define KNOWN 3

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_packet(void *arg, const struct datac_packet *packet)
{
    (void)arg;
    if (!isfinite(packet->snr_db) || packet->snr_db < DATAC_SNR_MIN_DB ||
        packet->snr_db > DATAC_SNR_MAX_DB || !isfinite(packet->offset_hz))
        abort();
}

static void take_text(void *arg, enum rx_text_mode mode, const char *line)
{
    char clean[RX_TEXT_SIZE];
    (void)arg;
    if (mode >= RX_TEXT_MODE_COUNT || strlen(line) > 2 * RX_TEXT_COLUMNS_MAX ||
        rx_text_clean(clean, line, RX_TEXT_COLUMNS_MAX) > RX_TEXT_COLUMNS_MAX)
        abort();
}

/* What the receivers know, so that the search begins near it. */
static const struct pcm *make_known(void)
{
    static struct pcm known[KNOWN];
    if (known[0].count)
        return known;
    static const uint8_t payload[DATAC_PAYLOAD_SIZE] = {1, 2, 3};
    const struct ax25 frame = {
        .source = "UN7ABC", .destination = "APZ001", .text_size = 5, .text = "HELLO"};
    uint8_t bytes[AX25_FRAME_MAX];
    size_t size;
    struct datac_modulator *modulator = datac_modulator_new();
    for (int i = 0; i < KNOWN; i++)
        pcm_init(&known[i], DATAC_RATE_HZ);
    datac_modulate(modulator, &known[0], payload, 0);
    datac_modulator_free(modulator);
    mfsk_append(&known[1], "DABYL 41 HEAR AND TELL\n", 12000);
    if (ax25_encode(bytes, &size, &frame))
        abort();
    afsk_append(&known[2], bytes, size, AFSK_LEAD_FLAGS, 12000);
    return known;
}

static void fill_known(int16_t *samples, size_t count, const struct pcm *known, const uint8_t *step)
{
    size_t from = step[2] * (size_t)UNIT;
    for (size_t i = 0; i < count; i++)
        samples[i] = (int16_t)(known->samples[(from + i) % known->count] * (step[3] + 1) / 256);
}

/* Samples of one step; how many bytes of data it used up beside the step itself. */
static size_t fill(int16_t *samples, size_t count, const uint8_t *step, size_t left)
{
    unsigned what = step[0] % 8;
    size_t used = 0;
    memset(samples, 0, count * sizeof samples[0]);
    if (what < 3) {
        used = 2 * count < left ? 2 * count : left;
        memcpy(samples, step + STEP_SIZE, used);
    } else if (what == 7) {
        for (size_t i = 0; i < count; i++)
            samples[i] = i / (1u + step[2]) % 2 ? INT16_MAX : INT16_MIN;
    } else if (what > 3) {
        fill_known(samples, count, &make_known()[what - 4], step);
    }
    return used;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int16_t samples[256 * UNIT];
    const struct rx_front_handlers handlers = {.packet = take_packet, .text = take_text};
    struct rx_front *front = rx_front_new(&handlers);
    size_t heard = 0;
    for (size_t at = 0; at + STEP_SIZE <= size && heard < SAMPLES_MAX;) {
        size_t count = (data[at + 1] + 1u) * (size_t)UNIT - data[at + 3] % UNIT;
        count = count < SAMPLES_MAX - heard ? count : SAMPLES_MAX - heard;
        at += STEP_SIZE + fill(samples, count, data + at, size - at - STEP_SIZE);
        rx_front_push(front, samples, count);
        heard += count;
    }
    rx_front_flush(front);
    struct rx_front_stats stats = rx_front_stats(front);
    if (stats.samples < heard || stats.joined > stats.good || !isfinite(stats.snr_mean_db))
        abort();
    rx_front_free(front);
    return 0;
}
