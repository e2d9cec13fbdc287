/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Xen reads and writes a domain's memory for a debugger, through page tables
 * that the debugger may bring. Those here are the test kernel's ordinary pages,
 * so they can map any frame, those of Xen included.
 */

#include <xtf.h>
#include <helpers/debugger.h>
#include <helpers/domctl.h>
#include <helpers/page.h>

#include <xen/platform.h>

#define PTE_PRESENT 0x1UL
#define PTE_LARGE   0x80UL
#define PTE_ADDRESS 0xffffffffff000UL
#define PTE_BITS    9
#define TOP_SHIFT   (PAGE_SHIFT + 3 * PTE_BITS)

static uint64_t level2[PAGE_SIZE / sizeof(uint64_t)] __page_aligned_bss;
static uint64_t level1[PAGE_SIZE / sizeof(uint64_t)] __page_aligned_bss;

static long access_memory(uint64_t maddr, uint64_t *value, bool write)
{
    uint64_t tables = (uint64_t)virt_to_mfn(level2) << PAGE_SHIFT;
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_gdbsx_guestmemio,
        .domain = 0,
        .u.gdbsx_guest_memio = {
            .pgd3val = tables,
            .gva = maddr & (PAGE_SIZE - 1),
            .uva = (unsigned long)value,
            .len = sizeof(*value),
            .gwr = write,
        },
    };

    level2[0] = (uint64_t)virt_to_mfn(level1) << PAGE_SHIFT | PTE_PRESENT;
    level1[0] = (maddr & PTE_ADDRESS) | PTE_PRESENT;
    barrier();

    return domctl_op(&op);
}

static uint64_t read_memory(uint64_t maddr)
{
    uint64_t value = 0;
    long rc = access_memory(maddr, &value, false);

    if ( rc )
        panic("Cannot read memory at %#lx: %ld\n", maddr, rc);

    return ACCESS_ONCE(value);
}

/* Xen's part of the address space is the same in all PV domains. */
static uint64_t xen_to_maddr(unsigned long va)
{
    uint64_t pte = (uint64_t)virt_to_mfn(_p(pv_start_info->pt_base))
                   << PAGE_SHIFT;
    unsigned int shift = TOP_SHIFT + PTE_BITS;
    unsigned long offset;

    do {
        unsigned long index;

        shift -= PTE_BITS;
        index = (va >> shift) & ((1UL << PTE_BITS) - 1);
        pte = read_memory((pte & PTE_ADDRESS) + index * sizeof(pte));
        if ( !(pte & PTE_PRESENT) )
            panic("Xen has nothing at %#lx\n", va);
    } while ( shift > PAGE_SHIFT &&
              (shift == TOP_SHIFT || !(pte & PTE_LARGE)) );

    offset = (1UL << shift) - 1;

    return (pte & PTE_ADDRESS & ~offset) | (va & offset);
}

bool debugger_allowed(void)
{
    uint64_t value;

    return !access_memory((uint64_t)virt_to_mfn(level2) << PAGE_SHIFT, &value,
                          false);
}

unsigned long xen_symbol(const char *name)
{
    char found[128];
    xen_platform_op_t op = {
        .cmd = XENPF_get_symbol,
        .interface_version = XENPF_INTERFACE_VERSION,
    };

    set_xen_guest_handle(op.u.symdata.name, found);
    do {
        long rc;

        op.u.symdata.namelen = sizeof(found);
        rc = HYPERCALL1(long, __HYPERVISOR_platform_op, &op);
        if ( rc )
            panic("Cannot read Xen's symbols: %ld\n", rc);
        if ( !strcmp(found, name) )
            return op.u.symdata.address;
    } while ( found[0] );

    panic("Xen has no symbol %s\n", name);
}

uint64_t xen_read_u64(unsigned long va)
{
    return read_memory(xen_to_maddr(va));
}

void xen_write_u64(unsigned long va, uint64_t value)
{
    long rc = access_memory(xen_to_maddr(va), &value, true);

    if ( rc )
        panic("Cannot write Xen's memory at %#lx: %ld\n", va, rc);
}
