/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/unprivileged/main.c
 * @ref test-unprivileged
 *
 * @page test-unprivileged unprivileged
 *
 * A domain that is not privileged can neither claim memory nor read claims, of
 * no domain, its own included, by any of the interfaces, and learns nothing of
 * the host's memory, nor where domains have theirs.  Started by dom0 as a PV
 * domain.
 *
 * @see tests/unprivileged/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domctl.h>
#include <helpers/node_pages.h>
#include <helpers/start_info.h>

const char test_title[] = "Claims: an unprivileged caller";

/* Unknown domains may be told from others, which is as old as the domctl. */
static bool is_refusal(long rc)
{
    return rc == -EPERM || rc == -ESRCH;
}

void test_main(void)
{
    xen_domctl_t info = { .cmd = XEN_DOMCTL_getdomaininfo, .domain = 0 };
    xen_sysctl_node_meminfo_t nodes[8];
    xen_sysctl_t meminfo = {
        .cmd = XEN_SYSCTL_numa_meminfo,
        .u.numa_meminfo.max_nodes = ARRAY_SIZE(nodes),
    };
    unsigned int found = 0;

    if ( is_dom0() )
        return xtf_error("Error: this is the control domain\n");

    CHECK_EQ(domctl_op(&info), -EPERM);

    for ( domid_t domid = 0; domid < 64; domid++ )
    {
        memory_claim_t claims[MAX_CLAIMS];
        uint32_t nr = ARRAY_SIZE(claims);
        uint64_t pages[8];
        long rc = claim_memory(domid, XEN_DOMCTL_CLAIM_MEMORY_GET, claims, &nr);

        CHECK(is_refusal(rc));
        found += rc == -EPERM;
        CHECK_EQ(nr, ARRAY_SIZE(claims));
        CHECK(is_refusal(SET_CLAIMS(domid, CLAIM(0, 1))));
        CHECK(is_refusal(SET_CLAIMS(domid, CLAIM(HOST, 0))));
        CHECK(is_refusal(SET_CLAIMS(domid, CLAIM(LEGACY, 1))));
        nr = 0;
        CHECK(is_refusal(claim_memory(domid, XEN_DOMCTL_CLAIM_MEMORY_GET, NULL,
                                      &nr)));

        nr = ARRAY_SIZE(pages);
        CHECK(is_refusal(numa_op(domid, XEN_DOMCTL_NUMA_OP_GET_NODE_PAGES, &nr,
                                 pages)));

        rc = claim_pages(domid, 1);
        CHECK(rc == -EPERM || rc == -EINVAL);
        rc = claim_pages(domid, 0);
        CHECK(rc == -EPERM || rc == -EINVAL);
    }

    /* dom0 and this domain at least. */
    CHECK(found >= 2);

    set_xen_guest_handle(meminfo.u.numa_meminfo.meminfo, nodes);
    CHECK_EQ(sysctl_op(&meminfo), -EPERM);

    xtf_success(NULL);
}
