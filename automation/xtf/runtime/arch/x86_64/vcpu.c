/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <xtf/vcpu.h>

#include <private/traps.h>

#define STACK_SIZE (4 * PAGE_SIZE)

struct vcpu {
    void (*fn)(void *arg);
    void *arg;
    bool initialised;
    bool running;
};

static struct vcpu vcpus[MAX_VCPUS];
static uint8_t stacks[MAX_VCPUS][STACK_SIZE] __aligned(PAGE_SIZE);

bool xtf_has_vcpu(unsigned int vcpu)
{
    return vcpu < MAX_VCPUS && hypercall_vcpu_op(VCPUOP_is_up, vcpu, NULL) >= 0;
}

/* The vCPU stays in here, down or running what it was started for. */
static void __noreturn vcpu_main(unsigned int nr)
{
    struct vcpu *vcpu = &vcpus[nr];

    for ( ; ; )
    {
        vcpu->fn(vcpu->arg);
        __atomic_store_n(&vcpu->running, false, __ATOMIC_RELEASE);

        /*
         * A start that overtakes this finds the vCPU up, and tries again
         * until it is down.
         */
        hypercall_vcpu_op(VCPUOP_down, nr, NULL);
    }
}

static void initialise(unsigned int nr)
{
    static vcpu_guest_context_t context;
    unsigned long stack_top = (unsigned long)stacks[nr] + STACK_SIZE;
    long rc;

    memset(&context, 0, sizeof(context));
    context.flags = VGCF_in_kernel;
    context.user_regs.rip = (unsigned long)vcpu_main;
    context.user_regs.rdi = nr;
    /* A function expects the stack as a call leaves it. */
    context.user_regs.rsp = stack_top - 8;
    context.user_regs.rflags = 0x200;
    context.user_regs.cs = FLAT_KERNEL_CS;
    context.user_regs.ss = FLAT_KERNEL_SS;
    context.kernel_ss = FLAT_KERNEL_SS;
    context.kernel_sp = stack_top;
    context.ctrlreg[3] =
        xen_pfn_to_cr3(virt_to_mfn((void *)pv_start_info->pt_base));
    fill_trap_table(context.trap_ctxt);

    rc = hypercall_vcpu_op(VCPUOP_initialise, nr, &context);
    if ( rc )
        panic("Cannot initialise vCPU %u: %ld\n", nr, rc);

    vcpus[nr].initialised = true;
}

void xtf_start_vcpu(unsigned int nr, void (*fn)(void *arg), void *arg)
{
    long rc;

    if ( !nr || nr >= MAX_VCPUS )
        panic("vCPU %u cannot be started, only 1 to %u\n", nr, MAX_VCPUS - 1);
    if ( !xtf_has_vcpu(nr) )
        panic("There is no vCPU %u; see vcpus in the test's settings\n", nr);

    xtf_join_vcpu(nr);

    /* From before to down. */
    while ( vcpus[nr].initialised &&
            hypercall_vcpu_op(VCPUOP_is_up, nr, NULL) > 0 )
        hypercall_yield();

    vcpus[nr].fn = fn;
    vcpus[nr].arg = arg;
    __atomic_store_n(&vcpus[nr].running, true, __ATOMIC_RELEASE);

    if ( !vcpus[nr].initialised )
        initialise(nr);

    rc = hypercall_vcpu_op(VCPUOP_up, nr, NULL);
    if ( rc )
        panic("Cannot start vCPU %u: %ld\n", nr, rc);
}

bool xtf_vcpu_done(unsigned int nr)
{
    return !__atomic_load_n(&vcpus[nr].running, __ATOMIC_ACQUIRE);
}

void xtf_join_vcpu(unsigned int nr)
{
    while ( !xtf_vcpu_done(nr) )
        hypercall_yield();
}
