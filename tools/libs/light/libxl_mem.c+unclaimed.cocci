// SPDX-License-Identifier: LGPL-2.1-only
// What is claimed is not free for others.

@get@
symbol info;
@@
 libxl_get_free_memory(...)
 {
 <+...
-(info.free_pages + info.scrub_pages) * 4
+(libxl__unclaimed_pages(&info) + info.scrub_pages) * 4
 ...+>
 }

@wait@
symbol info;
@@
 libxl_wait_for_free_memory(...)
 {
 <+...
-info.free_pages
+libxl__unclaimed_pages(&info)
 ...+>
 }
