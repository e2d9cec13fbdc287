/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_IRQ_H
#define BENCH_ASM_IRQ_H

typedef struct { int unused; } vmask_t;
struct arch_irq_desc { int unused; };
struct arch_pirq { int unused; };
#define nr_irqs 16U
#define nr_irqs_gsi 16U
#define arch_irq_desc arch_irq_desc
#define domain_pirq_to_irq(d, pirq) (pirq)
#define pirq_is_emulated(d, pirq) ((void)(d), (void)(pirq), false)

#endif
