/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_PROCESSOR_H
#define BENCH_ASM_PROCESSOR_H

void bench_relax(void);
#define cpu_relax() bench_relax()

struct cpu_user_regs;

#endif
