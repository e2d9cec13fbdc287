/* SPDX-License-Identifier: GPL-2.0-only */
/* Hypercalls of a 64-bit PV domain; included by hypercall.h. */
#ifndef XTF_ARCH_HYPERCALL_H
#define XTF_ARCH_HYPERCALL_H

/* Each hypercall has a slot of 32 bytes in this page, which Xen fills. */
extern uint8_t hypercall_page[];

#define HYPERCALL_TARGET(hcall) (&hypercall_page[(hcall) * 32])

/* Xen may leave anything in the registers of the arguments. */
#define HYPERCALL_(type, hcall, operands...)                            \
    ({                                                                  \
        long ret_;                                                      \
                                                                        \
        __asm__ volatile ( "call *%[target]"                            \
                           : "=a" (ret_), ##operands                    \
                           : [target] "r" (HYPERCALL_TARGET(hcall))     \
                           : "rcx", "r9", "r11", "memory" );            \
        (type)ret_;                                                     \
    })

#define HYPERCALL0(type, hcall) HYPERCALL_(type, hcall)

#define HYPERCALL1(type, hcall, a1)                                     \
    ({                                                                  \
        unsigned long arg1_ = (unsigned long)(a1);                      \
                                                                        \
        HYPERCALL_(type, hcall, "+D" (arg1_));                          \
    })

#define HYPERCALL2(type, hcall, a1, a2)                                 \
    ({                                                                  \
        unsigned long arg1_ = (unsigned long)(a1);                      \
        unsigned long arg2_ = (unsigned long)(a2);                      \
                                                                        \
        HYPERCALL_(type, hcall, "+D" (arg1_), "+S" (arg2_));            \
    })

#define HYPERCALL3(type, hcall, a1, a2, a3)                             \
    ({                                                                  \
        unsigned long arg1_ = (unsigned long)(a1);                      \
        unsigned long arg2_ = (unsigned long)(a2);                      \
        unsigned long arg3_ = (unsigned long)(a3);                      \
                                                                        \
        HYPERCALL_(type, hcall, "+D" (arg1_), "+S" (arg2_),             \
                   "+d" (arg3_));                                       \
    })

#define HYPERCALL4(type, hcall, a1, a2, a3, a4)                         \
    ({                                                                  \
        unsigned long arg1_ = (unsigned long)(a1);                      \
        unsigned long arg2_ = (unsigned long)(a2);                      \
        unsigned long arg3_ = (unsigned long)(a3);                      \
        unsigned long arg4_ = (unsigned long)(a4);                      \
        register unsigned long reg4_ __asm__ ( "r10" ) = arg4_;         \
                                                                        \
        HYPERCALL_(type, hcall, "+D" (arg1_), "+S" (arg2_),             \
                   "+d" (arg3_), "+r" (reg4_));                         \
    })

#define HYPERCALL5(type, hcall, a1, a2, a3, a4, a5)                     \
    ({                                                                  \
        unsigned long arg1_ = (unsigned long)(a1);                      \
        unsigned long arg2_ = (unsigned long)(a2);                      \
        unsigned long arg3_ = (unsigned long)(a3);                      \
        unsigned long arg4_ = (unsigned long)(a4);                      \
        unsigned long arg5_ = (unsigned long)(a5);                      \
        register unsigned long reg4_ __asm__ ( "r10" ) = arg4_;         \
        register unsigned long reg5_ __asm__ ( "r8" ) = arg5_;          \
                                                                        \
        HYPERCALL_(type, hcall, "+D" (arg1_), "+S" (arg2_),             \
                   "+d" (arg3_), "+r" (reg4_), "+r" (reg5_));           \
    })

static inline long hypercall_set_trap_table(const struct trap_info *traps)
{
    return HYPERCALL1(long, __HYPERVISOR_set_trap_table, traps);
}

static inline long hypercall_mmu_update(const mmu_update_t reqs[],
                                        unsigned int count,
                                        unsigned int *done,
                                        unsigned int foreigndom)
{
    return HYPERCALL4(long, __HYPERVISOR_mmu_update, reqs, count, done,
                      foreigndom);
}

static inline long hypercall_update_va_mapping(unsigned long linear,
                                               uint64_t npte,
                                               unsigned int flags)
{
    return HYPERCALL3(long, __HYPERVISOR_update_va_mapping, linear, npte,
                      flags);
}

static inline long hypercall_mmuext_op(const mmuext_op_t ops[],
                                       unsigned int count, unsigned int *done,
                                       unsigned int foreigndom)
{
    return HYPERCALL4(long, __HYPERVISOR_mmuext_op, ops, count, done,
                      foreigndom);
}

#endif /* XTF_ARCH_HYPERCALL_H */
