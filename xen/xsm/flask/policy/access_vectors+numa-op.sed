# SPDX-License-Identifier: GPL-2.0-only

/^# XEN_DOMCTL_getdomaininfo, XEN_SYSCTL_getdomaininfolist$/a\
# XEN_DOMCTL_numa_op
