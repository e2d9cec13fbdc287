// SPDX-License-Identifier: GPL-2.0-only
// As in page_alloc.c+sets-llc.cocci, for a claim that is no set.

// May miss: no LLC colouring before 4.20.
@coloring@
@@
#include <xen/llc-coloring.h>

// May miss: as above.
@refused depends on coloring@
@@
 set_memory_claims(...)
 {
 <+...
 if ( legacy )
-    return domain_set_outstanding_pages(d, all_bits);
+    return all_bits && llc_coloring_enabled
+           ? -EOPNOTSUPP : domain_set_outstanding_pages(d, all_bits);
 ...+>
 }
