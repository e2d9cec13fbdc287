/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-one-node/main.c
 * @ref test-claim-one-node
 *
 * @page test-claim-one-node claim-one-node
 *
 * Claims on a host that has just node 0: as on any other, the node can be
 * claimed, and what is claimed is kept, redeemed, shown and released.  A
 * hypervisor built for one node takes a claim set of two entries at most.
 *
 * Runs on arm64, too.
 *
 * @see tests/claim-one-node/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <helpers/memory.h>

const char test_title[] = "Claim sets: a host of one node";

/* Xen's MAX_NUMNODES. */
#ifdef __aarch64__
#define BUILT_FOR_NODES 1
#else
#define BUILT_FOR_NODES 64
#endif

#define MAX_PAGES (1UL << 22)

/* Where the extents of each call go does not matter. */
static xen_pfn_t gfn;

static unsigned long take_all(domid_t domid, unsigned int order,
                              unsigned int mem_flags)
{
    unsigned long nr = populate_all(domid, gfn, order, mem_flags);

    gfn += (nr + 1) << order;

    return nr << order;
}

static void test_sets(void)
{
    int d = domain_create(DOMAIN_PVH, MAX_PAGES);
    uint32_t nr = 0;

    CHECK_CLAIMS(d);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 100)), 0);
    CHECK_CLAIMS(d, CLAIM(0, 100));
    CHECK_EQ(node_claimed_pages(0), 100);

    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 1)), -ENOENT);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 0)), -ENOENT);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 5), CLAIM(1, 1)), -ENOENT);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(63, 1)), -ENOENT);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(64, 1)), -ENOENT);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 5), CLAIM(0, 5)), -EINVAL);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 5), CLAIM(LEGACY, 5)), -EINVAL);
    CHECK_EQ(claims_set(d, NULL, 0), -EINVAL);
    CHECK_EQ(claims_set(d, NULL, BUILT_FOR_NODES + 2), -E2BIG);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 1), CLAIM(HOST, 1), CLAIM(1, 1)),
             BUILT_FOR_NODES > 1 ? -ENOENT : -E2BIG);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, node_size(0))), -ENOMEM);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, MAX_PAGES + 1)), -EINVAL);
    CHECK_CLAIMS(d, CLAIM(0, 100));

    /* Every node once, and the host. */
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 30), CLAIM(HOST, 20)), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, 20), CLAIM(0, 30));
    CHECK_EQ(node_claimed_pages(0), 30);
    CHECK_EQ(host_outstanding_pages(), 50);
    CHECK_EQ(claim_memory(d, XEN_DOMCTL_CLAIM_MEMORY_GET, NULL, &nr), 0);
    CHECK_EQ(nr, 2);

    CHECK_EQ(claims_release(d), 0);
    CHECK_CLAIMS(d);

    /* XENMEM_claim_pages, beside claim sets. */
    CHECK_EQ(claim_pages(d, 1000), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, 1000));
    CHECK_EQ(claim_pages(d, 1000), -EINVAL);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 10)), 0);
    CHECK_EQ(claim_pages(d, 0), 0);
    CHECK_CLAIMS(d);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(LEGACY, 1000)), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, 1000));

    /* Destroying the domain releases as well. */
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 30), CLAIM(HOST, 20)), 0);
    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
    CHECK_EQ(node_claimed_pages(0), 0);
}

static void test_redemption(void)
{
    int d = domain_create(DOMAIN_PVH, MAX_PAGES);

    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 1000), CLAIM(HOST, 600)), 0);
    CHECK_EQ(populate(d, 0, 100, 0, 0), 100);
    CHECK_CLAIMS(d, CLAIM(HOST, 600), CLAIM(0, 900));
    CHECK_EQ(populate(d, 512, 1, 9, XENMEMF_exact_node(0)), 1);
    CHECK_CLAIMS(d, CLAIM(HOST, 600), CLAIM(0, 388));
    CHECK_EQ(populate(d, 1024, 1, 9, 0), 1);
    CHECK_CLAIMS(d, CLAIM(HOST, 476));

    /* More than is left of the claim. */
    CHECK_EQ(populate(d, 1536, 1, 9, XENMEMF_node(0)), 1);
    CHECK_CLAIMS(d);
    CHECK_EQ(domain_tot_pages(d), 100 + 3 * 512);

    CHECK_EQ(claim_pages(d, 2000), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, 2000 - 100 - 3 * 512));

    CHECK_EQ(domain_destroy(d), 0);
}

/* What is claimed on the node or host-wide is kept from all others. */
static void test_protection(const memory_claim_t *claim)
{
    int owner = domain_create(DOMAIN_PVH, MAX_PAGES);
    int other = domain_create(DOMAIN_PVH, MAX_PAGES);

    gfn = 0;
    CHECK_EQ(claims_set(owner, claim, 1), 0);
    CHECK(take_all(other, 9, 0) > 512);
    take_all(other, 0, XENMEMF_exact_node(0));
    CHECK_EQ(host_free_pages(), claim->pages);
    CHECK_EQ(node_free_pages(0), claim->pages);
    CHECK_CLAIMS(owner, *claim);

    CHECK_EQ(populate(other, gfn, 1, 0, 0), 0);
    CHECK_EQ(domain_create_bare(DOMAIN_PVH), -ENOMEM);
    CHECK_EQ(SET_CLAIMS(other, CLAIM(0, 1)), -ENOMEM);
    CHECK_EQ(SET_CLAIMS(other, CLAIM(HOST, 1)), -ENOMEM);

    /* The owner is served, to the last page. */
    CHECK_EQ(take_all(owner, 0, 0), claim->pages);
    CHECK_CLAIMS(owner);
    CHECK_EQ(host_free_pages(), 0);

    CHECK_EQ(domain_destroy(owner), 0);
    CHECK_EQ(domain_destroy(other), 0);
}

static void test_meminfo(void)
{
    xen_sysctl_node_meminfo_t info[2];
    xen_sysctl_t op = {
        .cmd = XEN_SYSCTL_numa_meminfo,
        .u.numa_meminfo.max_nodes = ARRAY_SIZE(info),
    };
    int d = domain_create(DOMAIN_PVH, MAX_PAGES);

    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 1)), 0);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 777), CLAIM(HOST, 3)), 0);
    set_xen_guest_handle(op.u.numa_meminfo.meminfo, info);
    CHECK_EQ(sysctl_op(&op), 0);
    CHECK_EQ(op.u.numa_meminfo.max_nodes, 1);
    CHECK_EQ(info[0].size >> PAGE_SHIFT, host_pages());
    CHECK_EQ(info[0].free >> PAGE_SHIFT, host_free_pages());
    CHECK_EQ(info[0].claimed >> PAGE_SHIFT, 777);

    CHECK_EQ(domain_destroy(d), 0);
}

void test_main(void)
{
    static const memory_claim_t node = CLAIM(0, 788), host = CLAIM(HOST, 788);
    unsigned long before = host_free_pages();

    if ( nr_nodes() != 1 )
        return xtf_skip("Skip: the host has %u nodes\n", nr_nodes());

    test_sets();
    test_redemption();
    test_protection(&node);
    test_protection(&host);
    test_meminfo();

    CHECK_EQ(host_outstanding_pages(), 0);
    CHECK_EQ(host_free_pages(), before);

    xtf_success(NULL);
}
