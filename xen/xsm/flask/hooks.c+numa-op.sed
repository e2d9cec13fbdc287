# SPDX-License-Identifier: GPL-2.0-only

/^    case XEN_DOMCTL_getdomaininfo:/a\
    case XEN_DOMCTL_numa_op:
