/* SPDX-License-Identifier: GPL-2.0-only */

#include <helpers/domctl.h>
#include <helpers/offline.h>

static long offline_op(uint32_t cmd, xen_pfn_t mfn, uint32_t *status)
{
    xen_sysctl_t op = {
        .cmd = XEN_SYSCTL_page_offline_op,
        .u.page_offline = { .cmd = cmd, .start = mfn, .end = mfn },
    };

    *status = 0;
    set_xen_guest_handle(op.u.page_offline.status, status);

    return sysctl_op(&op);
}

long page_offline(xen_pfn_t mfn, uint32_t *status)
{
    return offline_op(sysctl_page_offline, mfn, status);
}

long page_online(xen_pfn_t mfn, uint32_t *status)
{
    return offline_op(sysctl_page_online, mfn, status);
}

long page_offline_status(xen_pfn_t mfn, uint32_t *status)
{
    return offline_op(sysctl_query_page_offline, mfn, status);
}
