/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/numa-meminfo/main.c
 * @ref test-numa-meminfo
 *
 * @page test-numa-meminfo numa-meminfo
 *
 * XEN_SYSCTL_numa_meminfo agrees with XEN_SYSCTL_numainfo, with the claims
 * and with what is allocated; sizes are the host's RAM without holes in the
 * nodes' ranges, and 0 for a node without memory; sizes of the array, null and
 * faulting arrays.
 *
 * @see tests/numa-meminfo/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <helpers/memory.h>
#include <helpers/page.h>

const char test_title[] = "Free and claimed memory of each node";

#define ROOM 70

static xen_sysctl_node_meminfo_t info[ROOM];

static long meminfo(xen_sysctl_node_meminfo_t *array, uint32_t *max_nodes,
                    uint32_t pad)
{
    xen_sysctl_t op = {
        .cmd = XEN_SYSCTL_numa_meminfo,
        .u.numa_meminfo = { .max_nodes = *max_nodes, .pad = pad },
    };
    long rc;

    set_xen_guest_handle(op.u.numa_meminfo.meminfo, array);
    rc = sysctl_op(&op);
    *max_nodes = op.u.numa_meminfo.max_nodes;

    return rc;
}

static void check_nodes(void)
{
    uint32_t nr = ROOM;
    unsigned long free = 0, size = 0;

    CHECK_EQ(meminfo(info, &nr, 0), 0);
    CHECK_EQ(nr, nr_nodes());
    for ( unsigned int i = 0; i < nr; i++ )
    {
        CHECK(info[i].size >> PAGE_SHIFT <= node_size(i));
        CHECK(info[i].free <= info[i].size);
        size += info[i].size >> PAGE_SHIFT;
        CHECK_EQ(info[i].free >> PAGE_SHIFT, node_free_pages(i));
        CHECK(info[i].claimed <= info[i].free);
        free += info[i].free >> PAGE_SHIFT;
    }
    CHECK_EQ(free, host_free_pages());
    CHECK_EQ(size, host_pages());
}

static void test_sizes(void)
{
    uint32_t nr = 0, nodes = nr_nodes();

    CHECK_EQ(meminfo(NULL, &nr, 0), 0);
    CHECK_EQ(nr, nodes);
    nr = 1000;
    CHECK_EQ(meminfo(NULL, &nr, 0), 0);
    CHECK_EQ(nr, nodes);

    for ( unsigned int room = 0; room <= ROOM; room++ )
    {
        memset(info, 0xa5, sizeof(info));
        nr = room;
        CHECK_EQ(meminfo(info, &nr, 0), 0);
        CHECK_EQ(nr, min(room, nodes));
        for ( unsigned int i = nr; i < ROOM; i++ )
            CHECK(info[i].size == 0xa5a5a5a5a5a5a5a5UL);
    }

    nr = ~0U;
    CHECK_EQ(meminfo(info, &nr, 0), 0);
    CHECK_EQ(nr, nodes);
    nr = ROOM;
    CHECK_EQ(meminfo(UNMAPPED_ADDRESS, &nr, 0), -EFAULT);
    CHECK_EQ(meminfo(page_before_unmapped() + PAGE_SIZE - sizeof(*info) - 1,
                     &nr, 0), -EFAULT);
    for ( uint32_t pad = 1; pad; pad <<= 1 )
        CHECK_EQ(meminfo(info, &nr, pad), -EINVAL);
}

void test_main(void)
{
    int a = domain_create(DOMAIN_PV, 1UL << 20);
    int b = domain_create(DOMAIN_PV, 1UL << 20);
    unsigned long free;
    uint32_t nr = ROOM;

    test_sizes();
    check_nodes();

    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 1)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, 1)), 0);
    free = node_free_pages(1);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 1000), CLAIM(2, 10), CLAIM(HOST, 77)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, 200)), 0);
    check_nodes();
    CHECK_EQ(meminfo(info, &nr, 0), 0);
    CHECK_EQ(info[0].claimed, 0);
    CHECK_EQ(info[1].claimed, 1200 << PAGE_SHIFT);
    CHECK_EQ(info[2].claimed, 10 << PAGE_SHIFT);
    CHECK_EQ(info[1].free, free << PAGE_SHIFT);

    CHECK_EQ(populate(b, 0, 150, 0, XENMEMF_exact_node(1)), 150);
    check_nodes();
    CHECK_EQ(info[1].claimed, 1050 << PAGE_SHIFT);
    CHECK_EQ(info[1].free, (free - 150) << PAGE_SHIFT);

    /* What is free and not claimed is what another claim can have. */
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, free - 150 - 1000 + 1)), -ENOMEM);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, free - 150 - 1000)), 0);

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
    check_nodes();
    for ( unsigned int i = 0; i < nr; i++ )
        CHECK_EQ(info[i].claimed, 0);

    xtf_success(NULL);
}
