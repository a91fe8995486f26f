#include "audio/ldpc.h"

#include <math.h>
#include <string.h>

#define TABLE_WIDTH 12   /* columns of the library's table; 0 is none */
#define LIKELY_MAX 14.0f /* beyond, float knows no difference */
#define LIKELY_MIN 1.0e-4f

/* The library's own table: column by column, bits counted from 1. */
extern const uint16_t H_1024_2048_4f_H_rows[TABLE_WIDTH * LDPC_DATA_BITS];

void ldpc_init(struct ldpc *ldpc)
{
    for (unsigned check = 0; check < LDPC_DATA_BITS; check++) {
        unsigned count = 0;

        for (unsigned i = 0; i < TABLE_WIDTH; i++) {
            uint16_t bit = H_1024_2048_4f_H_rows[i * LDPC_DATA_BITS + check];

            if (bit != 0)
                ldpc->bits[check][count++] = (uint16_t)(bit - 1);
        }
        ldpc->bits[check][count++] = (uint16_t)(LDPC_DATA_BITS + check);
        if (check > 0)
            ldpc->bits[check][count++] = (uint16_t)(LDPC_DATA_BITS + check - 1);
        ldpc->count[check] = (uint8_t)count;
    }
}

/* ln((e^x + 1) / (e^x - 1)), its own inverse. */
static float fold(float x)
{
    float e;

    x = x < LIKELY_MIN ? LIKELY_MIN : x > LIKELY_MAX ? LIKELY_MAX : x;
    e = expf(-x);
    return logf((1.0f + e) / (1.0f - e));
}

/* One check tells each of its bits what the others say of it. said is what it said before. */
static void pass(float *likely, float *said, const uint16_t *bits, unsigned count)
{
    float others[LDPC_EDGES_MAX], folded[LDPC_EDGES_MAX];
    float sum = 0.0f;
    bool odd = false;

    for (unsigned i = 0; i < count; i++) {
        others[i] = likely[bits[i]] - said[i];
        folded[i] = fold(fabsf(others[i]));
        sum += folded[i];
        odd ^= others[i] < 0.0f;
    }
    for (unsigned i = 0; i < count; i++) {
        float now = fold(sum - folded[i]);

        said[i] = odd != (others[i] < 0.0f) ? -now : now;
        likely[bits[i]] = others[i] + said[i];
    }
}

static bool check_all(const struct ldpc *ldpc, const float *likely)
{
    for (unsigned check = 0; check < LDPC_DATA_BITS; check++) {
        bool odd = false;

        for (unsigned i = 0; i < ldpc->count[check]; i++)
            odd ^= likely[ldpc->bits[check][i]] < 0.0f;
        if (odd)
            return false;
    }
    return true;
}

bool ldpc_decode(const struct ldpc *ldpc, float likely[LDPC_CODE_BITS], unsigned rounds)
{
    float said[LDPC_DATA_BITS][LDPC_EDGES_MAX];

    memset(said, 0, sizeof(said));
    while (rounds-- > 0) {
        for (unsigned check = 0; check < LDPC_DATA_BITS; check++)
            pass(likely, said[check], ldpc->bits[check], ldpc->count[check]);
        if (check_all(ldpc, likely))
            return true;
    }
    return false;
}

void ldpc_encode(uint8_t code[LDPC_CODE_BITS], const struct ldpc *ldpc)
{
    for (unsigned check = 0; check < LDPC_DATA_BITS; check++) {
        uint8_t sum = 0;

        for (unsigned i = 0; i < ldpc->count[check]; i++)
            if (ldpc->bits[check][i] != LDPC_DATA_BITS + check)
                sum ^= code[ldpc->bits[check][i]];
        code[LDPC_DATA_BITS + check] = sum;
    }
}
