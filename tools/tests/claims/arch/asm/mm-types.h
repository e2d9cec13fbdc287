/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_MM_TYPES_H
#define BENCH_ASM_MM_TYPES_H

typedef unsigned int pte_attr_t;

#endif
