// SPDX-License-Identifier: GPL-2.0-only

// An unsigned count is never negative: look before it is lowered.
@allocation@
@@
 alloc_heap_pages(...)
 {
 <+...
+ASSERT(total_avail_pages >= request);
 total_avail_pages -= request;
-ASSERT(total_avail_pages >= 0);
 ...+>
 }

@offlining@
@@
 reserve_offlined_page(...)
 {
 <+...
+ASSERT(total_avail_pages);
 total_avail_pages--;
-ASSERT(total_avail_pages >= 0);
 ...+>
 }
