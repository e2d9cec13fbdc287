// SPDX-License-Identifier: LGPL-2.1-only
// Where the vCPUs may run is where the memory should be.

@within_affinity@
statement S;
symbol map, cpumap;
@@
 numa_place_domain(...)
 {
 <+...
 if (libxl_bitmap_is_empty(&cpumap)) S
+
+map = &cpumap;
 ...+>
 }

// A placement needs no more CPUs than the domain may run on.
@as_many_cpus@
@@
 numa_place_domain(...)
 {
 <+...
 libxl__get_numa_candidate(...,
-                          info->max_vcpus
+                          min(info->max_vcpus,
+                                                  libxl_bitmap_count_set(map))
                           , ...)
 ...+>
 }
