/* SPDX-License-Identifier: GPL-2.0-only */
/* What claims promise, in plain counts, beside a host of hyp.c's. */
#ifndef MODEL_H
#define MODEL_H

#include <xenctrl.h>

#include "test.h"

/* Numbers mean what they can in the state that the step finds. */
struct step {
    unsigned int kind, a, b, c, d;
};

/* How many kinds there are, and a kind's name. */
extern const unsigned int nr_step_kinds;
const char *step_name(unsigned int kind);

/* Boots the host that belongs to the seed, with a few domains. */
void model_boot(uint64_t seed);

struct step model_random_step(uint64_t *seed);

/*
 * Does it to the host and to the model.  NULL, or what is different.
 */
const char *model_step(const struct step *step);

/* All that model_step() compares after a step, and the free lists. */
const char *model_check_all(void);

/* Kills all domains and frees all memory: all must be as after booting. */
const char *model_end(void);

/* For the fuzzer: the domctl with any arguments, and another beginning. */
const char *model_domctl(unsigned int domain, unsigned int mode,
                         unsigned int nr, void *array, size_t size);
const char *model_restart(void);

#endif
