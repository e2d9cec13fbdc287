// SPDX-License-Identifier: GPL-2.0-only

@assigned@
identifier pg, i;
@@
 assign_pages(...)
 {
 <+...
(
-ASSERT(!(pg[i].count_info & ~(PGC_extra | PGC_static)));
+            /* It may have been marked to go offline in the meantime. */
+            ASSERT(!(pg[i].count_info &
+                     ~(PGC_extra | PGC_static | PGC_state_offlining)));
|
-ASSERT(!(pg[i].count_info & ~PGC_preserved));
+            /* It may have been marked to go offline in the meantime. */
+            ASSERT(!(pg[i].count_info &
+                     ~(PGC_preserved | PGC_state_offlining)));
)
 ...+>
 }

@unreferenced@
identifier pg, i;
@@
 alloc_domheap_pages(...)
 {
 <+...
-ASSERT(!pg[i].count_info);
+                /* As in assign_pages(). */
+                ASSERT(!(pg[i].count_info & ~PGC_state_offlining));
 ...+>
 }
