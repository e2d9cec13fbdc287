// SPDX-License-Identifier: GPL-2.0-only
// What pages redeemed that are scrubbed before they are assigned to a domain.

// May miss: before 4.22 pages are scrubbed when they are allocated.
@deferred@
@@
 MEMF_keep_scrub

// The claims that a domain has from here on are others.
@replaced depends on deferred@
expression E;
@@
 d->outstanding_pages = E;
+d->claim_sets++;

@note depends on deferred@
@@
 alloc_heap_pages(...)
 {
 <+...
+if ( d && (memflags & MEMF_keep_scrub) )
+        note_redeemed(d, pg, node, request, memflags);
+
 redeem_claims(d, node, request, memflags);
 ...+>
 }

@lock depends on deferred@
@@
 free_heap_pages_on_node(...)
 {
 <+...
-spin_lock(&heap_lock);
+ASSERT(spin_is_locked(&heap_lock));
 ...+>
 }

@unlock depends on lock@
@@
 free_heap_pages_on_node(...)
 {
 <+...
-spin_unlock(&heap_lock);
 ...+>
 }

@locked depends on unlock@
@@
-free_heap_pages_on_node(
+free_heap_pages_locked(
     struct page_info *pg, unsigned int node, unsigned int order,
     bool need_scrub)
 { ... }
