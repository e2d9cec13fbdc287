/* SPDX-License-Identifier: GPL-2.0-only */
/* Hypercalls of a 64-bit Arm domain; included by hypercall.h. */
#ifndef XTF_ARCH_HYPERCALL_H
#define XTF_ARCH_HYPERCALL_H

/* A debug build of Xen spoils the registers of the arguments. */
static inline long arm64_hypercall(unsigned long nr, unsigned long arg1,
                                   unsigned long arg2, unsigned long arg3,
                                   unsigned long arg4, unsigned long arg5)
{
    register unsigned long x16 __asm__ ( "x16" ) = nr;
    register unsigned long x0 __asm__ ( "x0" ) = arg1;
    register unsigned long x1 __asm__ ( "x1" ) = arg2;
    register unsigned long x2 __asm__ ( "x2" ) = arg3;
    register unsigned long x3 __asm__ ( "x3" ) = arg4;
    register unsigned long x4 __asm__ ( "x4" ) = arg5;

    __asm__ volatile ( "hvc %[tag]"
                       : "+r" (x16), "+r" (x0), "+r" (x1), "+r" (x2),
                         "+r" (x3), "+r" (x4)
                       : [tag] "i" (XEN_HYPERCALL_TAG)
                       : "memory" );

    return x0;
}

#define HYPERCALL5(type, hcall, a1, a2, a3, a4, a5)                     \
    ((type)arm64_hypercall(hcall, (unsigned long)(a1),                  \
                           (unsigned long)(a2), (unsigned long)(a3),    \
                           (unsigned long)(a4), (unsigned long)(a5)))
#define HYPERCALL4(type, hcall, a1, a2, a3, a4)                         \
    HYPERCALL5(type, hcall, a1, a2, a3, a4, 0)
#define HYPERCALL3(type, hcall, a1, a2, a3)                             \
    HYPERCALL4(type, hcall, a1, a2, a3, 0)
#define HYPERCALL2(type, hcall, a1, a2) HYPERCALL3(type, hcall, a1, a2, 0)
#define HYPERCALL1(type, hcall, a1)     HYPERCALL2(type, hcall, a1, 0)
#define HYPERCALL0(type, hcall)         HYPERCALL1(type, hcall, 0)

#endif /* XTF_ARCH_HYPERCALL_H */
