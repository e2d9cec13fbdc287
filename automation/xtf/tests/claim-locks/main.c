/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-locks/main.c
 * @ref test-claim-locks
 *
 * @page test-claim-locks claim-locks
 *
 * Claims are installed and read while another vCPU is in a domctl that holds
 * the domctl lock for long: giving a domain its many vCPUs.  That the lock is
 * held then is seen by XEN_DOMCTL_max_mem, which needs it, and does not return
 * before the long one ends.
 *
 * An emulated CPU may stand still at any moment, just before the lock is taken
 * or just after it was dropped, so that one attempt can show nothing.  It is
 * repeated until one shows both.
 *
 * @see tests/claim-locks/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <xtf/vcpu.h>

const char test_title[] = "Claim sets don't wait for the domctl lock";

#define MAX_PAGES 1000UL

#define NR_VCPUS 1024 /* Some 100 ms. */
#define ENOUGH   50
#define FEW      3
#define ATTEMPTS 30

/* Between just before and just after the long domctl. */
static bool inside;

static int create_large(void)
{
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_createdomain,
        .domain = DOMID_NEW,
        .u.createdomain = {
            .max_vcpus = NR_VCPUS,
            .max_evtchn_port = -1,
            .max_grant_frames = 4,
            .max_maptrack_frames = 4,
            .grant_opts = XEN_DOMCTL_GRANT_version(1),
        },
    };
    long rc = domctl_op(&op);

    return rc ? rc : op.domain;
}

static void long_domctl(void *domid)
{
    ACCESS_ONCE(inside) = true;
    CHECK_EQ(domain_max_vcpus(*(int *)domid, NR_VCPUS), 0);
    ACCESS_ONCE(inside) = false;
}

static bool attempt(domid_t d)
{
    int large = create_large();
    unsigned int claims, limits = 0;
    bool in_time;

    if ( !CHECK(large > 0) )
        return false;

    xtf_start_vcpu(1, long_domctl, &large);
    while ( !ACCESS_ONCE(inside) )
        barrier();

    for ( claims = 0; claims < ENOUGH && ACCESS_ONCE(inside); claims++ )
    {
        CHECK_EQ(SET_CLAIMS(d, CLAIM(1, claims + 1), CLAIM(HOST, 1)), 0);
        CHECK_EQ(claimed_pages(d, 1), claims + 1);
    }
    in_time = ACCESS_ONCE(inside);

    while ( ACCESS_ONCE(inside) )
    {
        CHECK_EQ(domain_set_max_pages(d, MAX_PAGES), 0);
        limits++;
    }

    xtf_join_vcpu(1);
    printk("While another domctl ran: %u claims%s, then %u new limits\n",
           claims, in_time ? "" : " and its end", limits);
    CHECK_EQ(domain_destroy(large), 0);

    return claims == ENOUGH && in_time && limits <= FEW;
}

void test_main(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    bool shown = false;

    for ( unsigned int i = 0; i < ATTEMPTS && !shown && !checks_failed(); i++ )
        shown = attempt(d);
    CHECK(shown);

    CHECK_EQ(domain_destroy(d), 0);
    xtf_success(NULL);
}
