// SPDX-License-Identifier: GPL-2.0-only

// May miss: a base that frees it as dirty.
@dirty@
expression PG;
@@
 online_page(...)
 {
 <+...
-free_heap_pages(PG, 0, false)
+free_heap_pages(PG, 0, y & PGC_need_scrub)
 ...+>
 }
