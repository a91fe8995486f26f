/* pack_predict: the logistic mixing of text model 1 (pack_mixer.h): from what the contexts have counted to the probability of
 * the next bit. Integers only; division truncates towards zero, as C's does.
 *
 * A byte is coded from its highest bit to its lowest. At each bit a context has n1 counts for the bytes that begin with the
 * bits known so far and go on with 1, and n0 for those that go on with 0. Where n0 + n1 > 0 it gives:
 *
 *   log odds    x = L(n1) - L(n0), in 1/256 nat: L(n) = logs[n], round(256 ln(n + 0.15)), for n < 256; for more, n is halved
 *               (down) k times until it is below 256, and L(n) = logs[n / 2^k] + 177 k
 *   level       of n0 + n1: 1, 2, 3 for 1, 2, 3; 4 for 4-5, 5 for 6-11, 6 for 12-39, 7 for 40 and more; 8 is added where
 *               neither n0 nor n1 is 0
 *   weight      w = order[3 * counts.order + counts.numbers] + prefix[row] + last[counts.last] + letters[counts.letters] +
 *               seen[level], each from pack_weights, for this context; row is the known bits after a leading 1, as a number,
 *               while that is below 32 (up to 4 bits known), then 27 + how many bits are known (32, 33, 34)
 *
 * Together: z = (bias[row] * 256 + sum of x * w) / 4096, in 1/256 nat, limited to -3071..3071. The probability of a 1, in
 * 1/65536, is P(z): for z >= 0, with i = z / 32 and f = z mod 32, squash[i] + (squash[i + 1] - squash[i]) * f / 32; for z < 0
 * 65536 - P(-z). squash[i] is round(65536 / (1 + exp(-i / 8))), at most 65535. It is never 0 or 65536.
 */
#ifndef GATEWAY_BULLETIN_PACK_PREDICT_H
#define GATEWAY_BULLETIN_PACK_PREDICT_H

#include "gateway/bulletin/pack_history.h"

#define PACK_ORDER_ROWS 21
#define PACK_PREFIX_ROWS 35
#define PACK_LEVELS 16
#define PACK_CERTAIN 65536 /* a probability of one */

/* Frozen (pack_weights.c), in 1/4096; bias in 1/4096 nat. */
struct pack_weights {
    int16_t order[PACK_ORDER_ROWS][PACK_CONTEXT_COUNT];
    int16_t prefix[PACK_PREFIX_ROWS][PACK_CONTEXT_COUNT];
    int16_t last[PACK_HISTORY_CLASSES][PACK_CONTEXT_COUNT];
    int16_t letters[PACK_HISTORY_LETTERS][PACK_CONTEXT_COUNT];
    int16_t seen[PACK_LEVELS][PACK_CONTEXT_COUNT];
    int16_t bias[PACK_PREFIX_ROWS];
};

extern const struct pack_weights pack_weights;

/* One byte being predicted. */
struct pack_predictor {
    uint32_t below[PACK_CONTEXT_COUNT][257]; /* counts of all bytes below this one */
    unsigned order_row;
    unsigned last_row;
    unsigned letters_row;
    unsigned prefix; /* the bits known, after a leading 1 */
    unsigned first;  /* bytes that begin so: first .. first + span - 1 */
    unsigned span;
};

/* What the mixing sees at one bit. */
struct pack_inputs {
    int32_t odds[PACK_CONTEXT_COUNT];   /* 1/256 nat */
    unsigned level[PACK_CONTEXT_COUNT]; /* 0: nothing was counted */
    unsigned prefix_row;
};

void pack_predict_begin(struct pack_predictor *predictor, const struct pack_counts *counts);

void pack_predict_inputs(struct pack_inputs *inputs, const struct pack_predictor *predictor);

/* The probability that the next bit is 1: 1 .. PACK_CERTAIN - 1. */
uint32_t pack_predict_bit(const struct pack_predictor *predictor);

/* The bit is known. After eight of them predictor->prefix is 256 + the byte. */
void pack_predict_take(struct pack_predictor *predictor, unsigned bit);

#endif
