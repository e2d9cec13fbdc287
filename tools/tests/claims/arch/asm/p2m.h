/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_P2M_H
#define BENCH_ASM_P2M_H

#define paddr_bits PADDR_BITS

typedef enum { p2m_ram_rw } p2m_type_t;
#include <xen/p2m-common.h>

#define memory_type_changed(d) ((void)(d))
#define p2m_is_ram(t) true

#endif
