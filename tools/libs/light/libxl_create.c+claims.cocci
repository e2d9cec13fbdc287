// SPDX-License-Identifier: LGPL-2.1-only

@policy@
@@
 libxl__domain_build_info_setdefault(...)
 {
 <+...
 libxl_defbool_setdefault(&b_info->claim_mode, false);
+if (b_info->claim_policy == LIBXL_CLAIM_POLICY_DEFAULT)
+    b_info->claim_policy = libxl_defbool_val(b_info->claim_mode)
+                               ? LIBXL_CLAIM_POLICY_HOST
+                               : LIBXL_CLAIM_POLICY_OFF;
 ...+>
 }

// The device model runs: all memory is there.
@started@
@@
 domcreate_devmodel_started(...)
 {
 <+...
+ret = libxl__claims_finish(gc, domid, &dcs->guest_config->b_info,
+                               &dcs->build_state);
+if (ret)
+    goto error_out;
+
 dcs->device_type_idx = -1;
 ...+>
 }

// Whatever it came to.
@complete@
@@
 domcreate_complete(...)
 {
 <+...
+libxl__claims_release(gc, dcs->guest_domid, &dcs->build_state);
 libxl__domain_build_state_dispose(&dcs->build_state);
 ...+>
 }
