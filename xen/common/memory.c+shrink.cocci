// SPDX-License-Identifier: GPL-2.0-only

// Its callers are not known to fall back to smaller extents.
@elsewhere@
expression a;
@@
 increase_reservation(...)
 {
 <+...
-alloc_domheap_pages(d, a->extent_order, a->memflags)
+alloc_domheap_pages(d, a->extent_order,
+                                   a->memflags | MEMF_elsewhere)
 ...+>
 }

@quiet@
expression a, F;
@@
 populate_physmap(...)
 {
 <+...
+/* Builders with claims try smaller extents next. */
+                    if ( a->extent_order && ACCESS_ONCE(d->node_claims) )
+                        goto out;
+
 gdprintk(XENLOG_INFO, F, a->extent_order, d->domain_id, a->memflags, i,
          a->nr_extents);
 ...+>
 }
