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
#define MEASURED_MIB 64

/* Populates these, page by page where there is no chunk of the order. */
static bool fill_batch(xc_interface *xch, uint32_t domid, uint64_t pfn,
                       unsigned int nr, unsigned int order,
                       unsigned int memflags)
{
    xen_pfn_t extents[BATCH];
    uint64_t end = pfn + ((uint64_t)nr << order);
    unsigned int i;
    int done;

    for ( i = 0; i < nr; i++ )
        extents[i] = pfn + ((uint64_t)i << order);
    done = xc_domain_populate_physmap(xch, domid, nr, order, memflags, extents);
    if ( done < 0 )
        return false;

    pfn += (uint64_t)done << order;
    if ( !order )
        return pfn == end;
    while ( pfn < end )
    {
        nr = end - pfn < BATCH ? end - pfn : BATCH;
        if ( !fill_batch(xch, domid, pfn, nr, 0, memflags) )
            return false;
        pfn += nr;
    }

    return true;
}

/* ns, or 0 where it fails. */
static double populate(xc_interface *xch, const struct guest *g,
                       unsigned int order, unsigned int memflags)
{
    uint64_t pages = g->mib * PAGES_PER_MIB, pfn = 0;
    double ns = 0;

    while ( pfn < pages )
    {
        unsigned int nr = (pages - pfn) >> order;
        double start = now_ms();

        if ( !nr )
            nr = pages - pfn, order = 0;
        nr = nr < BATCH ? nr : BATCH;
        if ( !fill_batch(xch, g->domid, pfn, nr, order, memflags) )
        {
            complain("populating: %s", strerror(errno));
            return 0;
        }
        ns += (now_ms() - start) * 1e6;
        pfn += (uint64_t)nr << order;
    }

    return ns;
}

static bool prepare(xc_interface *xch, struct guest *g)
{
    if ( opt.mode->claims )
        return claim_guest(xch, g);
    if ( opt.mode->populate == ANYWHERE_CLAIMED )
        return !xc_domain_claim_pages(xch, g->domid, g->mib * PAGES_PER_MIB);

    return true;
}

static void end_guest(xc_interface *xch, const struct guest *g)
{
    if ( g->domid && xc_domain_destroy(xch, g->domid) )
        complain("destroying domain %u: %s", g->domid, strerror(errno));
}

/* ns per page, or 0 where it fails. */
static double measure(xc_interface *xch, unsigned int order)
{
    struct guest g = { .mib = MEASURED_MIB };
    double ns = 0;

    /* Else other CPUs scrub meanwhile. */
    await_clean(xch);

    if ( !create_guest(xch, &g, g.mib * PAGES_PER_MIB) ||
         !place_guest(xch, &g) || !prepare(xch, &g) )
        complain("measuring: %s", strerror(errno));
    else
        ns = populate(xch, &g, order, opt.mode->populate == WHERE_CLAIMED ?
                      XENMEMF_exact_node(g.claims[0].target) : 0);
    end_guest(xch, &g);

    return ns / (g.mib * PAGES_PER_MIB);
}

/*
 * ns that it takes longer for each page that is scrubbed, on a node on which
 * there is no other memory. clean is what a page takes otherwise.
 */
static double measure_scrubbing(xc_interface *xch, double clean)
{
    struct guest all = {}, g = { .mib = MEASURED_MIB };
    unsigned int n, node = 0;
    uint64_t before, after;
    struct host host;
    double ns = 0;

    await_clean(xch);
    if ( read_memory(xch, &host) )
        return 0;
    for ( n = 0; n < host.nr_nodes; n++ )
        if ( host.free[n] > host.free[node] )
            node = n;
    /* All but what Xen needs for the domains themselves. */
    all.mib = host.free[node] / PAGES_PER_MIB;
    all.mib -= all.mib < 8 ? all.mib : 8;

    if ( !create_guest(xch, &all, all.mib * PAGES_PER_MIB) ||
         !populate(xch, &all, 9, XENMEMF_exact_node(node)) )
        complain("measuring: %s", strerror(errno));
    end_guest(xch, &all);

    if ( !create_guest(xch, &g, g.mib * PAGES_PER_MIB) ||
         read_dirty(xch, &before) )
        complain("measuring: %s", strerror(errno));
    else
        ns = populate(xch, &g, 9, XENMEMF_exact_node(node));
    if ( ns && !read_dirty(xch, &after) && after < before )
        ns = (ns - clean * g.mib * PAGES_PER_MIB) / (before - after);
    else
        ns = 0;
    end_guest(xch, &g);

    return ns;
}

void measure_cost(xc_interface *xch)
{
    static const unsigned int orders[] = { 9, 0 };
    double least[2] = {};
    unsigned int i, j;

    for ( i = 0; i < 2; i++ )
    {
        for ( j = 0; j < REPEAT; j++ )
        {
            double ns = measure(xch, orders[i]);

            if ( !j || ns < least[i] )
                least[i] = ns;
        }
        printf("@cost order=%u ns_per_page=%.1f\n", orders[i], least[i]);
    }
    printf("@cost order=scrub ns_per_page=%.1f\n",
           measure_scrubbing(xch, least[0]));
}
