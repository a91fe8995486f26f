#include "audio/channel.h"

#include <math.h>
#include <string.h>

#define WIDTHS 3.0 /* of the bell curve that are looked at */
#define LEAST 1e-6f
#define NOISE_LEAST 1e-4 /* of the power of a symbol: 40 dB */
#define CLIPPED 0.06     /* of a symbol's power is noise that the sender itself makes: it clips */

/* A weighted sum of what was received over what was sent, and of the weights. */
struct sums {
    float complex change[WAVEFORM_ROWS][WAVEFORM_CARRIERS];
    float weight[WAVEFORM_ROWS][WAVEFORM_CARRIERS];
};

void channel_start(struct channel *channel, const struct waveform *waveform)
{
    for (unsigned row = 0; row < WAVEFORM_ROWS; row++)
        for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++)
            channel->symbol[row][c] =
                waveform->known[row][c] ? waveform->symbol[row][c] : (float complex)0;
}

static float power(float complex value)
{
    return crealf(value) * crealf(value) + cimagf(value) * cimagf(value);
}

static void fill_bell(float *bell, unsigned count, double width)
{
    for (unsigned i = 0; i < count; i++)
        bell[i] = i <= WIDTHS * width ? (float)exp(-(double)i * i / (2.0 * width * width)) : 0.0f;
}

static void sum_rows(struct sums *sums, const struct channel *channel, double width)
{
    float bell[WAVEFORM_ROWS];
    int reach = (int)(WIDTHS * width);

    fill_bell(bell, WAVEFORM_ROWS, width);
    memset(sums, 0, sizeof(*sums));
    for (int from = 0; from < WAVEFORM_ROWS; from++)
        for (int c = 0; c < WAVEFORM_CARRIERS; c++) {
            float complex change = channel->received[from][c] * conjf(channel->symbol[from][c]);
            float weight = power(channel->symbol[from][c]);

            if (weight == 0.0f)
                continue;
            for (int to = from - reach; to <= from + reach; to++) {
                if (to < 0 || to >= WAVEFORM_ROWS)
                    continue;
                float near = bell[to > from ? to - from : from - to];
                sums->change[to][c] += near * change;
                sums->weight[to][c] += near * weight;
            }
        }
}

static void sum_carriers(struct sums *all, const struct sums *rows, double width)
{
    float bell[WAVEFORM_CARRIERS];

    fill_bell(bell, WAVEFORM_CARRIERS, width);
    memset(all, 0, sizeof(*all));
    for (unsigned row = 0; row < WAVEFORM_ROWS; row++)
        for (int to = 0; to < WAVEFORM_CARRIERS; to++)
            for (int from = 0; from < WAVEFORM_CARRIERS; from++) {
                float near = bell[to > from ? to - from : from - to];
                all->change[row][to] += near * rows->change[row][from];
                all->weight[row][to] += near * rows->weight[row][from];
            }
}

/* How far each symbol known before is from what all others tell of it. */
static double find_noise(
    const struct channel *channel, const struct waveform *waveform, const struct sums *sums)
{
    double noise = 0.0;
    unsigned count = 0;

    for (unsigned row = 0; row < WAVEFORM_ROWS; row++)
        for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++) {
            float complex sent = channel->symbol[row][c];
            float others = sums->weight[row][c] - power(sent);

            if (!waveform->known[row][c] || others < LEAST)
                continue;
            float complex told =
                (sums->change[row][c] - channel->received[row][c] * conjf(sent)) / others;
            noise += (double)power(channel->received[row][c] - told * sent);
            count++;
        }
    return count > 0 ? fmax(noise / count, (double)LEAST) : 1.0;
}

void channel_estimate(
    struct channel *channel, const struct waveform *waveform, const struct channel_span *span)
{
    struct sums rows, all;

    sum_rows(&rows, channel, span->rows);
    sum_carriers(&all, &rows, span->carriers);
    for (unsigned row = 0; row < WAVEFORM_ROWS; row++)
        for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++)
            channel->change[row][c] = all.weight[row][c] > LEAST
                                          ? all.change[row][c] / all.weight[row][c]
                                          : (float complex)0;
    channel->noise = find_noise(channel, waveform, &all);
}

double channel_snr_db(const struct channel *channel)
{
    double sum = 0.0;

    for (unsigned row = 0; row < WAVEFORM_ROWS; row++)
        for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++)
            sum += (double)power(channel->change[row][c]);
    sum /= WAVEFORM_ROWS * WAVEFORM_CARRIERS;
    sum = fmax(sum, (double)LEAST);
    return 10.0 * log10(sum / fmax(channel->noise - CLIPPED * sum, sum * NOISE_LEAST));
}
