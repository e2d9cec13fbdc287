/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-legacy/main.c
 * @ref test-claim-legacy
 *
 * @page test-claim-legacy claim-legacy
 *
 * XENMEM_claim_pages does what it always did, beside XEN_DOMCTL_claim_memory
 * too: it counts what the domain has, allows one claim at a time, whichever of
 * the two installed it, and releases all claims with 0.  The selector LEGACY of
 * the domctl is the same thing.
 *
 * @see tests/claim-legacy/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>

const char test_title[] = "XENMEM_claim_pages and claim sets";

#define MAX_PAGES 100000UL

/* LEGACY by the domctl. */
static long claim_legacy(domid_t domid, unsigned long pages)
{
    return SET_CLAIMS(domid, CLAIM(LEGACY, pages));
}

static void test_arithmetic(long (*claim)(domid_t domid, unsigned long pages))
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);

    CHECK_EQ(claim(d, 1000), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, 1000));
    CHECK_EQ(claim(d, 1), -EINVAL);
    CHECK_EQ(claim(d, 1000), -EINVAL);
    CHECK_EQ(claim(d, 2000), -EINVAL);
    CHECK_CLAIMS(d, CLAIM(HOST, 1000));

    /* Redeemed from any node, and then there may be another one. */
    CHECK_EQ(populate(d, 0, 600, 0, XENMEMF_exact_node(1)), 600);
    CHECK_CLAIMS(d, CLAIM(HOST, 400));
    CHECK_EQ(populate(d, 600, 400, 0, XENMEMF_exact_node(3)), 400);
    CHECK_CLAIMS(d);

    /* The domain has 1000 pages: no claim for as many or less. */
    CHECK_EQ(claim(d, 999), -EINVAL);
    CHECK_EQ(claim(d, 1000), -EINVAL);
    CHECK_EQ(claim(d, 1001), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, 1));
    CHECK_EQ(claim(d, 0), 0);
    CHECK_CLAIMS(d);
    CHECK_EQ(claim(d, 0), 0);

    CHECK_EQ(claim(d, MAX_PAGES + 1), -EINVAL);
    CHECK_EQ(claim(d, MAX_PAGES), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, MAX_PAGES - 1000));
    CHECK_EQ(claim(d, 0), 0);

    CHECK_EQ(domain_set_max_pages(d, 1UL << 30), 0);
    CHECK_EQ(claim(d, 1000 + host_free_pages() + 1), -ENOMEM);
    CHECK_EQ(claim(d, (1UL << 30) - 1), -ENOMEM);
    CHECK_EQ(claim(d, 1000 + host_free_pages()), 0);
    CHECK_EQ(host_outstanding_pages(), host_free_pages());
    CHECK_CLAIMS(d, CLAIM(HOST, host_free_pages()));

    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
}

static void test_mixed(long (*claim)(domid_t domid, unsigned long pages))
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);

    /* Any claim is in the way of the old call, on nodes only as well. */
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 10)), 0);
    CHECK_EQ(claim(d, 100), -EINVAL);
    CHECK_CLAIMS(d, CLAIM(1, 10));
    CHECK_EQ(SET_CLAIMS(d, CLAIM(HOST, 10)), 0);
    CHECK_EQ(claim(d, 100), -EINVAL);
    CHECK_CLAIMS(d, CLAIM(HOST, 10));

    /* None is in the way of a claim set. */
    CHECK_EQ(claims_release(d), 0);
    CHECK_EQ(claim(d, 100), 0);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(2, 5), CLAIM(HOST, 3)), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, 3), CLAIM(2, 5));

    /* 0 releases everything, node claims included. */
    CHECK_EQ(claim(d, 0), 0);
    CHECK_CLAIMS(d);
    CHECK_EQ(claim(d, 100), 0);
    CHECK_EQ(claims_release(d), 0);
    CHECK_CLAIMS(d);

    CHECK_EQ(domain_destroy(d), 0);
}

static void test_errors(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    xen_memory_reservation_t claim = { .nr_extents = 10, .domid = d };
    xen_memory_reservation_t wrong;
    xen_pfn_t frame = 0;

    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 10)), 0);

    CHECK_EQ(hypercall_memory_op(XENMEM_claim_pages, NULL), -EFAULT);

    wrong = claim;
    set_xen_guest_handle(wrong.extent_start, &frame);
    CHECK_EQ(hypercall_memory_op(XENMEM_claim_pages, &wrong), -EINVAL);
    wrong = claim;
    wrong.extent_order = 1;
    CHECK_EQ(hypercall_memory_op(XENMEM_claim_pages, &wrong), -EINVAL);
    wrong = claim;
    wrong.mem_flags = XENMEMF_node(1);
    CHECK_EQ(hypercall_memory_op(XENMEM_claim_pages, &wrong), -EINVAL);
    CHECK_EQ(claim_pages(DOMID_FIRST_RESERVED - 1, 10), -EINVAL);

    /* Counts that no 32-bit variable holds. */
    CHECK_EQ(claims_release(d), 0);
    CHECK_EQ(claim_pages(d, 1UL << 32), -EINVAL);
    CHECK_EQ(claim_pages(d, (1UL << 32) + 10), -EINVAL);
    CHECK_EQ(claim_pages(d, 1UL << 63), -EINVAL);
    CHECK_EQ(claim_pages(d, ~0UL), -EINVAL);
    CHECK_CLAIMS(d);

    CHECK_EQ(domain_destroy(d), 0);
}

void test_main(void)
{
    test_arithmetic(claim_pages);
    test_arithmetic(claim_legacy);
    test_mixed(claim_pages);
    test_mixed(claim_legacy);
    test_errors();
    CHECK_EQ(host_outstanding_pages(), 0);

    xtf_success(NULL);
}
