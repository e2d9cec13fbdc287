// SPDX-License-Identifier: GPL-2.0-only
// A request that names no node, for a domain that claims on nodes.

// Of the nodes those with claims, and then not all others, which is what
// MEMF_exact_node means where no node is named.
@mask@
@@
 get_free_buddy(...)
 {
 <+...
+if ( memflags & MEMF_claimed )
+    {
+    if ( !steer_to_claims(d, 1UL << order, &nodemask) )
+        return NULL;
+    memflags |= MEMF_exact_node;
+}
+
 if ( node == NUMA_NO_NODE )
 { ... }
 else if ( ... )
 { ... }
 ...+>
 }

// Before all else, so that neither dirty pages nor the DMA zone, both left for
// last on all nodes, send the request elsewhere.  Those without claims are not
// to pay for it with a test of their own.
@first@
@@
 alloc_domheap_pages(...)
 {
 <+...
-if ( d && unlikely(ACCESS_ONCE(d->outstanding_pages)) &&
-     exceeds_max_pages(d, order, memflags) )
-    return NULL;
+if ( d && unlikely(ACCESS_ONCE(d->outstanding_pages)) )
+    {
+        if ( exceeds_max_pages(d, order, memflags) )
+            return NULL;
+        if ( ACCESS_ONCE(d->node_claims) && is_steered(memflags) )
+            pg = alloc_where_claimed(d, zone_hi, order, memflags);
+    }
 ...+>
 }
