// SPDX-License-Identifier: LGPL-2.1-only
// The builder has set the vNUMA information: it knows how much to ask for.

@counts@
expression xch, domid;
statement S;
symbol r, numa, hvminfo;
@@
 init_acpi_config(...)
 {
 <+...
-r = xc_domain_getvnuma(xch, domid, &numa->nr_vnodes, &numa->nr_vmemranges,
-                       &hvminfo->nr_vcpus, NULL, NULL, NULL);
-if (r) S
+numa->nr_vnodes = dom->nr_vnodes;
+numa->nr_vmemranges = dom->nr_vmemranges;
+hvminfo->nr_vcpus = b_info->max_vcpus;
 ...+>
 }

// Between any two nodes there is a distance.
@distances@
symbol vdistance;
@@
 init_acpi_config(...)
 {
 <+...
 vdistance = libxl__zalloc(gc,
-                          dom->nr_vnodes * sizeof(*vdistance)
+                          dom->nr_vnodes * dom->nr_vnodes *
+                                  sizeof(*vdistance)
                           );
 ...+>
 }
