/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whatever fails on the way of a hypercall: memory for it, memory of the guest
 * byte by byte.  Nothing may change then, and nothing leak.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <xenctrl.h>

#include "test.h"

#define DOM 1U
#define ENTRIES 3U

static struct domain *dom;

/* All that a caller can see, and how much of Xen's memory is in use. */
struct view {
    struct bench_domain_state dom;
    struct bench_host_state host;
    unsigned long allocs;
};

static struct view look(void)
{
    struct view v;

    memset(&v, 0, sizeof(v));
    bench_domain_state(dom, &v.dom);
    bench_host_state(&v.host);
    v.allocs = bench_nr_allocs();

    return v;
}

#define UNCHANGED(before) do { \
    struct view now_ = look(); \
    CHECK(!memcmp(&now_, &(before), sizeof(now_))); \
    CONSISTENT(); \
} while (0)

static void boot(void)
{
    static const struct bench_range ranges[] = {
        { 0, 0x1000, 0x400 }, { 1, 0x2000, 0x400 } };
    const struct bench_config config = { 2, 2, ranges };

    bench_boot(&config);
    dom = bench_create_domain(DOM, UINT_MAX);
}

static memory_claim_t claims[ENTRIES] = {
    { .pages = 5, .target = 1 },
    { .pages = 6, .target = XEN_DOMCTL_CLAIM_MEMORY_HOST },
    { .pages = 7, .target = 0 } };

static struct xen_domctl op_of(unsigned int mode, memory_claim_t *entries,
                               unsigned int nr)
{
    struct xen_domctl op = {
        .cmd = XEN_DOMCTL_claim_memory, .domain = DOM,
        .interface_version = XEN_DOMCTL_INTERFACE_VERSION,
        .u.claim_memory = { .nr_entries = nr, .mode = mode } };

    set_xen_guest_handle_raw(op.u.claim_memory.claim_set, entries);

    return op;
}

/* Each allocation of a SET in turn, until one SET had none left to fail. */
static void no_memory_for_a_set(void)
{
    unsigned int nth, failures = 0;
    struct view before;
    int rc;

    boot();
    before = look();
    for ( nth = 1; ; nth++ )
    {
        bench_fail_alloc(nth);
        rc = xc_domain_claim_memory(test_xch(), DOM, ENTRIES, claims);
        if ( !rc )
            break;
        EQUAL(errno, ENOMEM);
        failures++;
        UNCHANGED(before);
        EQUAL(test_nr_buffers(), 0);
    }
    bench_fail_alloc(0);
    CHECK(failures);
    EQUAL(look().dom.outstanding, 18);
}

static void no_memory_is_needed_to_replace_or_release(void)
{
    boot();
    EQUAL(xc_domain_claim_memory(test_xch(), DOM, ENTRIES, claims), 0);
    bench_fail_alloc(1);
    EQUAL(xc_domain_claim_memory(test_xch(), DOM, ENTRIES - 1, claims), 0);
    claims[0].pages = 0;
    EQUAL(xc_domain_claim_memory(test_xch(), DOM, 1, claims), 0);
    EQUAL(look().dom.outstanding, 0);
    bench_fail_alloc(0);
}

/* Byte for byte of the array, and with it all that comes before or after. */
static void unreadable_sets_change_nothing(void)
{
    struct xen_domctl op = op_of(XEN_DOMCTL_CLAIM_MEMORY_SET, claims, ENTRIES);
    const char *start = (const char *)claims;
    unsigned int at, to;
    struct view before;

    boot();
    bench_guest_add(&op, sizeof(op));
    bench_guest_add(claims, sizeof(claims));
    before = look();
    for ( at = 0; at < sizeof(claims); at++ )
        for ( to = at + 1; to <= sizeof(claims); to++ )
        {
            bench_guest_fault(start + at, start + to);
            EQUAL(bench_domctl(&op), -EFAULT);
            UNCHANGED(before);
        }
    bench_guest_fault(NULL, NULL);
    EQUAL(bench_domctl(&op), 0);
}

/* Errors of entries before the one that can't be read come first. */
static void errors_before_a_fault_are_told(void)
{
    struct xen_domctl op = op_of(XEN_DOMCTL_CLAIM_MEMORY_SET, claims, ENTRIES);

    boot();
    bench_guest_add(&op, sizeof(op));
    bench_guest_add(claims, sizeof(claims));
    bench_guest_fault(&claims[2], &claims[3]);
    claims[1].pad = 1;
    EQUAL(bench_domctl(&op), -EINVAL);
    claims[1].pad = 0;
    EQUAL(bench_domctl(&op), -EFAULT);
    claims[0].pad = 1;
    EQUAL(bench_domctl(&op), -EINVAL);
    claims[0].pad = 0;
    bench_guest_fault(&claims[0], &claims[1]);
    claims[1].pad = 1;
    EQUAL(bench_domctl(&op), -EFAULT);
}

static void arrays_that_are_nowhere(void)
{
    memory_claim_t entries[2];
    struct xen_domctl op = op_of(XEN_DOMCTL_CLAIM_MEMORY_SET, entries, 2);
    struct view before;

    boot();
    bench_guest_add(&op, sizeof(op));
    before = look();
    EQUAL(bench_domctl(&op), -EFAULT);
    op = op_of(XEN_DOMCTL_CLAIM_MEMORY_SET, (void *)-16L, 2);
    EQUAL(bench_domctl(&op), -EFAULT);
    op = op_of(XEN_DOMCTL_CLAIM_MEMORY_SET, NULL, 2);
    EQUAL(bench_domctl(&op), -EFAULT);
    op = op_of(XEN_DOMCTL_CLAIM_MEMORY_GET, NULL, 2);
    EQUAL(bench_domctl(&op), -EFAULT);
    UNCHANGED(before);
}

/* An array that ends with the memory: one entry short of what is claimed. */
static void arrays_that_end_too_early(void)
{
    memory_claim_t *entries = malloc(ENTRIES * sizeof(*entries));
    struct xen_domctl op = op_of(XEN_DOMCTL_CLAIM_MEMORY_SET, entries, ENTRIES);
    unsigned int size;

    boot();
    bench_guest_add(&op, sizeof(op));
    memcpy(entries, claims, sizeof(claims));
    for ( size = 0; size < sizeof(claims); size++ )
    {
        bench_guest_add(entries, size);
        EQUAL(bench_domctl(&op), -EFAULT);
        bench_guest_remove(entries);
    }
    bench_guest_add(entries, sizeof(claims));
    EQUAL(bench_domctl(&op), 0);
    free(entries);
}

static void unwritable_arrays_change_no_claim(void)
{
    static memory_claim_t entries[ENTRIES];
    struct xen_domctl op = op_of(XEN_DOMCTL_CLAIM_MEMORY_GET, entries, ENTRIES);
    const char *start = (const char *)entries;
    unsigned int at, i;
    struct view before;

    boot();
    EQUAL(xc_domain_claim_memory(test_xch(), DOM, ENTRIES, claims), 0);
    bench_guest_add(&op, sizeof(op));
    bench_guest_add(entries, sizeof(entries));
    before = look();
    for ( at = 0; at < sizeof(entries); at++ )
    {
        memset(entries, 0xee, sizeof(entries));
        bench_guest_fault(start + at, start + at + 1);
        EQUAL(bench_domctl(&op), -EFAULT);
        UNCHANGED(before);
        EQUAL(op.u.claim_memory.nr_entries, ENTRIES);
        /* What could be written is what would have been. */
        for ( i = 0; i < at / sizeof(*entries); i++ )
            CHECK(entries[i].pages >= 5 && entries[i].pages <= 7 &&
                  !entries[i].pad);
    }
    bench_guest_fault(NULL, NULL);
    EQUAL(bench_domctl(&op), 0);
    EQUAL(entries[0].target, XEN_DOMCTL_CLAIM_MEMORY_HOST);
}

/* The structure itself: its claims are read, its count can't be put back. */
static void the_structure_can_not_be_copied(void)
{
    struct xen_domctl op = op_of(XEN_DOMCTL_CLAIM_MEMORY_GET, NULL, 0);
    const char *start = (const char *)&op;
    unsigned int at;
    struct view before;

    boot();
    EQUAL(xc_domain_claim_memory(test_xch(), DOM, ENTRIES, claims), 0);
    before = look();
    EQUAL(bench_domctl(&op), -EFAULT);
    bench_guest_add(&op, sizeof(op));
    for ( at = 0; at < sizeof(op); at++ )
    {
        bench_guest_fault(start + at, start + at + 1);
        EQUAL(bench_domctl(&op), -EFAULT);
        UNCHANGED(before);
    }
    bench_guest_fault(NULL, NULL);
    EQUAL(bench_domctl(&op), 0);
    EQUAL(op.u.claim_memory.nr_entries, ENTRIES);
}

/* Of Xen's memory, only what the interface says gets out. */
static void nothing_leaks_to_the_guest(void)
{
    memory_claim_t entries[ENTRIES + 2];
    struct xen_domctl op = op_of(XEN_DOMCTL_CLAIM_MEMORY_GET, entries,
                                 ENTRIES + 2), before;
    const unsigned char *bytes = (const unsigned char *)&entries[ENTRIES];
    unsigned int i;

    boot();
    EQUAL(xc_domain_claim_memory(test_xch(), DOM, ENTRIES, claims), 0);
    memset(entries, 0xee, sizeof(entries));
    bench_guest_add(&op, sizeof(op));
    bench_guest_add(entries, sizeof(entries));
    before = op;
    EQUAL(bench_domctl(&op), 0);
    for ( i = 0; i < 2 * sizeof(*entries); i++ )
        EQUAL(bytes[i], 0xee);
    for ( i = 0; i < ENTRIES; i++ )
        EQUAL(entries[i].pad, 0);
    before.u.claim_memory.nr_entries = ENTRIES;
    CHECK(!memcmp(&op, &before, sizeof(op)));
}

#define TEST(name) { #name, name }
static const struct test tests[] = {
    TEST(no_memory_for_a_set),
    TEST(no_memory_is_needed_to_replace_or_release),
    TEST(unreadable_sets_change_nothing),
    TEST(errors_before_a_fault_are_told),
    TEST(arrays_that_are_nowhere),
    TEST(arrays_that_end_too_early),
    TEST(unwritable_arrays_change_no_claim),
    TEST(the_structure_can_not_be_copied),
    TEST(nothing_leaks_to_the_guest),
};

int main(int argc, char **argv)
{
    return run_tests(tests, sizeof(tests) / sizeof(*tests), argv + 1);
}
