// SPDX-License-Identifier: GPL-2.0-only

@dispatch@
identifier out;
@@
 ret = xsm_domctl(...);
 if ( ret )
     goto out;
+
+if ( op->cmd == XEN_DOMCTL_claim_memory )
+    {
+    ret = claim_memory(d, &op->u.claim_memory);
+    /* Of a GET: how many claims there are, or would be. */
+    copyback = op->u.claim_memory.mode == XEN_DOMCTL_CLAIM_MEMORY_GET &&
+                   (!ret || ret == -ENOBUFS);
+    goto out;
+}

// The action that the base knows the hook by.
// May miss: XSM_HOOK in 4.17.
@action@
@@
 xsm_getdomaininfo(XSM_XS_PRIV, ...)

// May miss: as above.
@other_action depends on action@
expression d;
@@
-xsm_getdomaininfo(XSM_HOOK, d)
+xsm_getdomaininfo(XSM_XS_PRIV, d)

// May miss: 4.17 and 4.20 need it still.
@nospec@
@@
#include <xen/nospec.h>

// May miss: as above.
@include depends on !nospec@
@@
 #include <xen/mm.h>
+#include <xen/nospec.h>
