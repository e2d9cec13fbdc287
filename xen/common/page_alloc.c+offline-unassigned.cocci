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

// Pages that the caller shall scrub are marked in later versions.
@unreferenced@
identifier pg, i;
expression E;
@@
 alloc_domheap_pages(...)
 {
 <+...
(
-ASSERT(!pg[i].count_info);
+                /* As in assign_pages(). */
+                ASSERT(!(pg[i].count_info & ~PGC_state_offlining));
|
-ASSERT(!(pg[i].count_info & ~E));
+                /* As in assign_pages(). */
+                ASSERT(!(pg[i].count_info &
+                         ~(PGC_state_offlining |
+                           E)));
)
 ...+>
 }
