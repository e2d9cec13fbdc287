/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/node-pages/main.c
 * @ref test-node-pages
 *
 * @page test-node-pages node-pages
 *
 * The pages of a domain on each node, as XEN_DOMCTL_NUMA_OP_GET_NODE_PAGES
 * counts them, are those that debug key 'u' finds there: after populating,
 * giving back, exchanging, transferring and offlining pages, for PV and PVH,
 * with populate-on-demand memory and pages that Xen keeps with the domain.
 * Sizes of the array; null and faulting arrays.
 *
 * @see tests/node-pages/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/node_pages.h>
#include <helpers/offline.h>
#include <helpers/page.h>

const char test_title[] = "Pages of a domain on each node";

#define GET  XEN_DOMCTL_NUMA_OP_GET_NODE_PAGES
#define ROOM 70

/* Where PVH domains have memory that the test populates. */
#define GFN  0x1000

static unsigned int other_node(void)
{
    return nr_nodes() - 1;
}

static void test_pv(void)
{
    static xen_pfn_t small[300], large[2];
    int d = domain_create(DOMAIN_PV, 4096);

    CHECK_NODE_PAGES(d);
    CHECK_EQ(domain_node_pages(d, 0), 0);

    CHECK_EQ(populate_frames(d, small, ARRAY_SIZE(small), 0,
                             XENMEMF_exact_node(other_node())), 300);
    CHECK_EQ(populate_frames(d, large, ARRAY_SIZE(large), 9,
                             XENMEMF_exact_node(0)), 2);
    CHECK_NODE_PAGES(d);
    if ( nr_nodes() > 1 )
        CHECK_EQ(domain_node_pages(d, 0), 1024);

    CHECK_EQ(decrease_reservation(d, small, 299, 0), 299);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(decrease_reservation(d, large, 1, 9), 1);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(domain_tot_pages(d), 513);

    CHECK_EQ(domain_destroy(d), 0);
}

/* Memory that the domain may not have is freed again: nothing is counted. */
static void test_limit(void)
{
    int d = domain_create(DOMAIN_PV, 10);

    CHECK_EQ(populate(d, 0, 1, 4, 0), 0);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(populate(d, 0, 10, 0, 0), 10);
    CHECK_EQ(populate(d, 10, 1, 0, 0), 0);
    CHECK_NODE_PAGES(d);

    CHECK_EQ(domain_destroy(d), 0);
}

static long exchange(domid_t d, xen_pfn_t *in, unsigned int in_order,
                     unsigned long nr_in, xen_pfn_t *out,
                     unsigned int out_order, unsigned long nr_out,
                     unsigned int mem_flags, unsigned long *exchanged)
{
    struct xen_memory_exchange exch = {
        .in = { .nr_extents = nr_in, .extent_order = in_order, .domid = d },
        .out = { .nr_extents = nr_out, .extent_order = out_order,
                 .mem_flags = mem_flags, .domid = d },
    };
    long rc;

    set_xen_guest_handle(exch.in.extent_start, in);
    set_xen_guest_handle(exch.out.extent_start, out);
    rc = hypercall_memory_op(XENMEM_exchange, &exch);
    *exchanged = exch.nr_exchanged;

    return rc;
}

/* Pages move from node to node, and tot_pages stays what it is. */
static void test_exchange(void)
{
    static xen_pfn_t in[16], out[16];
    int d = domain_create(DOMAIN_PV, 4096);
    unsigned long exchanged;

    CHECK_EQ(populate_frames(d, in, 16, 0, XENMEMF_exact_node(0)), 16);
    CHECK_EQ(exchange(d, in, 0, 8, out, 0, 8,
                      XENMEMF_exact_node(other_node()), &exchanged), 0);
    CHECK_EQ(exchanged, 8);
    CHECK_NODE_PAGES(d);
    if ( nr_nodes() > 1 )
        CHECK_EQ(domain_node_pages(d, other_node()), 8);

    /* Small ones for a large one, and back again. */
    CHECK_EQ(exchange(d, in + 8, 0, 8, out, 3, 1,
                      XENMEMF_exact_node(other_node()), &exchanged), 0);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(exchange(d, out, 3, 1, in, 0, 8, XENMEMF_exact_node(0),
                      &exchanged), 0);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(domain_tot_pages(d), 16);

    /* No memory has so low an address: what was taken is given back. */
    CHECK_EQ(exchange(d, in, 0, 8, out, 0, 8, XENMEMF_address_bits(13),
                      &exchanged), -ENOMEM);
    CHECK_EQ(exchanged, 0);
    CHECK_NODE_PAGES(d);

    CHECK_EQ(domain_destroy(d), 0);
}

/* A frame of dom0's that is mapped nowhere. */
static xen_pfn_t own_frame(unsigned int node)
{
    xen_pfn_t frame = 0;

    CHECK_EQ(populate_frames(DOMID_SELF, &frame, 1, 0,
                             XENMEMF_exact_node(node)), 1);

    return frame;
}

static int16_t transfer(xen_pfn_t mfn, domid_t to)
{
    gnttab_transfer_t op = { .mfn = mfn, .domid = to, .ref = 8 };

    CHECK_EQ(hypercall_grant_table_op(GNTTABOP_transfer, &op, 1), 0);

    return op.status;
}

/* A page that nobody takes is gone, and was never the other domain's. */
static void test_transfer(void)
{
    int d = domain_create(DOMAIN_PV, 10);
    unsigned long before = domain_node_pages(0, other_node());

    CHECK_EQ(transfer(own_frame(other_node()), 0x7000), GNTST_bad_domain);
    CHECK_EQ(domain_node_pages(0, other_node()), before);
    CHECK_NODE_PAGES(0);

    CHECK_EQ(transfer(own_frame(other_node()), d), GNTST_general_error);
    CHECK_EQ(domain_node_pages(0, other_node()), before);
    CHECK_NODE_PAGES(0);
    CHECK_NODE_PAGES(d);

    CHECK_EQ(domain_destroy(d), 0);
}

static void test_offline(void)
{
    int d = domain_create(DOMAIN_PV, 10);
    xen_pfn_t mfn = 0;
    uint32_t status;

    /* At the end of low memory: Xen's own image can't go offline. */
    CHECK_EQ(populate_frames(d, &mfn, 1, 0, XENMEMF_exact_node(0) |
                             XENMEMF_address_bits(27)), 1);
    CHECK_EQ(page_offline(mfn, &status), 0);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(domain_tot_pages(d), 1);
    CHECK_EQ(decrease_reservation(d, &mfn, 1, 0), 1);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(page_online(mfn, &status), 0);
}

static unsigned long all_node_pages(domid_t d)
{
    unsigned long sum = 0;

    for ( unsigned int node = 0; node < nr_nodes(); node++ )
        sum += domain_node_pages(d, node);

    return sum;
}

static void test_pvh(void)
{
    int d = domain_create(DOMAIN_PVH, 4096);
    xen_pod_target_t target = { .target_pages = 1024, .domid = d };
    xen_pfn_t gfn = GFN;

    if ( d < 0 )
    {
        xtf_warning("No PVH here: %d\n", d);
        return;
    }

    /* Pages of Xen's own that go with the domain are no part of tot_pages. */
    CHECK_EQ(domain_max_vcpus(d, 1), 0);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(domain_tot_pages(d), 0);

    CHECK_EQ(populate(d, GFN, 1, 9, XENMEMF_exact_node(0)), 1);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(decrease_reservation(d, &gfn, 1, 0), 1);
    CHECK_NODE_PAGES(d);
    CHECK_EQ(domain_tot_pages(d), 511);

    /* Populate on demand: what is not handed out yet is counted as well. */
    CHECK_EQ(populate(d, GFN + 0x400, 4, 9, XENMEMF_populate_on_demand), 4);
    CHECK_EQ(domain_tot_pages(d), 511);
    CHECK_EQ(all_node_pages(d), 511);
    CHECK_EQ(hypercall_memory_op(XENMEM_set_pod_target, &target), 0);
    CHECK_EQ(domain_tot_pages(d), 1024);
    CHECK_EQ(all_node_pages(d), 1024);

    CHECK_EQ(domain_destroy(d), 0);
}

static void test_arrays(void)
{
    int d = domain_create(DOMAIN_PV, 100);
    uint64_t pages[ROOM];
    uint32_t nr = 0;

    CHECK_EQ(populate(d, 0, 5, 0, XENMEMF_exact_node(other_node())), 5);

    CHECK_EQ(numa_op(d, GET, &nr, NULL), 0);
    CHECK_EQ(nr, nr_nodes());

    memset(pages, 0xa5, sizeof(pages));
    nr = ROOM;
    CHECK_EQ(numa_op(d, GET, &nr, pages), 0);
    CHECK_EQ(nr, nr_nodes());
    CHECK_EQ(pages[nr - 1], 5);
    CHECK_EQ(pages[nr], 0xa5a5a5a5a5a5a5a5);

    memset(pages, 0xa5, sizeof(pages));
    nr = nr_nodes() - 1;
    CHECK_EQ(numa_op(d, GET, &nr, pages), -ERANGE);
    CHECK_EQ(nr, nr_nodes());
    CHECK_EQ(pages[0], 0xa5a5a5a5a5a5a5a5);

    nr = 4;
    CHECK_EQ(numa_op(d, GET, &nr, NULL), -EFAULT);
    CHECK_EQ(nr, 4);
    nr = ROOM;
    CHECK_EQ(numa_op(d, GET, &nr, (void *)0x10), -EFAULT);
    CHECK_EQ(nr, ROOM);

    CHECK_EQ(numa_op(d, GET + 1, &nr, pages), -EOPNOTSUPP);
    CHECK_EQ(numa_op(0x7000, GET, &nr, pages), -ESRCH);
    CHECK_EQ(numa_op(DOMID_SELF, GET, &nr, pages), -ESRCH);
    CHECK_EQ(nr, ROOM);

    /* A dying domain has pages until they are gone. */
    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(numa_op(d, GET, &nr, pages), -ESRCH);
}

void test_main(void)
{
    CHECK_NODE_PAGES(0);
    test_arrays();
    test_pv();
    test_limit();
    test_exchange();
    test_transfer();
    test_offline();
    test_pvh();
    CHECK_NODE_PAGES(0);

    xtf_success(NULL);
}
