/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-race/main.c
 * @ref test-claim-race
 *
 * @page test-claim-race claim-race
 *
 * Two vCPUs at the same claims: installed while the domain is destroyed, none
 * is left behind; read while they are replaced, they are one whole set; a
 * domain that allocates while its claims are replaced leaves no count wrong; of
 * two sets of which only one fits, one is installed, and nothing of the other.
 *
 * @see tests/claim-race/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/random.h>
#include <xtf/vcpu.h>

const char test_title[] = "Claim sets: two vCPUs racing";

#define MAX_PAGES (1UL << 20)
#define NODES     4

#define ROUNDS_KILL     2000
#define ROUNDS_GET      200000
#define ROUNDS_POPULATE 4000
#define ROUNDS_EITHER   3000

/* Of each vCPU. */
static struct random dice = RANDOM(1), dice1 = RANDOM(2);

/* What vCPU 1 works on, and until when. */
static domid_t target;
static bool stop;
static unsigned long installed;

static void start(domid_t domid, void (*fn)(void *arg))
{
    target = domid;
    stop = false;
    installed = 0;
    xtf_start_vcpu(1, fn, NULL);
}

static void stop_and_join(void)
{
    ACCESS_ONCE(stop) = true;
    xtf_join_vcpu(1);
}

static void count(long rc)
{
    if ( !rc )
        __atomic_add_fetch(&installed, 1, __ATOMIC_RELAXED);
}

static void wait_for_install(void)
{
    unsigned long before = ACCESS_ONCE(installed);

    while ( ACCESS_ONCE(installed) == before )
        hypercall_yield();
}

/* So that the two meet now here, now there. */
static void delay(struct random *of, unsigned long max)
{
    for ( unsigned long i = random_below(of, max); i; i-- )
        barrier();
}

/* All ways to claim; a domain that dies, or died, refuses. */
static void install_all_kinds(void *unused)
{
    for ( unsigned int i = 0; !ACCESS_ONCE(stop); i++ )
    {
        domid_t d = ACCESS_ONCE(target);
        long rc;

        switch ( i % 4 )
        {
        case 0:
            rc = SET_CLAIMS(d, CLAIM(0, 10), CLAIM(3, 30));
            break;

        case 1:
            rc = SET_CLAIMS(d, CLAIM(HOST, 20));
            break;

        case 2:
            claims_release(d);
            rc = claim_pages(d, 1000);
            if ( rc == -EINVAL )
                rc = -ESRCH;
            break;

        default:
            rc = SET_CLAIMS(d, CLAIM(HOST, 20), CLAIM(1, 40), CLAIM(2, 1));
            break;
        }

        if ( rc && rc != -ESRCH )
            CHECK_EQ(rc, -ESRCH);
        count(rc);
    }
}

static void test_kill(void)
{
    unsigned long before = host_free_pages(), seen;
    unsigned int raced = 0;

    start(DOMID_INVALID, install_all_kinds);

    for ( unsigned int i = 0; i < ROUNDS_KILL && !checks_failed(); i++ )
    {
        int d = domain_create(DOMAIN_PV, 1000);

        if ( !CHECK(d > 0) )
            break;

        seen = ACCESS_ONCE(installed);
        ACCESS_ONCE(target) = d;
        /* However slow the other vCPU is, some domains have claims. */
        if ( i % 4 )
            delay(&dice, 100000);
        else
            wait_for_install();
        CHECK_EQ(domain_kill(d), 0);
        raced += ACCESS_ONCE(installed) != seen;

        /* Nobody else claims anything. */
        CHECK_EQ(host_outstanding_pages(), 0);
        for ( unsigned int node = 0; node < NODES; node++ )
            CHECK_EQ(node_claimed_pages(node), 0);
    }

    stop_and_join();
    printk("Of %u domains %u had claims when killed; %lu claims installed\n",
           ROUNDS_KILL, raced, installed);
    CHECK(raced);
    CHECK(claims_consistent());

    /* The last of them are freed a little later; Xen's heap may keep a page. */
    CHECK_EQ(min(wait_for_free_pages(before - 1), before - 1), before - 1);
}

static const memory_claim_t large_set[] = {
    CLAIM(HOST, 10), CLAIM(0, 100), CLAIM(1, 200), CLAIM(2, 300), CLAIM(3, 400),
};
static const memory_claim_t small_set[] = { CLAIM(0, 50), CLAIM(2, 60) };

static void install_both_sets(void *unused)
{
    while ( !ACCESS_ONCE(stop) )
    {
        CHECK_EQ(claims_set(target, large_set, ARRAY_SIZE(large_set)), 0);
        CHECK_EQ(claims_set(target, small_set, ARRAY_SIZE(small_set)), 0);
        count(0);
    }
}

static void test_get(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long large = 0, small = 0;

    start(d, install_both_sets);
    wait_for_install();

    for ( unsigned int i = 0; i < ROUNDS_GET && !checks_failed(); i++ )
    {
        memory_claim_t claims[MAX_CLAIMS];
        uint32_t nr = MAX_CLAIMS;

        CHECK_EQ(claim_memory(d, XEN_DOMCTL_CLAIM_MEMORY_GET, claims, &nr), 0);
        if ( nr == ARRAY_SIZE(large_set) &&
             !memcmp(claims, large_set, sizeof(large_set)) )
            large++;
        else if ( nr == ARRAY_SIZE(small_set) &&
                  !memcmp(claims, small_set, sizeof(small_set)) )
            small++;
        else
        {
            xtf_failure("Failure: GET %u shows neither set, %u claims:\n", i,
                        nr);
            for ( unsigned int j = 0; j < min(nr, (uint32_t)NODES + 1); j++ )
                printk("  %lu of %#x\n", (unsigned long)claims[j].pages,
                       claims[j].target);
            break;
        }
    }

    stop_and_join();
    printk("GET: %lu times one set, %lu times the other, %lu installed\n",
           large, small, 2 * installed);
    CHECK(large);
    CHECK(small);
    CHECK_EQ(domain_destroy(d), 0);
}

static void install_and_release(void *unused)
{
    while ( !ACCESS_ONCE(stop) )
    {
        unsigned long pages = random_below(&dice1, 5000);

        delay(&dice1, 3000);
        CHECK_EQ(SET_CLAIMS(target, CLAIM(0, pages), CLAIM(1, 2 * pages),
                            CLAIM(HOST, pages / 2)), 0);
        if ( pages & 1 )
            CHECK_EQ(SET_CLAIMS(target, CLAIM(2, pages), CLAIM(1, 1)), 0);
        if ( pages & 2 )
            CHECK_EQ(claims_release(target), 0);
        if ( pages & 4 )
            CHECK_EQ(SET_CLAIMS(target, CLAIM(HOST, pages)), 0);
        count(0);
    }
}

/* The domain itself allocates, and another one that has claims, too. */
static void test_populate(void)
{
    int d[2] = { domain_create(DOMAIN_PV, MAX_PAGES),
                 domain_create(DOMAIN_PV, MAX_PAGES) };
    unsigned long before, held[2] = {};
    static xen_pfn_t frames[64];

    /* What the arrays of node claims take of Xen's heap is taken. */
    for ( unsigned int i = 0; i < 2; i++ )
        CHECK_EQ(SET_CLAIMS(d[i], CLAIM(1, 1)), 0);
    before = host_free_pages();
    start(d[0], install_and_release);
    wait_for_install();

    for ( unsigned int i = 0; i < ROUNDS_POPULATE && !checks_failed(); i++ )
    {
        unsigned long nr = 1 + random_below(&dice, ARRAY_SIZE(frames));
        unsigned int flags = random_below(&dice, NODES + 1), n = i % 2;

        if ( i % 16 == 1 )
            CHECK_EQ(SET_CLAIMS(d[1], CLAIM(0, 100), CLAIM(1, 100),
                                CLAIM(2, 100), CLAIM(HOST, 100)), 0);

        memset(frames, 0, sizeof(frames));
        flags = flags == NODES ? 0 : XENMEMF_exact_node(flags);
        CHECK_EQ(populate_frames(d[n], frames, nr, 0, flags), nr);
        /* Most of it goes back. */
        held[n] += nr / 8;
        nr -= nr / 8;
        CHECK_EQ(decrease_reservation(d[n], frames, nr, 0), nr);
    }

    stop_and_join();
    printk("%lu and %lu pages populated and kept, %lu times installed\n",
           held[0], held[1], installed);
    CHECK(claims_consistent());
    for ( unsigned int i = 0; i < 2; i++ )
    {
        CHECK_EQ(domain_tot_pages(d[i]), held[i]);
        CHECK_EQ(SET_CLAIMS(d[i], CLAIM(1, 1)), 0);
        CHECK_CLAIMS(d[i], CLAIM(1, 1));
    }
    CHECK_EQ(host_free_pages() + held[0] + held[1], before);
    for ( unsigned int i = 0; i < 2; i++ )
        CHECK_EQ(domain_destroy(d[i]), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
}

/* Of each node more than half, the nodes in opposite order. */
static memory_claim_t half[2][2];
static int rivals[2];
static long results[2];

/* Both vCPUs leave with the same number when both have come. */
static void meet(unsigned int round)
{
    static unsigned int arrived;

    __atomic_add_fetch(&arrived, 1, __ATOMIC_SEQ_CST);
    while ( ACCESS_ONCE(arrived) < 2 * round )
        barrier();
}

static void rival(unsigned int nr)
{
    results[nr] = claims_set(rivals[nr], half[nr], ARRAY_SIZE(half[nr]));
}

static void second_rival(void *unused)
{
    for ( unsigned int i = 0; i < ROUNDS_EITHER; i++ )
    {
        meet(2 * i + 1);
        delay(&dice1, 3000);
        rival(1);
        meet(2 * i + 2);
    }
}

static void test_either(void)
{
    unsigned long pages[2], won[2] = {};

    for ( unsigned int i = 0; i < 2; i++ )
    {
        rivals[i] = domain_create(DOMAIN_PV, MAX_PAGES);
        CHECK_EQ(SET_CLAIMS(rivals[i], CLAIM(1, 1)), 0);
    }
    for ( unsigned int i = 0; i < 2; i++ )
        pages[i] = node_free_pages(1 + i) / 2 + 1;
    for ( unsigned int i = 0; i < 2; i++ )
    {
        half[i][i] = (memory_claim_t)CLAIM(1, pages[0]);
        half[i][!i] = (memory_claim_t)CLAIM(2, pages[1]);
        CHECK_EQ(SET_CLAIMS(rivals[i], CLAIM(HOST, 0)), 0);
    }

    xtf_start_vcpu(1, second_rival, NULL);

    for ( unsigned int i = 0; i < ROUNDS_EITHER; i++ )
    {
        unsigned int winner;

        meet(2 * i + 1);
        delay(&dice, 3000);
        rival(0);
        meet(2 * i + 2);

        if ( checks_failed() )
            continue;

        winner = !!results[0];
        won[winner]++;
        CHECK_EQ(results[winner], 0);
        CHECK_EQ(results[!winner], -ENOMEM);
        CHECK_EQ(domain_outstanding_pages(rivals[winner]), pages[0] + pages[1]);
        CHECK_EQ(domain_outstanding_pages(rivals[!winner]), 0);
        CHECK_EQ(host_outstanding_pages(), pages[0] + pages[1]);
        CHECK_EQ(claims_release(rivals[winner]), 0);
    }

    xtf_join_vcpu(1);
    printk("Of two sets the first was installed %lu times, the second %lu\n",
           won[0], won[1]);
    CHECK(won[0]);
    CHECK(won[1]);
    CHECK(claims_consistent());

    for ( unsigned int i = 0; i < 2; i++ )
        CHECK_EQ(domain_destroy(rivals[i]), 0);
}

void test_main(void)
{
    static void (*const tests[])(void) = {
        test_kill, test_get, test_populate, test_either,
    };

    /* What one leaves behind when it fails would only fail the next one. */
    for ( unsigned int i = 0; i < ARRAY_SIZE(tests) && !checks_failed(); i++ )
        tests[i]();
    CHECK_EQ(host_outstanding_pages(), 0);

    xtf_success(NULL);
}
