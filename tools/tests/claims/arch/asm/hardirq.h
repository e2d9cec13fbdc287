/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_HARDIRQ_H
#define BENCH_ASM_HARDIRQ_H

#include <xen/cache.h>
#include <xen/smp.h>

typedef struct {
    unsigned int __softirq_pending, __local_irq_count;
} irq_cpustat_t;

#include <xen/irq_cpustat.h>

#define in_irq() false

#endif
