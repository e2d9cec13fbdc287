// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a page costs to populate while nothing else goes on. Where the host's
 * clock counts instructions, as QEMU's can, that is the hypervisor's path.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "scenario.h"

/* As much as libxenguest asks for at once. */
#define BATCH 512
/* The least of so many: timers and other CPUs come in between. */
#define REPEAT 3

static double populate(xc_interface *xch, struct guest *g, unsigned int order,
                       unsigned int memflags)
{
    xen_pfn_t extents[BATCH];
    uint64_t pages = g->mib * PAGES_PER_MIB, pfn = 0;
    unsigned int i;
    double ns = 0;

    while ( pfn < pages )
    {
        double start;

        for ( i = 0; i < BATCH && pfn < pages; i++, pfn += 1UL << order )
            extents[i] = pfn;
        start = now_ms();
        if ( xc_domain_populate_physmap_exact(xch, g->domid, i, order, memflags,
                                              extents) )
        {
            complain("populating: %s", strerror(errno));
            return 0;
        }
        ns += (now_ms() - start) * 1e6;
    }

    return ns / pages;
}

static bool prepare(xc_interface *xch, struct guest *g)
{
    switch ( opt.mode )
    {
    case AFFINITY:
        return true;

    case HOST:
        return !xc_domain_claim_pages(xch, g->domid, g->mib * PAGES_PER_MIB);

    default:
        return claim_guest(xch, g);
    }
}

/* ns per page, or 0 where it fails. */
static double measure(xc_interface *xch, unsigned int order)
{
    struct guest g = { .mib = 64 };
    double ns = 0;

    /* Else other CPUs scrub meanwhile. */
    await_clean(xch);

    if ( !create_guest(xch, &g, g.mib * PAGES_PER_MIB) ||
         !place_guest(xch, &g) || !prepare(xch, &g) )
        complain("measuring: %s", strerror(errno));
    else
        ns = populate(xch, &g, order, opt.mode == CLAIMSET ?
                      XENMEMF_exact_node(g.claims[0].target) : 0);

    if ( g.domid && xc_domain_destroy(xch, g.domid) )
        complain("destroying domain %u: %s", g.domid, strerror(errno));

    return ns;
}

void measure_cost(xc_interface *xch)
{
    static const unsigned int orders[] = { 9, 0 };
    unsigned int i, j;

    for ( i = 0; i < 2; i++ )
    {
        double least = 0;

        for ( j = 0; j < REPEAT; j++ )
        {
            double ns = measure(xch, orders[i]);

            if ( !j || ns < least )
                least = ns;
        }
        printf("@cost order=%u ns_per_page=%.1f\n", orders[i], least);
    }
}
