/* Any text as MFSK32, and any sound in its place: lines that come out are printable and as short as they are said to be.
 *
 * Each step takes 4 bytes: what (0-1 bytes as text, 2-3 bytes as samples, 4 silence, 5 the text's sound again, 6 a tone, 7 a
 * full-scale square wave), length, place, level.
 */
#include "audio/mfsk_rx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEP_SIZE 4
#define SAMPLES_MAX 48000 /* 6 s of one input */
#define TEXT_MAX 64       /* characters of a step */
#define UNIT 256          /* samples to a step's length and place */
#define WHATS 8
#define TURN 6.283185307179586

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_line(void *arg, const char *line)
{
    size_t length = strlen(line);
    (void)arg;
    if (length == 0 || length > MFSK_RX_LINE_MAX)
        abort();
    for (size_t i = 0; i < length; i++)
        if (line[i] < ' ' || line[i] > '~')
            abort();
}

static void append_wave(struct pcm *pcm, size_t count, const uint8_t *step)
{
    for (size_t i = 0; i < count; i++) {
        double tone = 20000 * sin(TURN * (800 + 6.0 * step[2]) * (double)i / MFSK_RATE_HZ);
        int16_t square = i / (1u + step[2]) % 2 ? INT16_MAX : INT16_MIN;
        int16_t sample = step[0] % WHATS == 6 ? (int16_t)tone : square;
        pcm_append(pcm, &sample, 1);
    }
}

static void append_again(struct pcm *pcm, size_t count, const uint8_t *step)
{
    size_t from = step[2] * (size_t)UNIT, known = pcm->count;
    for (size_t i = 0; i < count && known > 0; i++) {
        int16_t sample = (int16_t)(pcm->samples[(from + i) % known] * (step[3] + 1) / 256);
        pcm_append(pcm, &sample, 1);
    }
}

static size_t append_text(struct pcm *pcm, const uint8_t *step, size_t left)
{
    char text[TEXT_MAX + 1];
    size_t used = step[1] % (TEXT_MAX + 1u);
    used = used < left ? used : left;
    for (size_t i = 0; i < used; i++)
        text[i] = (char)(step[STEP_SIZE + i] & 0x7f ? step[STEP_SIZE + i] & 0x7f : ' ');
    text[used] = '\0';
    mfsk_append(pcm, text, 1000 + 100.0 * step[3]);
    return used;
}

/* How many bytes of data it used up beside the step itself. */
static size_t append(struct pcm *pcm, const uint8_t *step, size_t left)
{
    size_t count = (step[1] + 1u) * (size_t)UNIT - step[3], used = 0;
    unsigned what = step[0] % WHATS;
    if (what < 2) {
        used = append_text(pcm, step, left);
    } else if (what < 4) {
        int16_t sample;
        for (; used + 2 <= left && used < 2 * count; used += 2) {
            memcpy(&sample, step + STEP_SIZE + used, sizeof sample);
            pcm_append(pcm, &sample, 1);
        }
    } else if (what == 4) {
        pcm_append_silence(pcm, (unsigned)(count * 1000 / MFSK_RATE_HZ));
    } else if (what == 5) {
        append_again(pcm, count, step);
    } else {
        append_wave(pcm, count, step);
    }
    return used;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mfsk_rx *rx = mfsk_rx_new(take_line, NULL);
    struct pcm pcm;
    pcm_init(&pcm, MFSK_RATE_HZ);
    for (size_t at = 0; at + STEP_SIZE <= size && pcm.count < SAMPLES_MAX;)
        at += STEP_SIZE + append(&pcm, data + at, size - at - STEP_SIZE);
    mfsk_rx_take(rx, pcm.samples, pcm.count < SAMPLES_MAX ? pcm.count : SAMPLES_MAX);
    mfsk_rx_finish(rx);
    mfsk_rx_free(rx);
    pcm_wipe(&pcm);
    return 0;
}
