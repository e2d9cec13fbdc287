# SPDX-License-Identifier: GPL-2.0-only

/^    case XEN_SYSCTL_numainfo:/i\
    case XEN_SYSCTL_numa_meminfo:\
        ret = numa_meminfo(&op->u.numa_meminfo);\
        break;\


