/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_SYSTEM_H
#define BENCH_ASM_SYSTEM_H

#include <xen/errno.h>
#include <xen/stdbool.h>
#include <asm/processor.h>

#define mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define wmb() __atomic_thread_fence(__ATOMIC_RELEASE)
#define smp_mb() mb()
#define smp_rmb() rmb()
#define smp_wmb() wmb()
#define smp_mb__before_atomic() mb()
#define smp_mb__after_atomic() mb()

/* Only ever used for pointers. */
#define __cmpxchg(p, o, n, size) ({ \
    unsigned long o_ = (o); \
    __atomic_compare_exchange_n((unsigned long *)(p), &o_, n, false, \
                                __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
    o_; \
})
#define cmpxchg(p, o, n) ({ \
    typeof(*(p)) o_ = (o); \
    __atomic_compare_exchange_n(p, &o_, n, false, __ATOMIC_SEQ_CST, \
                                __ATOMIC_SEQ_CST); \
    o_; \
})
#define xchg(p, n) __atomic_exchange_n(p, n, __ATOMIC_SEQ_CST)

/* There are no interrupts. */
#define local_irq_disable() ((void)0)
#define local_irq_enable() ((void)0)
#define local_irq_save(flags) ((flags) = 0)
#define local_irq_restore(flags) ((void)(flags))
#define local_save_flags(flags) ((flags) = 0)
#define local_irq_is_enabled() true

#define arch_fetch_and_add(p, v) __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST)

#endif
