/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-errors/main.c
 * @ref test-claim-errors
 *
 * @page test-claim-errors claim-errors
 *
 * Every error of XEN_DOMCTL_claim_memory that a caller can provoke, and that of
 * several errors the documented one is returned.  After each the claims are
 * what they were: a set is installed as a whole or not at all.
 *
 * @see tests/claim-errors/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/page.h>

const char test_title[] = "Claim sets: errors change nothing";

#define MAX_PAGES 100000UL

#define FITS_NO_INT (1UL << 32)

static int dom;

/* The set that must survive every error. */
#define OLD_SET CLAIM(HOST, 10), CLAIM(1, 200), CLAIM(3, 30)

/* A SET fails with this error and changes nothing. */
#define CHECK_REFUSED(error, ...)                       \
    ({                                                  \
        CHECK_EQ(SET_CLAIMS(dom, __VA_ARGS__), error);  \
        CHECK_CLAIMS(dom, OLD_SET);                     \
    })

static void test_arguments(void)
{
    static memory_claim_t claims[MAX_CLAIMS + 2];
    const memory_claim_t two[] = { CLAIM(0, 1), CLAIM(2, 1) };
    memory_claim_t *faulting;
    uint32_t nr;

    /* Modes. */
    for ( uint32_t mode = 2; mode; mode <<= 1 )
    {
        memory_claim_t claim = CLAIM(1, 1);

        nr = 1;
        CHECK_EQ(claim_memory(dom, mode, &claim, &nr), -EOPNOTSUPP);
        CHECK_EQ(claim_memory(DOMID_FIRST_RESERVED - 1, mode, &claim, &nr),
                 -ESRCH);
    }

    /* Domains. */
    CHECK_EQ(SET_CLAIMS(DOMID_FIRST_RESERVED - 1, CLAIM(1, 1)), -ESRCH);
    CHECK_EQ(SET_CLAIMS(DOMID_IO, CLAIM(1, 1)), -ESRCH);
    CHECK_EQ(SET_CLAIMS(DOMID_INVALID, CLAIM(1, 0)), -ESRCH);
    CHECK_EQ(SET_CLAIMS(DOMID_SELF, CLAIM(1, 0)), -ESRCH);
    nr = 0;
    CHECK_EQ(claim_memory(DOMID_FIRST_RESERVED - 1,
                          XEN_DOMCTL_CLAIM_MEMORY_GET, NULL, &nr), -ESRCH);

    /* Numbers of entries. */
    for ( unsigned int i = 0; i < ARRAY_SIZE(claims); i++ )
        claims[i] = (memory_claim_t)CLAIM(i % 4, 1);
    CHECK_EQ(claims_set(dom, claims, 0), -EINVAL);
    CHECK_EQ(claims_set(dom, NULL, 0), -EINVAL);
    CHECK_EQ(claims_set(dom, claims, MAX_CLAIMS + 1), -E2BIG);
    CHECK_EQ(claims_set(dom, NULL, MAX_CLAIMS + 1), -E2BIG);
    CHECK_EQ(claims_set(dom, claims, ~0U), -E2BIG);
    CHECK_EQ(claims_set(dom, claims, 1U << 28), -E2BIG);
    /* As many as there can be is fine, but these have a node twice. */
    CHECK_EQ(claims_set(dom, claims, MAX_CLAIMS), -EINVAL);

    /* Arrays. */
    CHECK_EQ(claims_set(dom, NULL, 1), -EFAULT);
    CHECK_EQ(claims_set(dom, UNMAPPED_ADDRESS, 1), -EFAULT);
    nr = 1;
    CHECK_EQ(claim_memory(dom, XEN_DOMCTL_CLAIM_MEMORY_GET, NULL, &nr),
             -EFAULT);
    CHECK_EQ(nr, 1);
    nr = MAX_CLAIMS;
    CHECK_EQ(claim_memory(dom, XEN_DOMCTL_CLAIM_MEMORY_GET, UNMAPPED_ADDRESS,
                          &nr), -EFAULT);

    /* An array across an unmapped page, between and within entries. */
    for ( unsigned int tail = 0; tail <= 2 * sizeof(*faulting); tail += 4 )
    {
        unsigned int whole = tail / sizeof(*faulting);

        faulting = page_before_unmapped() + PAGE_SIZE - tail;
        memcpy(faulting, two, tail);
        CHECK_EQ(claims_set(dom, faulting, whole + 1), -EFAULT);
        CHECK_CLAIMS(dom, OLD_SET);

        nr = 3;
        CHECK_EQ(claim_memory(dom, XEN_DOMCTL_CLAIM_MEMORY_GET, faulting, &nr),
                 -EFAULT);
        CHECK_EQ(nr, 3);
    }

    /* What is wrong with an entry before the fault decides. */
    faulting = page_before_unmapped() + PAGE_SIZE - sizeof(*faulting);
    *faulting = (memory_claim_t)CLAIM(64, 1);
    CHECK_EQ(claims_set(dom, faulting, 2), -ENOENT);

    /* A set just before the unmapped page is fine. */
    *faulting = (memory_claim_t)CLAIM(HOST, 10);
    CHECK_EQ(claims_set(dom, faulting, 1), 0);
    CHECK_EQ(SET_CLAIMS(dom, OLD_SET), 0);
    CHECK_CLAIMS(dom, OLD_SET);
}

static void test_entries(void)
{
    static const uint32_t unknown[] = {
        HOST | LEGACY, HOST | 1, LEGACY | 1, HOST | (1U << 29), 0xffffffffU,
    };
    /* 0xff is NUMA_NO_NODE inside of Xen, and 4 is a node that is not there. */
    static const uint32_t no_node[] = {
        4, 63, 64, 65, 0xfe, 0xff, 0x100, 0x10001, 1U << 29, (1U << 30) - 1,
    };

    for ( uint32_t pad = 1; pad; pad <<= 1 )
    {
        CHECK_REFUSED(-EINVAL, { .pages = 1, .target = 1, .pad = pad });
        CHECK_REFUSED(-EINVAL, CLAIM(1, 1),
                      { .pages = 1, .target = HOST, .pad = pad });
        CHECK_REFUSED(-EINVAL, { .pages = 0, .target = 1, .pad = pad });
    }

    for ( unsigned int i = 0; i < ARRAY_SIZE(unknown); i++ )
    {
        CHECK_REFUSED(-EINVAL, CLAIM(unknown[i], 1));
        CHECK_REFUSED(-EINVAL, CLAIM(1, 1), CLAIM(unknown[i], 1));
        CHECK_REFUSED(-EINVAL, CLAIM(unknown[i], 0));
    }

    for ( unsigned int i = 0; i < ARRAY_SIZE(no_node); i++ )
    {
        CHECK_REFUSED(-ENOENT, CLAIM(no_node[i], 1));
        CHECK_REFUSED(-ENOENT, CLAIM(1, 1), CLAIM(no_node[i], 0));
    }

    CHECK_REFUSED(-EINVAL, CLAIM(LEGACY, 1), CLAIM(1, 1));
    CHECK_REFUSED(-EINVAL, CLAIM(1, 1), CLAIM(LEGACY, 1));
    CHECK_REFUSED(-EINVAL, CLAIM(LEGACY, 1), CLAIM(LEGACY, 1));
    CHECK_REFUSED(-EINVAL, CLAIM(LEGACY, 0), CLAIM(HOST, 0));

    CHECK_REFUSED(-EINVAL, CLAIM(1, 1), CLAIM(1, 1));
    CHECK_REFUSED(-EINVAL, CLAIM(1, 0), CLAIM(1, 0));
    CHECK_REFUSED(-EINVAL, CLAIM(HOST, 1), CLAIM(2, 1), CLAIM(HOST, 1));
    CHECK_REFUSED(-EINVAL, CLAIM(2, 1), CLAIM(1, 1), CLAIM(0, 1), CLAIM(2, 1));

    /* Entry by entry, whatever follows. */
    CHECK_REFUSED(-ENOENT, CLAIM(4, 1), { .pages = 1, .target = 1, .pad = 1 });
    CHECK_REFUSED(-EINVAL, CLAIM(1, 1), CLAIM(1, 1), CLAIM(4, 1));
    /* In an entry the pad first, then the bits, then the node. */
    CHECK_REFUSED(-EINVAL, { .pages = 1, .target = 4, .pad = 1 });
    CHECK_REFUSED(-EINVAL, CLAIM(HOST | 4, 1));
}

static void test_counts(void)
{
    static const uint64_t huge[] = {
        FITS_NO_INT, FITS_NO_INT + 1, 1UL << 63, ~0UL, ~0UL - 1, 1UL << 52,
    };
    unsigned long node1, all;

    /* No sum of any counts wraps to one that would do. */
    for ( unsigned int i = 0; i < ARRAY_SIZE(huge); i++ )
    {
        CHECK_REFUSED(-EINVAL, CLAIM(1, huge[i]));
        CHECK_REFUSED(-EINVAL, CLAIM(HOST, huge[i]));
        CHECK_REFUSED(-EINVAL, CLAIM(LEGACY, huge[i]));
        CHECK_REFUSED(-EINVAL, CLAIM(1, huge[i]), CLAIM(2, 1));
        CHECK_REFUSED(-EINVAL, CLAIM(1, 1), CLAIM(HOST, huge[i]));
        CHECK_REFUSED(-EINVAL, CLAIM(1, huge[i]), CLAIM(2, huge[i]));
        CHECK_REFUSED(-EINVAL, CLAIM(1, huge[i]), CLAIM(2, -huge[i]));
        CHECK_REFUSED(-EINVAL, CLAIM(1, huge[i]), CLAIM(2, 1 - huge[i]),
                      CLAIM(HOST, 1));
        /* The errors of entries come before that of their sum. */
        CHECK_REFUSED(-ENOENT, CLAIM(1, huge[i]), CLAIM(64, 1));
        CHECK_REFUSED(-EINVAL, CLAIM(1, huge[i]), CLAIM(1, 1));
    }
    CHECK_REFUSED(-EINVAL, CLAIM(0, FITS_NO_INT - 1), CLAIM(1, 1));
    CHECK_REFUSED(-EINVAL, CLAIM(0, 1UL << 31), CLAIM(1, 1UL << 31));

    /* More than the domain may have, of what a sum can be. */
    CHECK_REFUSED(-EINVAL, CLAIM(0, FITS_NO_INT - 1));
    CHECK_REFUSED(-EINVAL, CLAIM(0, FITS_NO_INT - 2), CLAIM(HOST, 1));
    CHECK_REFUSED(-EINVAL, CLAIM(HOST, MAX_PAGES + 1));
    CHECK_REFUSED(-EINVAL, CLAIM(HOST, MAX_PAGES / 2),
                  CLAIM(1, MAX_PAGES / 2 + 1));

    /* More than there is: on a node, though not on the host; on both. */
    CHECK_EQ(domain_set_max_pages(dom, 1UL << 30), 0);
    node1 = node_free_pages(1);
    CHECK_REFUSED(-ENOMEM, CLAIM(1, node1 + 1));
    CHECK_REFUSED(-ENOMEM, CLAIM(0, 1), CLAIM(2, 1), CLAIM(1, node1 + 1));
    CHECK_REFUSED(-ENOMEM, CLAIM(1, node1 + 1), CLAIM(HOST, 1));
    all = host_free_pages();
    CHECK_REFUSED(-ENOMEM, CLAIM(HOST, all + 1));
    CHECK_REFUSED(-ENOMEM, CLAIM(HOST, all), CLAIM(1, 1));
    CHECK_REFUSED(-ENOMEM, CLAIM(HOST, FITS_NO_INT / 4));

    /* The limit is looked at before the memory. */
    CHECK_EQ(domain_set_max_pages(dom, 1000), 0);
    CHECK_REFUSED(-EINVAL, CLAIM(1, node1 + 1));
    CHECK_EQ(domain_set_max_pages(dom, MAX_PAGES), 0);
}

/* A set of 65 entries of which the last is a duplicate. */
static void test_many(void)
{
    memory_claim_t claims[MAX_CLAIMS];

    for ( unsigned int i = 0; i < MAX_CLAIMS; i++ )
        claims[i] = (memory_claim_t)CLAIM(i % 4, 0);
    claims[0] = (memory_claim_t)CLAIM(HOST, 1);
    CHECK_EQ(claims_set(dom, claims, MAX_CLAIMS), -EINVAL);
    CHECK_EQ(claims_set(dom, claims, 6), -EINVAL);
    CHECK_CLAIMS(dom, OLD_SET);
    CHECK_EQ(claims_set(dom, claims, 5), 0);
    CHECK_CLAIMS(dom, CLAIM(HOST, 1));
    CHECK_EQ(SET_CLAIMS(dom, OLD_SET), 0);
}

void test_main(void)
{
    dom = domain_create(DOMAIN_PV, MAX_PAGES);
    if ( dom < 0 )
        return xtf_error("Error: no domain: %d\n", dom);

    CHECK_EQ(SET_CLAIMS(dom, OLD_SET), 0);

    test_arguments();
    CHECK_CLAIMS(dom, OLD_SET);
    test_entries();
    test_counts();
    test_many();

    CHECK_CLAIMS(dom, OLD_SET);
    CHECK_EQ(domain_destroy(dom), 0);
    CHECK_EQ(host_outstanding_pages(), 0);

    xtf_success(NULL);
}
