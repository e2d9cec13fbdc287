# SPDX-License-Identifier: GPL-2.0-only

/^# XENMEM_claim_pages$/a\
# XEN_DOMCTL_claim_memory with XEN_DOMCTL_CLAIM_MEMORY_SET

/^# XEN_DOMCTL_getdomaininfo, XEN_SYSCTL_getdomaininfolist$/a\
# XEN_DOMCTL_claim_memory with XEN_DOMCTL_CLAIM_MEMORY_GET
