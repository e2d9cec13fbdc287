/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_NOSPEC_H
#define BENCH_ASM_NOSPEC_H

#define evaluate_nospec(condition) (condition)
#define block_speculation() ((void)0)

#endif
