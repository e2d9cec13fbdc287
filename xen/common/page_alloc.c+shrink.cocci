// SPDX-License-Identifier: GPL-2.0-only

@fail@
@@
 alloc_domheap_pages(...)
 {
 <+...
 if ( ACCESS_ONCE(d->node_claims) && is_steered(memflags) )
     pg = alloc_where_claimed(d, zone_hi, order, memflags);
+        if ( !pg && order && ACCESS_ONCE(d->node_claims) &&
+             smaller_extents_do(d, zone_hi, memflags) )
+            return NULL;
 ...+>
 }
