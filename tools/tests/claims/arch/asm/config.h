/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_CONFIG_H
#define BENCH_ASM_CONFIG_H

#include <xen/const.h>
#include <xen/page-size.h>

#define LONG_BYTEORDER 3
#ifndef BENCH_XEN_HAS_SIZES     /* Earlier versions of Xen leave these to us. */
#define BYTES_PER_LONG 8
#define BITS_PER_BYTE 8
#define BITS_PER_LONG 64
#define BITS_PER_LLONG 64
#define POINTER_ALIGN 8
#define BITS_PER_INT 32
#endif
#define BITS_PER_XEN_ULONG 64
#define ELFSIZE 64

#define MAX_VIRT_CPUS 8u
#define INVALID_VCPU_ID MAX_VIRT_CPUS
#define NR_hypercalls 64
#define STACK_ORDER 3
#define STACK_SIZE (PAGE_SIZE << STACK_ORDER)
#define OPT_CONSOLE_STR ""

#define HYPERVISOR_VIRT_START 0UL
#define HYPERVISOR_VIRT_END ~0UL

#endif
