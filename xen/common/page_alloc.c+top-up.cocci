// SPDX-License-Identifier: GPL-2.0-only

@own_claim@
@@
 alloc_heap_pages(...)
 {
 <+...
-d->outstanding_pages < request
+outstanding_claims + request > total_avail_pages +
+                                                d->outstanding_pages
 ...+>
 }
