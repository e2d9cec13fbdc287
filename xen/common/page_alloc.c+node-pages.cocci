// SPDX-License-Identifier: GPL-2.0-only
// Where pages become a domain's, or cease to be. Extra pages, of which there
// are few, are counted along with all others and then taken off again.

@assigned@
@@
 assign_pages(...)
 {
 <+...
+domain_adjust_node_pages(d, pg, nr);
+
 for ( i = 0; i < nr; i++ )
 {
     ASSERT(page_get_owner(&pg[i]) == NULL);
     ...
 }
 ...+>
}

@freed@
@@
 free_domheap_pages(...)
 {
 <+...
+domain_adjust_node_pages(d, pg, -(1L << order));
+
 for ( i = 0; i < (1 << order); i++ )
 {
     if ( pg[i].u.inuse.type_info & PGT_count_mask )
     { ... }
     ...
 }
 ...+>
 }

@freed_static@
@@
 free_domstatic_page(...)
 {
 <+...
+domain_adjust_node_pages(d, page, -1);
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
 domain_adjust_node_pages(...)
 {
 <+...
-spin_is_locked(&d->page_alloc_lock)
+rspin_is_locked(&d->page_alloc_lock)
 ...+>
 }
