/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_FLUSHTLB_H
#define BENCH_ASM_FLUSHTLB_H

#include <xen/cpumask.h>

/* Other CPUs have no TLBs to flush. */
#define tlbflush_current_time() 0U
#define page_set_tlbflush_timestamp(pg) ((pg)->tlbflush_timestamp = 0)
#define tlbflush_filter(mask, timestamp) \
    ((void)(timestamp), cpumask_clear(mask))
#define arch_flush_tlb_mask(mask) ((void)(mask))

#endif
