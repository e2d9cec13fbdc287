/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HELPERS_SPINLOCK_H
#define HELPERS_SPINLOCK_H

#include <xtf.h>

typedef struct {
    unsigned int held;
} spinlock_t;

#define DEFINE_SPINLOCK(name) spinlock_t name = { 0 }

/* vCPUs share a physical CPU at times: let the holder run. */
static inline void spin_lock(spinlock_t *lock)
{
    while ( __atomic_exchange_n(&lock->held, 1, __ATOMIC_ACQUIRE) )
        hypercall_yield();
}

static inline void spin_unlock(spinlock_t *lock)
{
    __atomic_store_n(&lock->held, 0, __ATOMIC_RELEASE);
}

#endif /* HELPERS_SPINLOCK_H */
