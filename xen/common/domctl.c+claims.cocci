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
+    /* GET returns how many claims there are, or how much room they need. */
+    copyback = op->u.claim_memory.mode == XEN_DOMCTL_CLAIM_MEMORY_GET &&
+                   (!ret || ret == -ENOBUFS);
+    goto out;
+}

// Which permission is needed depends on the mode. A hook that is given the
// whole domctl asks for it.
// May miss: before XSA-492 it is given the number only.
@by_mode@
expression A;
@@
 xsm_domctl(A, d, op)

// Then claim_memory() has to ask.
@by_number depends on !by_mode@
expression A;
@@
 xsm_domctl(A, d, op->cmd, ...)

@action depends on by_number@
expression A;
@@
 ret = xsm_getdomaininfo(A, d);

@set depends on by_number@
@@
-return set_memory_claims(d, op);
+return xsm_claim_pages(XSM_PRIV, d) ?: set_memory_claims(d, op);

@get depends on by_number@
expression action.A;
@@
-return get_memory_claims(d, op);
+return xsm_getdomaininfo(A, d) ?: get_memory_claims(d, op);

// May miss: 4.17 and 4.20 need it still.
@nospec@
@@
#include <xen/nospec.h>

@include depends on !nospec@
@@
 #include <xen/mm.h>
+#include <xen/nospec.h>
