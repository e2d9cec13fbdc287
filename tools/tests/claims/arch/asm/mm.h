/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_MM_H
#define BENCH_ASM_MM_H

#include <xen/kernel.h>
#include <xen/pdx.h>
#include <asm/page.h>

/* PFN_ORDER() for earlier versions of Xen. */
#define PFN_ORDER(pg) ((pg)->v.free.order)

/* As other architectures have them: two links of 32 bits. */
#undef page_list_entry
struct page_list_entry {
    unsigned int next, prev;
};

struct page_info {
    struct page_list_entry list;
    unsigned long count_info;
    union {
        struct {
            unsigned long type_info;
        } inuse;
        union {
            struct {
#define INVALID_DIRTY_IDX ((1UL << (MAX_ORDER + 1)) - 1)
                unsigned long first_dirty:MAX_ORDER + 1;
                bool need_tlbflush:1;
#define BUDDY_NOT_SCRUBBING 0
#define BUDDY_SCRUBBING 1
#define BUDDY_SCRUB_ABORT 2
                unsigned long scrub_state:2;
            };
            unsigned long val;
        } free;
    } u;
    union {
        struct {
            struct domain *domain;
        } inuse;
        struct {
            unsigned int order;
        } free;
    } v;
    uint32_t tlbflush_timestamp;
};

#define PG_shift(idx) (BITS_PER_LONG - (idx))
#define PG_mask(x, idx) (x ## UL << PG_shift(idx))

#define PGT_none PG_mask(0, 1)
#define PGT_writable_page PG_mask(1, 1)
#define PGT_type_mask PG_mask(1, 1)
#define PGT_count_mask PG_mask(3, 3)

#define _PGC_allocated PG_shift(1)
#define PGC_allocated PG_mask(1, 1)
#define _PGC_xen_heap PG_shift(2)
#define PGC_xen_heap PG_mask(1, 2)
#define _PGC_broken PG_shift(7)
#define PGC_broken PG_mask(1, 7)
#define PGC_state PG_mask(3, 9)
#define PGC_state_inuse PG_mask(0, 9)
#define PGC_state_offlining PG_mask(1, 9)
#define PGC_state_offlined PG_mask(2, 9)
#define PGC_state_free PG_mask(3, 9)
#define page_state_is(pg, st) (((pg)->count_info & PGC_state) == PGC_state_##st)
#define _PGC_extra PG_shift(10)
#define PGC_extra PG_mask(1, 10)
#define PGC_count_width PG_shift(11)
#define PGC_count_mask ((1UL << PGC_count_width) - 1)
#ifdef BENCH_XEN_KEEPS_SCRUB    /* A domain's pages may be dirty yet. */
#define _PGC_need_scrub PG_shift(11)
#define PGC_need_scrub PG_mask(1, 11)
#else
#define _PGC_need_scrub _PGC_allocated
#define PGC_need_scrub PGC_allocated
#endif

extern struct page_info *frame_table;
extern unsigned long max_page, total_pages;

#ifndef page_to_pdx
#define page_to_pdx(pg) ((unsigned long)((pg) - frame_table))
#define pdx_to_page(pdx) (frame_table + (pdx))
#endif
#define mfn_to_page(mfn) pdx_to_page(mfn_x(mfn))
#define page_to_mfn(pg) _mfn(page_to_pdx(pg))
#define mfn_valid(mfn) (mfn_x(mfn) < max_page)
#define __mfn_valid(mfn) ((mfn) < max_page)

#define pfn_to_paddr(pfn) ((paddr_t)(pfn) << PAGE_SHIFT)
#define paddr_to_pfn(pa) ((unsigned long)((pa) >> PAGE_SHIFT))
#ifndef paddr_to_pdx
#define paddr_to_pdx(pa) paddr_to_pfn(pa)
#endif
#define mfn_to_maddr(mfn) pfn_to_paddr(mfn_x(mfn))
#define maddr_to_mfn(ma) _mfn(paddr_to_pfn(ma))
#define maddr_to_page(ma) mfn_to_page(maddr_to_mfn(ma))
#define page_to_maddr(pg) mfn_to_maddr(page_to_mfn(pg))
#define gfn_to_gaddr(gfn) pfn_to_paddr(gfn_x(gfn))
#define gaddr_to_gfn(ga) _gfn(paddr_to_pfn(ga))

/* All memory is mapped, but takes host memory only once it is written to. */
extern char *bench_directmap;
#define mfn_to_virt(mfn) ((void *)(bench_directmap + ((mfn) << PAGE_SHIFT)))
#define virt_to_mfn(va) \
    ((unsigned long)((const char *)(va) - bench_directmap) >> PAGE_SHIFT)
#define __mfn_to_virt(mfn) mfn_to_virt(mfn)
#define __virt_to_mfn(va) virt_to_mfn(va)
#define page_to_virt(pg) mfn_to_virt(page_to_pdx(pg))
#define virt_to_page(va) pdx_to_page(virt_to_mfn(va))
#define maddr_to_virt(ma) ((void *)(bench_directmap + (ma)))
#define virt_to_maddr(va) ((paddr_t)((const char *)(va) - bench_directmap))
#define vmap_to_mfn(va) _mfn(virt_to_mfn(va))
#define vmap_to_page(va) virt_to_page(va)
#define __va(x) maddr_to_virt(x)
#define __pa(x) virt_to_maddr(x)
#define arch_mfns_in_directmap(mfn, nr) ((void)(mfn), (void)(nr), true)

#define page_get_owner(pg) ((pg)->v.inuse.domain)
#define page_set_owner(pg, d) ((pg)->v.inuse.domain = (d))
#define is_xen_heap_page(pg) ((pg)->count_info & PGC_xen_heap)
#define is_xen_heap_mfn(mfn) \
    (mfn_valid(mfn) && is_xen_heap_page(mfn_to_page(mfn)))
#define is_xen_fixed_mfn(mfn) false

#define INVALID_M2P_ENTRY (~0UL)
#define SHARED_M2P_ENTRY (~0UL - 1)
#define SHARED_M2P(e) ((e) == SHARED_M2P_ENTRY)
#define set_gpfn_from_mfn(mfn, pfn) ((void)(mfn), (void)(pfn))
#define mfn_to_gfn(d, mfn) ((void)(d), _gfn(mfn_x(mfn)))

#define domain_set_alloc_bitsize(d) ((void)(d))
#define domain_clamp_alloc_bitsize(d, b) ((void)(d), (b))

#endif
