// SPDX-License-Identifier: LGPL-2.1-only

@pv@
@@
 libxl__build_pv(...)
 {
 <+...
-dom->claim_enabled = libxl_defbool_val(info->claim_mode);
+dom->claim_enabled = libxl__builder_claims(info, state);
+dom->keep_claims = state->claimed;
 ...+>
 }

@hvm@
@@
 libxl__build_hvm(...)
 {
 <+...
-dom->claim_enabled = libxl_defbool_val(info->claim_mode);
+dom->claim_enabled = libxl__builder_claims(info, state);
+dom->keep_claims = state->claimed;
 ...+>
 }

@placed@
@@
 libxl__build_pre(...)
 {
 <+...
 libxl_defbool_set(&info->numa_placement, false);
+state->numa_placed = true;
 ...+>
 }

// All that allocates for the domain before its memory has been there.
@claim@
statement S;
@@
 libxl__build_pre(...)
 {
 <+...
 if (!state->restore && !state->soft_reset) S
+if (rc)
+    goto out;
+rc = libxl__claim_memory(gc, domid, d_config, state);
 ...+>
 }
