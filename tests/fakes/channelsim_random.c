#include "tests/fakes/channelsim_random.h"

#include <math.h>

#define TURN 6.283185307179586

static uint64_t rotate(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

static uint64_t split(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

void random_init(struct random *random, uint64_t seed, uint64_t stream)
{
    uint64_t mixed = seed;
    mixed = split(&mixed) ^ stream * 0xd1342543de82ef95u;
    for (int i = 0; i < 4; i++)
        random->state[i] = split(&mixed);
}

static uint64_t next(struct random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

/* In (0, 1]. */
static double uniform(struct random *random)
{
    return ((double)(next(random) >> 11) + 1) * 0x1p-53;
}

double random_normal(struct random *random)
{
    double radius = sqrt(-2 * log(uniform(random)));
    return radius * cos(TURN * uniform(random));
}
