/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_CACHE_H
#define BENCH_ASM_CACHE_H

#define L1_CACHE_SHIFT 6
#define L1_CACHE_BYTES (1 << L1_CACHE_SHIFT)

#if __has_include(<xen/sections.h>)
#include <xen/sections.h>
#else
#define __read_mostly
#endif

#endif
