/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_TYPES_H
#define BENCH_ASM_TYPES_H

/* Later versions of Xen define these for all architectures. */
typedef signed char __s8, s8;
typedef unsigned char __u8, u8;
typedef short __s16, s16;
typedef unsigned short __u16, u16;
typedef int __s32, s32;
typedef unsigned int __u32, u32;
typedef long __s64, s64;
typedef unsigned long __u64, u64;
typedef __SIZE_TYPE__ size_t;
typedef long ssize_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;

typedef unsigned long vaddr_t, paddr_t, register_t;
#define INVALID_PADDR (~0UL)
#define PRIpaddr "016lx"
#define PRIvaddr "016lx"
#define PRIregister "016lx"

#endif
