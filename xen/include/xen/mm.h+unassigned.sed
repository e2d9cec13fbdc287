# SPDX-License-Identifier: GPL-2.0-only

# May miss: before 4.22 pages are scrubbed when they are allocated.
/^#define  MEMF_keep_scrub /,/^mfn_t acquire_reserved_page(/{
    /^mfn_t acquire_reserved_page(/i\
\
/*\
 * Free pages that were allocated for a domain with MEMF_keep_scrub, and that it\
 * does not get.  What they redeemed of its claims is claimed again, unless the\
 * claims were replaced or released in the meantime.\
 *\
 * @d      the domain; the heap lock must not be held\
 * @pg     the first of them, as it was allocated; it has no owner\
 * @order  2^@order pages, as many as were allocated\
 */\
void free_unassigned_pages(struct domain *d, struct page_info *pg,\
                           unsigned int order);\

}
