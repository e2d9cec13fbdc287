/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/selftest/main.c
 * @ref test-selftest
 *
 * @page test-selftest selftest
 *
 * The runtime and the helpers of the test kernels themselves.  Passes on any
 * Xen.
 *
 * @see tests/selftest/main.c
 */

#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <helpers/flask.h>
#include <helpers/memory.h>
#include <helpers/page.h>
#include <helpers/start_info.h>
#include <helpers/string.h>
#include <xtf/vcpu.h>

const char test_title[] = "Runtime of the test kernels";

static void check_format(const char *expected, const char *fmt, ...)
    __printf(2, 3);

static void check_format(const char *expected, const char *fmt, ...)
{
    char text[64];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    if ( strcmp(text, expected) )
        xtf_failure("Failure: format %s: '%s', not '%s'\n", fmt, text,
                    expected);
}

static void test_format(void)
{
    char small[4];

    check_format("-1 4294967295 ffffffff", "%d %u %x", -1, -1U, -1);
    check_format("18446744073709551615", "%lu", ~0UL);
    check_format("-9223372036854775808", "%ld", -LONG_MAX - 1);
    check_format("   42|42   |00042|0x2a", "%5d|%-5d|%05d|%#x", 42, 42, 42, 42);
    check_format("0 +5 005", "%d %+d %.3d", 0, 5, 5);
    check_format("ab  |  c|%", "%-4.2s|%3c|%%", "abc", 'c');
    check_format("0000000000001000", "%p", (void *)0x1000);
    check_format("255 65535 4096", "%hhu %hu %zu", (uint8_t)255,
                 (uint16_t)65535, (size_t)4096);
    CHECK_EQ(snprintf(small, sizeof(small), "%s", "longer"), 6);
    CHECK_EQ(strcmp(small, "lon"), 0);
}

static void test_strings(void)
{
    char buf[8] = "abcdefg";

    strncpy(buf, "ab", sizeof(buf) - 1);
    CHECK_EQ(memcmp(buf, "ab\0\0\0\0\0", sizeof(buf)), 0);
    CHECK_EQ(strncmp(buf, "abcdef", 2), 0);
    CHECK(strcmp("a", "b") < 0 && strcmp("ab", "a") > 0);
    CHECK(memcmp("a\0b", "a\0c", 3) < 0);
    CHECK_EQ(strtoul("0x1fz", NULL, 0), 0x1f);
    CHECK_EQ(strtoul("12", NULL, 10), 12);
    CHECK(!strcmp(errno_name(-EINVAL), "EINVAL"));
    CHECK(!errno_name(-4000));
}

/* Xen must not get at what is unmapped, nor write what is read-only. */
static void test_pages(void)
{
    static char page[PAGE_SIZE] __aligned(PAGE_SIZE);
    xen_feature_info_t *info = page_before_unmapped();

    CHECK_EQ(hypercall_xen_version(XENVER_get_features, info), 0);
    CHECK_EQ(hypercall_xen_version(XENVER_get_features, NULL), -EFAULT);
    CHECK_EQ(hypercall_xen_version(XENVER_get_features, UNMAPPED_ADDRESS),
             -EFAULT);
    info = page_before_unmapped() + PAGE_SIZE - sizeof(info->submap_idx);
    CHECK_EQ(hypercall_xen_version(XENVER_get_features, info), -EFAULT);

    page_map_readonly(page);
    CHECK_EQ(hypercall_xen_version(XENVER_get_features, page), -EFAULT);
    page_map_writable(page);
    CHECK_EQ(hypercall_xen_version(XENVER_get_features, page), 0);
    page[0] = 1;

    CHECK(mfn_to_virt(virt_to_mfn(page)) == page);
}

static void use_domain(enum domain_kind kind)
{
    unsigned int node = nr_nodes() - 1;
    unsigned long node_before = node_free_pages(node);
    int domid = domain_create(kind, 2000);
    struct xen_domctl_getdomaininfo info;

    if ( !CHECK(domid > 0) )
        return;

    CHECK_EQ(domain_info(domid, &info), 0);
    CHECK_EQ(!!(info.flags & XEN_DOMINF_hvm_guest), kind == DOMAIN_PVH);
    CHECK_EQ(info.max_pages, 2000);
    CHECK_EQ(populate(domid, 0, 600, 0, XENMEMF_exact_node(node)), 600);
    CHECK_EQ(populate(domid, 1024, 2, 9, XENMEMF_exact_node(node)), 2);
    CHECK_EQ(domain_tot_pages(domid), 600 + 2 * 512);
    CHECK(node_before - node_free_pages(node) >= 600 + 2 * 512);
    /* Over the limit: what fits is populated. */
    CHECK_EQ(populate_all(domid, 4096, 0, 0), 2000 - 600 - 2 * 512);

    CHECK_EQ(domain_destroy(domid), 0);
    CHECK_EQ(domain_info(domid, &info), -ESRCH);
}

static void test_domain(enum domain_kind kind)
{
    unsigned int node = nr_nodes() - 1;
    unsigned long before, node_before;

    /* FLASK keeps in Xen's own heap what it decided for the first one. */
    use_domain(kind);

    before = host_free_pages();
    node_before = node_free_pages(node);
    use_domain(kind);
    CHECK_EQ(host_free_pages(), before);
    CHECK_EQ(node_free_pages(node), node_before);
}

static void test_claim(void)
{
    int domid = domain_create(DOMAIN_PV, 1000);
    xen_memory_reservation_t claim = { .nr_extents = 100, .domid = domid };

    if ( !CHECK(domid > 0) )
        return;

    CHECK_EQ(hypercall_memory_op(XENMEM_claim_pages, &claim), 0);
    CHECK_EQ(host_outstanding_pages(), 100);
    CHECK_EQ(domain_outstanding_pages(domid), 100);
    CHECK_EQ(domain_destroy(domid), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
}

static void test_flask(void)
{
    int domid;

    printk("FLASK is %senforcing\n", flask_enforcing() ? "" : "not ");
    if ( !flask_enforcing() )
        return;

    /* A label that dom0 may build domains with, but not work on for ever. */
    domid = domain_create_labelled(DOMAIN_PV, 100,
                                   "system_u:system_r:nomigrate_t_building");
    CHECK(domid > 0);
    CHECK_EQ(domain_max_vcpus(domid, 1), 0);
    CHECK_EQ(populate(domid, 0, 1, 0, 0), 1);
    CHECK_EQ(flask_relabel(domid, "system_u:system_r:nomigrate_t"), 0);
    CHECK_EQ(domain_tot_pages(domid), 1);
    CHECK_EQ(domain_max_vcpus(domid, 1), -EACCES);
    CHECK_EQ(domain_destroy(domid), 0);
}

static void count_up(void *arg)
{
    unsigned int *counter = arg;

    for ( unsigned int i = 0; i < 1000; i++ )
        __atomic_add_fetch(counter, 1, __ATOMIC_RELAXED);
    printk("Second vCPU counted to %u\n", *counter);
}

static void test_vcpu(void)
{
    unsigned int counter = 0;

    CHECK(xtf_has_vcpu(0));
    CHECK(!xtf_has_vcpu(2));
    for ( unsigned int i = 0; i < 3; i++ )
    {
        xtf_start_vcpu(1, count_up, &counter);
        for ( unsigned int j = 0; j < 1000; j++ )
            __atomic_add_fetch(&counter, 1, __ATOMIC_RELAXED);
        xtf_join_vcpu(1);
        CHECK_EQ(counter, (i + 1) * 2000);
    }
}

/* The last word before the end of the host. */
static void test_exception(void)
{
    *(volatile char *)NULL;
}

void test_main(void)
{
    const char *args = command_line();

    printk("Arguments: '%s'\n", args);
    if ( strstr(args, "fault") )
        test_exception();
    if ( strstr(args, "spin") )
        for ( ; ; )
            hypercall_yield();
    if ( strstr(args, "skip") )
        return xtf_skip("asked to\n");

    test_format();
    test_strings();
    test_pages();

    /* The rest is for dom0. */
    if ( !is_dom0() )
        return xtf_success(NULL);

    test_vcpu();

    print_host_memory();
    test_domain(DOMAIN_PV);
    test_domain(DOMAIN_PVH);
    test_claim();
    test_flask();
    print_host_memory();

    if ( strstr(args, "fail") )
        CHECK_EQ(hypercall_xen_version(XENVER_get_features, NULL), -EINVAL);

    xtf_success(NULL);
}
