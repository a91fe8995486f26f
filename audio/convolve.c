#include "audio/convolve.h"

#include <string.h>

#define FIRST_POLYNOMIAL 0x6du
#define SECOND_POLYNOMIAL 0x4fu
#define REGISTER_MASK 0x7fu
#define COLUMNS (CONVOLVE_DELAY + 1)

static bool parity(unsigned bits)
{
    return __builtin_parity(bits) != 0;
}

static void code(bool sent[2], unsigned last)
{
    sent[0] = parity(last & FIRST_POLYNOMIAL);
    sent[1] = parity(last & SECOND_POLYNOMIAL);
}

void convolve_encode(struct convolve_encoder *encoder, bool sent[2], bool bit)
{
    encoder->last = (encoder->last << 1 | (bit ? 1u : 0u)) & REGISTER_MASK;
    code(sent, encoder->last);
}

/* How well what was received fits the register's seven bits. */
static float fit(unsigned last, const float received[2])
{
    bool sent[2];

    code(sent, last);
    return (sent[0] ? received[0] : -received[0]) + (sent[1] ? received[1] : -received[1]);
}

/* A state is the last six bits, the newest lowest. It came from one of two that differ in the bit that has left. */
static void step(struct convolve_decoder *decoder, const float received[2])
{
    float next[CONVOLVE_STATES];
    float best = 0.0f;

    for (unsigned state = 0; state < CONVOLVE_STATES; state++) {
        unsigned low = state >> 1;
        unsigned high = low | CONVOLVE_STATES >> 1;
        float from_low = decoder->metric[low] + fit(state, received);
        float from_high = decoder->metric[high] + fit(state | CONVOLVE_STATES, received);
        bool is_high = from_high > from_low;

        next[state] = is_high ? from_high : from_low;
        decoder->before[decoder->at][state] = (uint8_t)(is_high ? high : low);
        best = state == 0 || next[state] > best ? next[state] : best;
    }
    for (unsigned state = 0; state < CONVOLVE_STATES; state++)
        decoder->metric[state] = next[state] - best;
}

static unsigned find_best(const struct convolve_decoder *decoder)
{
    unsigned best = 0;

    for (unsigned state = 1; state < CONVOLVE_STATES; state++)
        if (decoder->metric[state] > decoder->metric[best])
            best = state;
    return best;
}

bool convolve_decode(struct convolve_decoder *decoder, const float received[2])
{
    unsigned column = decoder->at;
    unsigned state;

    step(decoder, received);
    state = find_best(decoder);
    for (unsigned i = 0; i < CONVOLVE_DELAY; i++) {
        state = decoder->before[column][state];
        column = (column + COLUMNS - 1) % COLUMNS;
    }
    decoder->at = (decoder->at + 1) % COLUMNS;
    return (state & 1u) != 0;
}
