// SPDX-License-Identifier: GPL-2.0-only
// Count the free pages of a node wherever those of its zones are counted.

// May miss: not in a released version so far.
@counted@
@@
static unsigned long node_avail_pages[MAX_NUMNODES];

// May miss: a base that counts them.
@count depends on !counted@
type T;
@@
 static T total_avail_pages;
+/* Free pages of each node: the sum over its zones. */
+static unsigned long node_avail_pages[MAX_NUMNODES];

// May miss: as above.
@allocation depends on !counted@
expression node, zone, n;
@@
 avail[node][zone] -= n;
+node_avail_pages[node] -= n;

// May miss: as above.
@offlining depends on !counted@
expression node, zone;
@@
 avail[node][zone]--;
+node_avail_pages[node]--;

// May miss: as above.
@freeing depends on !counted@
expression node, zone, n;
@@
 avail[node][zone] += n;
+node_avail_pages[node] += n;

// Now the sums that were made on request need not be made. Where the Xen heap
// is separate, it has a zone of its own, which is not the domains'.
@node_sum@
expression node;
@@
 avail_node_heap_pages(...)
 {
-return avail_heap_pages(MEMZONE_XEN, NR_ZONES -1, node);
+return node_avail_pages[node];
 }

@host_sum@
@@
 avail_domheap_pages(...)
 {
-return avail_heap_pages(MEMZONE_XEN + 1, NR_ZONES - 1, -1);
+unsigned long pages = total_avail_pages;
+
+if ( IS_ENABLED(CONFIG_SEPARATE_XENHEAP) )
+    pages -= avail_heap_pages(MEMZONE_XEN, MEMZONE_XEN, -1);
+return pages;
 }
