/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/debugger.h>
#include <helpers/machine_check.h>

#include <xen/arch-x86/xen-mca.h>

#define CPU  0
#define BANK 2

#define MSR_MCG_STATUS    0x17a
#define MSR_MC_STATUS(nr) (0x401 + 4 * (nr))
#define MSR_MC_ADDR(nr)   (0x402 + 4 * (nr))
#define MSR_MC_MISC(nr)   (0x403 + 4 * (nr))

#define MCG_RESTART_IP_VALID (1UL << 0)
#define MCG_IN_PROGRESS      (1UL << 2)

#define MC_VALID             (1UL << 63)
#define MC_UNCORRECTED       (1UL << 61)
#define MC_ENABLED           (1UL << 60)
#define MC_MISC_VALID        (1UL << 59)
#define MC_ADDR_VALID        (1UL << 58)
#define MC_SIGNALLED         (1UL << 56)
#define MC_MEMORY_SCRUBBING  0xc0UL
#define MC_MISC_PHYSICAL     (2UL << 6)

/* How often to ask for what Xen has to tell of a machine check. */
#define MAX_POLLS 10000

static void mca(xen_mc_t *op)
{
    long rc;

    op->interface_version = XEN_MCA_INTERFACE_VERSION;
    rc = HYPERCALL1(long, __HYPERVISOR_mca, op);
    if ( rc )
        panic("Machine check operation %u: %ld\n", op->cmd, rc);
}

/*
 * Xen's map of the banks in which to look for errors is a number of bits, and a
 * pointer to them.  Xen 4.17 sets them in the map before this one, which there
 * is not, and sees no error ever.
 */
bool machine_checks_enable(void)
{
    unsigned long map, bits;

    if ( !debugger_allowed() )
        return false;

    map = xen_read_u64(xen_symbol("mca_allbanks"));
    if ( !map )
        return false;

    bits = xen_read_u64(map + sizeof(unsigned long));
    if ( !xen_read_u64(bits) )
    {
        printk("Xen looks at no bank for errors: set right\n");
        xen_write_u64(bits, 1UL << BANK);
    }

    return true;
}

static void inject(xen_pfn_t mfn)
{
    xen_mc_t msrs = {
        .cmd = XEN_MC_msrinject,
        .u.mc_msrinject = {
            .mcinj_cpunr = CPU,
            .mcinj_flags = MC_MSRINJ_F_INTERPOSE,
            .mcinj_count = 4,
            .mcinj_msr = {
                { MSR_MCG_STATUS, MCG_RESTART_IP_VALID | MCG_IN_PROGRESS },
                { MSR_MC_STATUS(BANK),
                  MC_VALID | MC_UNCORRECTED | MC_ENABLED | MC_MISC_VALID |
                  MC_ADDR_VALID | MC_SIGNALLED | MC_MEMORY_SCRUBBING },
                { MSR_MC_ADDR(BANK), mfn << PAGE_SHIFT },
                { MSR_MC_MISC(BANK), MC_MISC_PHYSICAL },
            },
        },
    };
    xen_mc_t check = {
        .cmd = XEN_MC_mceinject,
        .u.mc_mceinject.mceinj_cpunr = CPU,
    };

    mca(&msrs);
    mca(&check);
}

static void fetch(struct xen_mc_fetch *fetch, uint32_t flags)
{
    xen_mc_t op = { .cmd = XEN_MC_fetch, .u.mc_fetch = *fetch };

    op.u.mc_fetch.flags = XEN_MC_URGENT | flags;
    mca(&op);
    *fetch = op.u.mc_fetch;
}

uint64_t machine_check(xen_pfn_t mfn)
{
    static mc_info_t info;
    struct xen_mc_fetch telemetry = {};
    struct mcinfo_common *common;
    const struct mcinfo_recovery *action;
    unsigned int polls = 0;

    inject(mfn);

    set_xen_guest_handle(telemetry.data, &info);
    for ( ; ; )
    {
        fetch(&telemetry, 0);
        if ( !(telemetry.flags & XEN_MC_NODATA) )
            break;
        if ( ++polls > MAX_POLLS )
            panic("Xen has not seen the machine check\n");
        hypercall_yield();
    }

    x86_mcinfo_lookup(common, &info, MC_TYPE_RECOVERY);
    action = (const struct mcinfo_recovery *)common;
    if ( !action || action->action_types != MC_ACTION_PAGE_OFFLINE ||
         action->action_info.page_retire.mfn != mfn )
        panic("Xen has done nothing about the page\n");
    fetch(&telemetry, XEN_MC_ACK);

    return action->action_info.page_retire.status;
}
