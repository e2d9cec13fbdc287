/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/page.h>

#define PTE_PRESENT 0x1
#define PTE_WRITE   0x2
#define PTE_USER    0x4

static void map(const void *va, uint64_t pte)
{
    long rc = hypercall_update_va_mapping(_u(va), pte,
                                          UVMF_INVLPG | UVMF_ALL);

    if ( rc )
        panic("Cannot change the mapping of %p: %ld\n", va, rc);
}

void page_unmap(const void *va)
{
    map(va, 0);
}

/* A PV kernel runs in ring 3, so its pages are user pages. */
static uint64_t make_pte(xen_pfn_t mfn, uint64_t flags)
{
    return ((uint64_t)mfn << PAGE_SHIFT) | PTE_PRESENT | PTE_USER | flags;
}

void page_map_readonly(const void *va)
{
    map(va, make_pte(virt_to_mfn(va), 0));
}

void page_map_writable(const void *va)
{
    page_map_mfn(va, virt_to_mfn(va));
}

void page_map_mfn(const void *va, xen_pfn_t mfn)
{
    map(va, make_pte(mfn, PTE_WRITE));
}

void page_map_foreign(const void *va, domid_t domid, xen_pfn_t mfn)
{
    long rc = HYPERCALL4(long, __HYPERVISOR_update_va_mapping_otherdomain, va,
                         make_pte(mfn, PTE_WRITE), UVMF_INVLPG | UVMF_ALL,
                         domid);

    if ( rc )
        panic("Cannot map a page of domain %u at %p: %ld\n", domid, va, rc);
}

void *page_before_unmapped(void)
{
    static uint8_t pages[2 * PAGE_SIZE] __page_aligned_bss;

    page_unmap(pages + PAGE_SIZE);

    return pages;
}
