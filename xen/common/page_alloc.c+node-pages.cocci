// SPDX-License-Identifier: GPL-2.0-only
// Where pages become a domain's, or cease to be.

@assigned@
@@
 assign_pages(...)
 {
 <+...
+count_on_node(d, pg, page_to_nid(pg), nr);
+
 for ( i = 0; i < nr; i++ )
 {
     ASSERT(page_get_owner(&pg[i]) == NULL);
     ...
 }
 ...+>
}

// The node is looked up once, for the count and for the free chunk.
@node@
@@
 free_domheap_pages(...)
 {
 <+...
+unsigned int node;
 bool scrub;
 ...+>
 }

@freed@
@@
 free_domheap_pages(...)
 {
 <+...
+node = page_to_nid(pg);
+count_on_node(d, pg, node, -(1 << order));
 drop_dom_ref = !domain_adjust_tot_pages(d, ...);
 ...+>
 }

@no_owner@
@@
 free_domheap_pages(...)
 {
 <+...
+node = page_to_nid(pg);
 drop_dom_ref = false;
 ...+>
 }

@known@
@@
 free_domheap_pages(...)
 {
 <+...
-free_heap_pages(pg, order, scrub);
+free_heap_pages_on_node(pg, node, order, scrub);
 ...+>
 }

@freed_static@
@@
 free_domstatic_page(...)
 {
 <+...
+count_on_node(d, page, page_to_nid(page), -1);
 drop_dom_ref = !domain_adjust_tot_pages(d, -1);
 ...+>
 }

// May miss: in 4.17 page_alloc_lock is a spinlock_t.
@recursive@
expression E;
@@
 nrspin_lock(E)

// May miss: as above.
@locked depends on recursive@
@@
 count_on_node(...)
 {
 <+...
-spin_is_locked(&d->page_alloc_lock)
+rspin_is_locked(&d->page_alloc_lock)
 ...+>
 }
