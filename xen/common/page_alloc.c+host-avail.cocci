// SPDX-License-Identifier: GPL-2.0-only
// Where the Xen heap is separate, it has a zone of its own, not the domains'.

// May miss: before 4.21 avail_domheap_pages() sums.
@getter@
expression E;
@@
 get_outstanding_claims(...)
 {
 <+...
-E = avail_heap_pages(MEMZONE_XEN + 1, NR_ZONES - 1, -1);
+E = total_avail_pages;
+if ( IS_ENABLED(CONFIG_SEPARATE_XENHEAP) )
+        E -= avail_heap_pages(MEMZONE_XEN, MEMZONE_XEN, -1);
 ...+>
 }

@host_sum depends on !getter@
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
