/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_TIME_H
#define BENCH_ASM_TIME_H

typedef unsigned long cycles_t;
static inline cycles_t get_cycles(void) { return 0; }
static inline void force_update_vcpu_system_time(struct vcpu *v) {}

#endif
