#include "audio/afsk_rx.h"

#include "audio/afsk.h"
#include "audio/hdlc.h"
#include "gateway/base/log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TAPS 10
#define SLICERS 5
#define STEP (AFSK_BAUD / AFSK_RX_RATE_HZ) /* of a bit, a sample */
#define PULL_SEARCHING 0.5                 /* how far a change of tone moves the clock towards it */
#define PULL_INSIDE 0.26                   /* the same inside a frame */
#define SAME_SAMPLES 800 /* the same frame so soon after is the one that was given already */

/* A tone is taken for mark if its power is over the other one's times this: 0, +-3 and +-6 dB of amplitude. */
static const double weights[SLICERS] = {0.25, 0.5, 1.0, 2.0, 4.0};

struct slicer {
    double clock; /* where in a bit the newest sample is: -0.5..0.5, 0 is where tones change */
    double last;  /* comparison one sample before */
    bool mark;    /* the bit before */
    struct hdlc hdlc;
};

struct afsk_rx {
    afsk_rx_handler *handler;
    void *arg;
    double tap[4][TAPS]; /* cosine and sine of mark and of space, in a window */
    double ring[TAPS];
    size_t at;
    struct slicer slicers[SLICERS];
    size_t since; /* samples since the last frame was given */
    struct ax25 given;
};

struct afsk_rx *afsk_rx_new(afsk_rx_handler *handler, void *arg)
{
    struct afsk_rx *rx = calloc(1, sizeof(*rx));

    if (!rx)
        log_fatal("no_memory what=afsk");
    rx->handler = handler;
    rx->arg = arg;
    rx->since = SAME_SAMPLES;
    for (size_t i = 0; i < TAPS; i++) {
        double window = sin(M_PI * ((double)i + 0.5) / TAPS);
        double turn = 2.0 * M_PI * (double)i / AFSK_RX_RATE_HZ;

        rx->tap[0][i] = window * cos(turn * AFSK_MARK_HZ);
        rx->tap[1][i] = window * sin(turn * AFSK_MARK_HZ);
        rx->tap[2][i] = window * cos(turn * AFSK_SPACE_HZ);
        rx->tap[3][i] = window * sin(turn * AFSK_SPACE_HZ);
    }
    for (size_t i = 0; i < SLICERS; i++)
        hdlc_init(&rx->slicers[i].hdlc);
    return rx;
}

void afsk_rx_free(struct afsk_rx *rx)
{
    free(rx);
}

static bool is_given(const struct afsk_rx *rx, const struct ax25 *frame)
{
    return rx->since < SAME_SAMPLES && frame->text_size == rx->given.text_size &&
           strcmp(frame->source, rx->given.source) == 0 &&
           strcmp(frame->destination, rx->given.destination) == 0 &&
           memcmp(frame->text, rx->given.text, frame->text_size) == 0;
}

static void take_bit(struct afsk_rx *rx, struct slicer *slicer, bool mark)
{
    struct ax25 frame;
    size_t size;
    bool bit = mark == slicer->mark;

    slicer->mark = mark;
    if (!hdlc_take(&slicer->hdlc, &size, bit))
        return;
    if (ax25_decode(&frame, slicer->hdlc.bytes, size) || is_given(rx, &frame))
        return;
    rx->given = frame;
    rx->since = 0;
    rx->handler(rx->arg, &frame);
}

/* A change of tone belongs to clock 0, the middle of a bit is at the wrap from 0.5 to -0.5. Both lie between samples. */
static void slice(struct afsk_rx *rx, struct slicer *slicer, double now)
{
    double last = slicer->last;

    slicer->last = now;
    slicer->clock += STEP;
    if (slicer->clock >= 0.5) {
        double back = (slicer->clock - 0.5) / STEP;

        slicer->clock -= 1.0;
        take_bit(rx, slicer, now * (1.0 - back) + last * back > 0.0);
    }
    if ((now > 0.0) != (last > 0.0)) {
        double then = slicer->clock - STEP * now / (now - last);
        double late = then < -0.5 ? then + 1.0 : then;

        slicer->clock -= late * (slicer->hdlc.inside ? PULL_INSIDE : PULL_SEARCHING);
    }
}

static void take_sample(struct afsk_rx *rx, double sample)
{
    double sum[4] = {0.0};

    rx->ring[rx->at] = sample;
    rx->at = (rx->at + 1) % TAPS;
    for (size_t i = 0; i < TAPS; i++) {
        double then = rx->ring[(rx->at + i) % TAPS];

        for (size_t part = 0; part < 4; part++)
            sum[part] += then * rx->tap[part][i];
    }
    double mark = sum[0] * sum[0] + sum[1] * sum[1];
    double space = sum[2] * sum[2] + sum[3] * sum[3];

    for (size_t i = 0; i < SLICERS; i++)
        slice(rx, &rx->slicers[i], mark - weights[i] * space);
    if (rx->since < SAME_SAMPLES)
        rx->since++;
}

void afsk_rx_take(struct afsk_rx *rx, const int16_t *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        take_sample(rx, samples[i]);
}
