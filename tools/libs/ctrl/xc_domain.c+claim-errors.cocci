// SPDX-License-Identifier: LGPL-2.1-only
// An unsupported claim is no claim: the caller must know.

// May miss: later versions return what the hypervisor says.
@hidden@
identifier err;
expression call;
@@
 int xc_domain_claim_pages(...)
 {
-    int err;
     ...
-    err = call;
-    if (err == -1 && errno == ENOSYS)
-        err = errno = 0;
-    return err;
+
+    return call;
 }
