/* SPDX-License-Identifier: GPL-2.0-only */
/* Pages of the test kernel itself. */
#ifndef HELPERS_PAGE_H
#define HELPERS_PAGE_H

#include <xtf.h>

/* Far above everything that is mapped, and not Xen's. */
#define UNMAPPED_ADDRESS ((void *)(1UL << 40))

/* Change the mapping of the page at va. Any failure ends the test. */
void page_unmap(const void *va);
void page_map_readonly(const void *va);
void page_map_writable(const void *va);
void page_map_mfn(const void *va, xen_pfn_t mfn);

/* A page of another domain, which can't go as long as it is mapped. */
void page_map_foreign(const void *va, domid_t domid, xen_pfn_t mfn);

/*
 * A page (PAGE_SIZE bytes, zeroed) whose next page is unmapped. The same one
 * each time.
 */
void *page_before_unmapped(void);

#endif /* HELPERS_PAGE_H */
