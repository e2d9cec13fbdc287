# SPDX-License-Identifier: GPL-2.0-only

/^ \*               XEN_SYSCTL_numainfo and XEN_SYSCTL_physinfo tell how much is\.$/c\
 *               XEN_SYSCTL_numa_meminfo and XEN_SYSCTL_physinfo tell what is.
