// SPDX-License-Identifier: GPL-2.0-only
// An unsigned count is never negative: look before it is lowered.

// May miss: later versions count so.
@signed_count@
@@
 ASSERT(total_avail_pages >= 0);

@allocation depends on signed_count@
@@
 alloc_heap_pages(...)
 {
 <+...
+ASSERT(total_avail_pages >= request);
 total_avail_pages -= request;
-ASSERT(total_avail_pages >= 0);
 ...+>
 }

@offlining depends on signed_count@
@@
 reserve_offlined_page(...)
 {
 <+...
+ASSERT(total_avail_pages);
 total_avail_pages--;
-ASSERT(total_avail_pages >= 0);
 ...+>
 }
