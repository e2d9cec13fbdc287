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
@skip_node@
expression E;
@@
 get_free_buddy(...)
 {
 <+...
-if ( E && req_node != NUMA_NO_NODE )
-    return NULL;
+ skip_node:
+if ( E && req_node != NUMA_NO_NODE )
+    return NULL;
 ...+>
 }

@node_check depends on skip_node@
@@
 get_free_buddy(...)
 {
 <+...
+/* The node has too few free pages that nobody else claims. */
+if ( !claims_permit(d, node, 1UL << order, memflags) )
+            goto skip_node;
+
+/* A node without memory has neither free pages nor claims. */
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
