# SPDX-License-Identifier: GPL-2.0-only

/^    case XEN_DOMCTL_getdomaininfo:/i\
    case XEN_DOMCTL_claim_memory: /* claim_pages or getdomaininfo, by mode */
