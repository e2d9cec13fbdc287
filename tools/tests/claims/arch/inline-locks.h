/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Locks of the benchmark: in line and trivial, so that instructions are those
 * of the allocator.  Included before all else.
 */
#ifndef BENCH_INLINE_LOCKS_H
#define BENCH_INLINE_LOCKS_H

#include <xen/spinlock.h>

#define BENCH_LOCK(l) ((void)((l)->tickets.head_tail = 1))
#define BENCH_UNLOCK(l) ((void)((l)->tickets.head_tail = 0))

#undef spin_trylock
#define spin_lock(l) BENCH_LOCK(l)
#define spin_lock_cb(l, cb, data) BENCH_LOCK(l)
#define spin_trylock(l) (BENCH_LOCK(l), true)
#undef spin_unlock
#define spin_unlock(l) BENCH_UNLOCK(l)
#undef spin_lock_recursive
#define spin_lock_recursive(l) BENCH_LOCK(l)
#undef spin_unlock_recursive
#define spin_unlock_recursive(l) BENCH_UNLOCK(l)

/* Names of later versions. */
#undef rspin_lock
#define rspin_lock(l) BENCH_LOCK(l)
#undef rspin_unlock
#define rspin_unlock(l) BENCH_UNLOCK(l)
#undef nrspin_lock
#define nrspin_lock(l) BENCH_LOCK(l)
#undef nrspin_unlock
#define nrspin_unlock(l) BENCH_UNLOCK(l)

#endif
