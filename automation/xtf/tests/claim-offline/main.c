/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-offline/main.c
 * @ref test-claim-offline
 *
 * @page test-claim-offline claim-offline
 *
 * Free pages of a node, and of a host, that is claimed to the last page go
 * offline one by one.  Each takes a page off a claim: the largest on the node,
 * or, while the node has enough for its claims, the largest host-wide one.  The
 * counts agree after each, GET and Xen's log show it, allocations go on.  Pages
 * that come back are free, and no claim grows again.
 *
 * @see tests/claim-offline/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/offline.h>

const char test_title[] = "Claim sets: claimed memory goes offline";

#define MAX_PAGES (1UL << 22)
#define NR        40

/* Frames that are free: a domain had them. */
static xen_pfn_t frames[NR];

static void find_free_frames(unsigned int node)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);

    memset(frames, 0, sizeof(frames));
    CHECK_EQ(populate_frames(d, frames, NR, 0, XENMEMF_exact_node(node)), NR);
    CHECK_EQ(domain_destroy(d), 0);
}

static void offline(xen_pfn_t mfn)
{
    unsigned long free = host_free_pages();
    uint32_t status;

    CHECK_EQ(page_offline(mfn, &status), 0);
    CHECK_EQ(status, PG_OFFLINE_OFFLINED);
    CHECK_EQ(host_free_pages(), free - 1);
    CHECK(host_outstanding_pages() <= host_free_pages());
    CHECK(node_claimed_pages(1) <= node_free_pages(1));

    /* Once more changes nothing. */
    CHECK_EQ(page_offline(mfn, &status), 0);
    CHECK_EQ(host_free_pages(), free - 1);
}

static void online_all(unsigned int nr)
{
    unsigned long free = host_free_pages();
    unsigned long claimed = host_outstanding_pages();
    uint32_t status;

    for ( unsigned int i = 0; i < nr; i++ )
    {
        CHECK_EQ(page_online(frames[i], &status), 0);
        CHECK_EQ(status, PG_ONLINE_ONLINED);
    }
    CHECK_EQ(host_free_pages(), free + nr);
    CHECK_EQ(host_outstanding_pages(), claimed);
}

/* On the node all is claimed by two domains, and some host-wide by a third. */
static void test_node(void)
{
    int a = domain_create(DOMAIN_PV, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);
    int c = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long of_a, of_b;

    find_free_frames(1);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 1)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, 1)), 0);
    of_a = node_free_pages(1) / 2 - 10;
    of_b = node_free_pages(1) - of_a;
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, of_a), CLAIM(HOST, 500)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, of_b)), 0);
    CHECK_EQ(SET_CLAIMS(c, CLAIM(HOST, 1000)), 0);

    for ( unsigned int i = 0; i < NR; i++ )
    {
        offline(frames[i]);

        /* The largest pays; of equals, the first. */
        if ( of_b > of_a )
            of_b--;
        else
            of_a--;
        CHECK_CLAIMS(a, CLAIM(HOST, 500), CLAIM(1, of_a));
        CHECK_CLAIMS(b, CLAIM(1, of_b));
        CHECK_CLAIMS(c, CLAIM(HOST, 1000));
    }
    /* Both paid, as they were not far from equal. */
    CHECK(of_a == of_b || of_a + 1 == of_b);

    /* What is left can be had, to the last page. */
    CHECK_EQ(populate(b, 0, of_b, 0, XENMEMF_exact_node(1)), of_b);
    CHECK_EQ(populate(a, 0, of_a, 0, XENMEMF_exact_node(1)), of_a);
    CHECK_EQ(node_free_pages(1), 0);
    CHECK_CLAIMS(a, CLAIM(HOST, 500));
    CHECK_CLAIMS(b);

    online_all(NR);
    CHECK_EQ(node_free_pages(1), NR);
    CHECK_CLAIMS(a, CLAIM(HOST, 500));

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
    CHECK_EQ(domain_destroy(c), 0);
}

/* All of the host is claimed, little of it on the node. */
static void test_host(void)
{
    int a = domain_create(DOMAIN_PV, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);
    int c = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long of_b, of_c;

    find_free_frames(1);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 100), CLAIM(2, 3000), CLAIM(HOST, 9)), 0);
    of_b = 20000;
    of_c = host_free_pages() - of_b - 3109;
    CHECK_EQ(SET_CLAIMS(b, CLAIM(HOST, of_b)), 0);
    CHECK_EQ(SET_CLAIMS(c, CLAIM(HOST, of_c)), 0);
    CHECK_EQ(host_free_pages(), host_outstanding_pages());

    for ( unsigned int i = 0; i < NR; i++ )
    {
        offline(frames[i]);
        of_c--;
        CHECK_CLAIMS(c, CLAIM(HOST, of_c));
    }
    CHECK_CLAIMS(a, CLAIM(HOST, 9), CLAIM(1, 100), CLAIM(2, 3000));
    CHECK_CLAIMS(b, CLAIM(HOST, of_b));
    CHECK_EQ(host_free_pages(), host_outstanding_pages());

    CHECK_EQ(populate(b, 0, 100, 0, 0), 100);
    online_all(NR);
    CHECK_EQ(host_free_pages(), host_outstanding_pages() + NR);

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
    CHECK_EQ(domain_destroy(c), 0);
}

/* All of the node and of the host: a page of the node comes off node claims. */
static void test_both(void)
{
    int a = domain_create(DOMAIN_PV, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long node, host;

    find_free_frames(1);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 1)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, 1)), 0);
    node = node_free_pages(1);
    host = host_free_pages() - node - 10;
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, node - 10), CLAIM(HOST, host)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, 10), CLAIM(0, 10)), 0);
    CHECK_EQ(host_free_pages(), host_outstanding_pages());

    for ( unsigned int i = 0; i < NR; i++ )
    {
        offline(frames[i]);
        CHECK_CLAIMS(a, CLAIM(HOST, host), CLAIM(1, node - 10 - i - 1));
        CHECK_EQ(host_free_pages(), host_outstanding_pages());
    }
    CHECK_CLAIMS(b, CLAIM(0, 10), CLAIM(1, 10));

    /* Released and dead domains pay nothing any more. */
    CHECK_EQ(claims_release(b), 0);
    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
    online_all(NR);
    offline(frames[0]);
    online_all(1);

    CHECK_EQ(domain_destroy(b), 0);
}

/* A page in use goes offline when it is freed: it never counted as free. */
static void test_in_use(void)
{
    int a = domain_create(DOMAIN_PV, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long node;
    uint32_t status;

    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 1)), 0);
    memset(frames, 0, sizeof(frames));
    CHECK_EQ(populate_frames(b, frames, 2, 0, XENMEMF_exact_node(1)), 2);
    node = node_free_pages(1);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, node)), 0);

    CHECK_EQ(page_offline(frames[0], &status), 0);
    CHECK(status & PG_OFFLINE_PENDING);
    CHECK_CLAIMS(a, CLAIM(1, node));
    CHECK_EQ(decrease_reservation(b, frames, 2, 0), 2);
    CHECK_EQ(page_offline_status(frames[0], &status), 0);
    CHECK(status & PG_OFFLINE_STATUS_OFFLINED);
    CHECK_CLAIMS(a, CLAIM(1, node));
    CHECK_EQ(node_free_pages(1), node + 1);

    CHECK_EQ(page_online(frames[0], &status), 0);
    CHECK_EQ(node_free_pages(1), node + 2);
    CHECK_CLAIMS(a, CLAIM(1, node));

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
}

void test_main(void)
{
    unsigned long before = host_free_pages();

    test_node();
    test_host();
    test_both();
    test_in_use();
    CHECK_EQ(host_outstanding_pages(), 0);
    CHECK_EQ(host_free_pages(), before);

    xtf_success(NULL);
}
