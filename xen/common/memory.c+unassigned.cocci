// SPDX-License-Identifier: GPL-2.0-only
// Pages that are scrubbed after they were allocated redeemed claims already.

// May miss: before 4.22 they are scrubbed when they are allocated.
@deferred@
@@
 MEMF_keep_scrub

@second depends on deferred@
@@
 stash_allocation(struct domain *d, struct page_info *page, ...)
 {
 <+...
-free_domheap_pages(page, order);
+free_unassigned_pages(d, page, order);
 ...+>
 }

@other depends on deferred@
@@
 get_stashed_allocation(...)
 {
 <+...
-free_domheap_pages(d->pending_scrub, d->pending_scrub_order);
+free_unassigned_pages(d, d->pending_scrub, d->pending_scrub_order);
 ...+>
 }

@refused depends on deferred@
expression page, order;
@@
 populate_physmap(...)
 {
 <+...
 if ( assign_page(page, order, d, ...) )
 {
-    free_domheap_pages(page, order);
+    free_unassigned_pages(d, page, order);
 ...
 }
 ...+>
 }
