// SPDX-License-Identifier: LGPL-2.1-only

@inherit@
@@
 libxl__spawn_stub_dm(...)
 {
 <+...
+libxl__claims_inherit(gc, guest_config, dm_config);
 ret = libxl__domain_config_setdefault(gc, dm_config, guest_domid);
 ...+>
 }

@release@
identifier f;
@@
 f(...)
 {
 <+...
+libxl__claims_release(gc, sdss->pvqemu.guest_domid, &sdss->dm_state);
 libxl__domain_build_state_dispose(&sdss->dm_state);
 ...+>
 }
