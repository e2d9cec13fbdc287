/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_CURRENT_H
#define BENCH_ASM_CURRENT_H

/* Each thread of a test is a CPU, which runs a vCPU of the control domain. */
struct vcpu;
extern __thread struct vcpu *bench_vcpu;
#define current bench_vcpu
#define get_cpu_current(cpu) bench_vcpu

extern __thread unsigned int bench_cpu;
#define get_processor_id() bench_cpu
#define smp_processor_id() bench_cpu
#define raw_smp_processor_id() bench_cpu

#endif
