// SPDX-License-Identifier: GPL-2.0-only
// Where the allocator asks and tells the claims section.

// The section brings a successor of this function.
@old_setter@
@@
-int domain_set_outstanding_pages(struct domain *d, unsigned long pages)
-{ ... }

@host_check@
expression E;
@@
 alloc_heap_pages(...)
 {
 <+...
-if ( (outstanding_claims + request > total_avail_pages) && (E) )
+if ( !claims_permit(d, NUMA_NO_NODE, request, memflags) )
 { ... }
 ...+>
 }

// A goto whose label is not there yet would hide the function from all rules
// below: the label first, by adding its statement anew.
@next_node@
expression E;
@@
 get_free_buddy(...)
 {
 <+...
-if ( E && req_node != NUMA_NO_NODE )
-    return NULL;
+ next_node:
+if ( E && req_node != NUMA_NO_NODE )
+    return NULL;
 ...+>
 }

@node_check depends on next_node@
@@
 get_free_buddy(...)
 {
 <+...
+/* Not a page of the node may be had, or none that is not claimed. */
+if ( !claims_permit(d, node, 1UL << order, memflags) )
+            goto next_node;
+
+/* Others have no memory, and so no claims to top up from it. */
+        ASSERT(avail[node]);
+
 zone = highest;
 ...+>
 }

// A node that passed that check has an array, as is asserted.
@array_known depends on node_check@
@@
 get_free_buddy(...)
 {
 <+...
-if ( !avail[node] || (avail[node][zone] < (1UL << order)) )
+if ( avail[node][zone] < (1UL << order) )
     continue;
 ...+>
 }

@redemption@
@@
-if ( d && d->outstanding_pages && !(memflags & MEMF_no_refcount) )
-{
- ...
-}
+redeem_claims(d, node, request, memflags);

@low_memory@
@@
 check_low_mem_virq(...)
 {
 <+...
-total_avail_pages - outstanding_claims
+unclaimed(total_avail_pages,
+                                          outstanding_claims)
 ...+>
 }
