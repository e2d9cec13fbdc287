/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_SMP_H
#define BENCH_ASM_SMP_H

#include <xen/cpumask.h>
#include <xen/percpu.h>
#include <asm/current.h>

DECLARE_PER_CPU(cpumask_var_t, cpu_sibling_mask);
DECLARE_PER_CPU(cpumask_var_t, cpu_core_mask);
#define cpu_is_offline(cpu) false
#define park_offline_cpus false

#endif
