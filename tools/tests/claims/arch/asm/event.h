/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_EVENT_H
#define BENCH_ASM_EVENT_H

static inline void vcpu_mark_events_pending(struct vcpu *v) {}
static inline int local_events_need_delivery(void) { return 0; }
static inline void local_event_delivery_enable(void) {}
static inline bool arch_virq_is_global(unsigned int virq) { return true; }

#endif
