/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers that look random, and are the same again after the same seed. */
#ifndef HELPERS_RANDOM_H
#define HELPERS_RANDOM_H

#include <xtf.h>

struct random {
    uint64_t state;
};

#define RANDOM(seed) { .state = (seed) }

static inline uint64_t random_u64(struct random *random)
{
    uint64_t mixed = random->state += 0x9e3779b97f4a7c15;

    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;

    return mixed ^ (mixed >> 31);
}

/* From 0 to limit - 1. */
static inline unsigned long random_below(struct random *random,
                                         unsigned long limit)
{
    return random_u64(random) % limit;
}

#endif /* HELPERS_RANDOM_H */
