// SPDX-License-Identifier: GPL-2.0-only
// What else a page may be marked with differs from version to version: a
// metavariable for it. Written out, the conditional expression of later ones
// would take Coccinelle minutes.

@assigned@
identifier pg, i;
expression E;
@@
 assign_pages(...)
 {
 <+...
-ASSERT(!(pg[i].count_info & ~E));
+            /* It may have been marked to go offline in the meantime. */
+            ASSERT(!(pg[i].count_info &
+                     ~(PGC_state_offlining | E)));
 ...+>
 }

// May miss: later versions allow for pages that are to be scrubbed.
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
