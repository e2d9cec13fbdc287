# SPDX-License-Identifier: GPL-2.0-only

/^    case XEN_SYSCTL_numainfo:/a\
    case XEN_SYSCTL_numa_meminfo:
