/* random: numbers from a seed, the same on each run: xoshiro256** seeded by splitmix64.
 */
#ifndef FAKES_CHANNELSIM_RANDOM_H
#define FAKES_CHANNELSIM_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state[4];
};

/* Different streams of one seed are independent of each other. */
void random_init(struct random *random, uint64_t seed, uint64_t stream);
/* Of a normal distribution: mean 0, variance 1. */
double random_normal(struct random *random);

#endif
