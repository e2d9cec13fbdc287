// SPDX-License-Identifier: GPL-2.0-only
// Coloured domains are not served from the heap that claims are about.

// May miss: no LLC colouring before 4.20.
@coloring@
@@
#include <xen/llc-coloring.h>

// May miss: as above.
@refused depends on coloring@
@@
 check_claims(...)
 {
 <+...
 if ( sum > UINT_MAX )
     return -EINVAL;
+
+if ( llc_coloring_enabled )
+    return -EOPNOTSUPP;
 ...+>
 }
