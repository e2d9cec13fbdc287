/* SPDX-License-Identifier: GPL-2.0-only */
/* Hypercalls of a 64-bit PV domain. */
#ifndef XTF_HYPERCALL_H
#define XTF_HYPERCALL_H

#include <xtf/compiler.h>
#include <xtf/types.h>

#include <xen/xen.h>
#include <xen/event_channel.h>
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/physdev.h>
#include <xen/sched.h>
#include <xen/vcpu.h>
#include <xen/version.h>

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

static inline long hypercall_mmu_update(const mmu_update_t *reqs,
                                        unsigned int count,
                                        unsigned int *done,
                                        unsigned int foreigndom)
{
    return HYPERCALL4(long, __HYPERVISOR_mmu_update, reqs, count, done,
                      foreigndom);
}

static inline long hypercall_update_va_mapping(const void *linear,
                                               uint64_t npte,
                                               unsigned long flags)
{
    return HYPERCALL3(long, __HYPERVISOR_update_va_mapping, linear, npte,
                      flags);
}

static inline long hypercall_memory_op(unsigned int cmd, void *arg)
{
    return HYPERCALL2(long, __HYPERVISOR_memory_op, cmd, arg);
}

static inline long hypercall_multicall(multicall_entry_t *list,
                                       unsigned int nr)
{
    return HYPERCALL2(long, __HYPERVISOR_multicall, list, nr);
}

static inline long hypercall_xen_version(unsigned int cmd, void *arg)
{
    return HYPERCALL2(long, __HYPERVISOR_xen_version, cmd, arg);
}

static inline long hypercall_console_io(unsigned int cmd, size_t count,
                                        char *buf)
{
    return HYPERCALL3(long, __HYPERVISOR_console_io, cmd, count, buf);
}

static inline long hypercall_grant_table_op(unsigned int cmd, void *args,
                                            unsigned int count)
{
    return HYPERCALL3(long, __HYPERVISOR_grant_table_op, cmd, args, count);
}

static inline long hypercall_vcpu_op(unsigned int cmd, unsigned int vcpu,
                                     void *extra)
{
    return HYPERCALL3(long, __HYPERVISOR_vcpu_op, cmd, vcpu, extra);
}

static inline long hypercall_mmuext_op(mmuext_op_t *ops, unsigned int count,
                                       unsigned int *done,
                                       unsigned int foreigndom)
{
    return HYPERCALL4(long, __HYPERVISOR_mmuext_op, ops, count, done,
                      foreigndom);
}

static inline long hypercall_sched_op(unsigned int cmd, void *arg)
{
    return HYPERCALL2(long, __HYPERVISOR_sched_op, cmd, arg);
}

static inline long hypercall_event_channel_op(unsigned int cmd, void *arg)
{
    return HYPERCALL2(long, __HYPERVISOR_event_channel_op, cmd, arg);
}

static inline long hypercall_xsm_op(void *op)
{
    return HYPERCALL1(long, __HYPERVISOR_xsm_op, op);
}

static inline long hypercall_physdev_op(unsigned int cmd, void *arg)
{
    return HYPERCALL2(long, __HYPERVISOR_physdev_op, cmd, arg);
}

static inline long hypercall_hvm_op(unsigned int cmd, void *arg)
{
    return HYPERCALL2(long, __HYPERVISOR_hvm_op, cmd, arg);
}

/* Higher-level wrappers. */

static inline long hypercall_console_write(const char *buf, size_t count)
{
    return hypercall_console_io(CONSOLEIO_write, count, (char *)buf);
}

static inline long hypercall_shutdown(unsigned int reason)
{
    sched_shutdown_t shutdown = { .reason = reason };

    return hypercall_sched_op(SCHEDOP_shutdown, &shutdown);
}

static inline void hypercall_yield(void)
{
    hypercall_sched_op(SCHEDOP_yield, NULL);
}

#endif /* XTF_HYPERCALL_H */
