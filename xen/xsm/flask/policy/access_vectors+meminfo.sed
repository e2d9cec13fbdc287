# SPDX-License-Identifier: GPL-2.0-only

/^# XEN_SYSCTL_pcitopoinfo, XEN_SYSCTL_get_cpu_policy$/i\
# XEN_SYSCTL_numa_meminfo
