/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_PERCPU_H
#define BENCH_ASM_PERCPU_H

#include <xen/types.h>

/* The shim puts all of them into one section, and copies that. */
extern unsigned long __per_cpu_offset[];
#define get_per_cpu_offset() __per_cpu_offset[bench_cpu]
extern __thread unsigned int bench_cpu;

#if !__has_include(<asm-generic/percpu.h>)
#define per_cpu_ptr(var, cpu) (*RELOC_HIDE(var, __per_cpu_offset[cpu]))
#define per_cpu(var, cpu) per_cpu_ptr(&per_cpu__##var, cpu)
#define this_cpu_ptr(var) (*RELOC_HIDE(var, get_per_cpu_offset()))
#define this_cpu(var) this_cpu_ptr(&per_cpu__##var)
#endif

#endif
