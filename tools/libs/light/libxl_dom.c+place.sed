# SPDX-License-Identifier: LGPL-2.1-only
# Placement becomes a function, which can be called again.

/^            libxl_bitmap cpumap_soft;$/,/^            libxl_bitmap_dispose(&cpumap_soft);$/c\
            rc = libxl__numa_place(gc, domid, d_config);\
            if (rc)\
                return rc;
