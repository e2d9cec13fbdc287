// SPDX-License-Identifier: GPL-2.0-only

@dirty@
@@
 alloc_heap_pages(...)
 {
 <+...
-if ( !pg && !(memflags & MEMF_no_scrub) )
+if ( !pg && !(memflags & MEMF_no_scrub) &&
+         (!(memflags & MEMF_claimed) || order <= MAX_STEERED_SCRUB_ORDER) )
     pg = get_free_buddy(...);
 ...+>
 }
