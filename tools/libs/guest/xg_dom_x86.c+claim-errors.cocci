// SPDX-License-Identifier: LGPL-2.1-only
// The builders' early warning must not fail a build where there are no claims.

@pv@
identifier rc;
@@
 claim_and_populate_pv(...)
 {
 <+...
 rc =
-    xc_domain_claim_pages
+    xg_try_to_claim_pages
     (...)
 ...+>
 }

@hvm@
identifier rc;
@@
 meminit_hvm(...)
 {
 <+...
 rc =
-    xc_domain_claim_pages
+    xg_try_to_claim_pages
     (...)
 ...+>
 }
