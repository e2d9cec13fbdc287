// SPDX-License-Identifier: GPL-2.0-only
// Count the free pages of a node wherever those of its zones are counted.

// May miss: no released version counts them so far.
@counted@
@@
static unsigned long node_avail_pages[MAX_NUMNODES];

@count depends on !counted@
type T;
@@
 static T total_avail_pages;
+/* Free pages of each node: the sum over its zones. */
+static unsigned long node_avail_pages[MAX_NUMNODES];

@allocation depends on !counted@
expression node, zone, n;
@@
 avail[node][zone] -= n;
+node_avail_pages[node] -= n;

@offlining depends on !counted@
expression node, zone;
@@
 avail[node][zone]--;
+node_avail_pages[node]--;

@freeing depends on !counted@
expression node, zone, n;
@@
 avail[node][zone] += n;
+node_avail_pages[node] += n;

@node_sum depends on !counted@
expression node;
@@
 avail_node_heap_pages(...)
 {
-return avail_heap_pages(MEMZONE_XEN, NR_ZONES -1, node);
+return node_avail_pages[node];
 }
