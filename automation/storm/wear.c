// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes a host look as if it had run for weeks: on every node a domain takes
 * all memory page by page, and gives most of it back. On some nodes few chunks
 * of 2M are whole then, or none; on others most are.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

/* Pages for one hypercall. */
#define BATCH 512
/* Of a node, for Xen's own use. */
#define LEFT_PAGES (2 * PAGES_PER_MIB)

static struct guest fillers[MAX_NODES];

static int compare(const void *a, const void *b)
{
    const xen_pfn_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* All pages of the node but a few, by their MFNs. Returns their number. */
static uint64_t take(xc_interface *xch, uint32_t domid, unsigned int node,
                     uint64_t nr, xen_pfn_t *mfns)
{
    uint64_t taken = 0, i;
    int got;

    while ( taken < nr )
    {
        unsigned int batch = nr - taken < BATCH ? nr - taken : BATCH;

        for ( i = 0; i < batch; i++ )
            mfns[taken + i] = taken + i;
        /* A PV domain is told the MFNs. */
        got = xc_domain_populate_physmap(xch, domid, batch, 0,
                                         XENMEMF_exact_node(node),
                                         mfns + taken);
        if ( got <= 0 )
            break;
        taken += got;
    }
    qsort(mfns, taken, sizeof(*mfns), compare);

    return taken;
}

/*
 * Chooses what to give back: all pages of a chunk, or in percent of them, all
 * but 1 to 256 pages. These are moved to the front; returns their number.
 */
static uint64_t choose_given(xen_pfn_t *mfns, uint64_t nr, unsigned int percent,
                             uint64_t *seed)
{
    uint64_t given = 0, i, end;

    for ( i = 0; i < nr; i = end )
    {
        unsigned int keep = 0;

        for ( end = i + 1;
              end < nr && mfns[end] / PAGES_PER_2M == mfns[i] / PAGES_PER_2M; )
            end++;
        if ( random_below(seed, 100) < percent )
            keep = 1 + random_below(seed, PAGES_PER_2M / 2);

        for ( ; i < end; i++ )
            /* So many of those that are left, each as likely as the others. */
            if ( random_below(seed, end - i) < keep )
                keep--;
            else
                mfns[given++] = mfns[i];
    }

    return given;
}

static bool give_back(xc_interface *xch, uint32_t domid, xen_pfn_t *mfns,
                      uint64_t nr)
{
    uint64_t done;

    for ( done = 0; done < nr; done += BATCH )
        if ( xc_domain_decrease_reservation_exact(
                 xch, domid, nr - done < BATCH ? nr - done : BATCH, 0,
                 mfns + done) )
            return false;

    return true;
}

/* Returns whether all went well; percent of the node's chunks end up broken. */
static bool wear_node(xc_interface *xch, const struct host *host,
                      unsigned int node, unsigned int percent, uint64_t *seed)
{
    struct guest *g = &fillers[node];
    uint64_t nr = host->free[node] - LEFT_PAGES;
    xen_pfn_t *mfns = malloc(nr * sizeof(*mfns));
    bool done;

    g->domid = next_domid();
    done = mfns && create_guest(xch, g, nr);
    if ( done )
    {
        nr = take(xch, g->domid, node, nr, mfns);
        nr = choose_given(mfns, nr, percent, seed);
        done = give_back(xch, g->domid, mfns, nr);
    }
    free(mfns);

    return done;
}

/*
 * Of the nodes, in an order that the seed gives, the first has percent of its
 * chunks broken, the last none, and those between them shares between these.
 */
void wear_host(xc_interface *xch, unsigned int percent)
{
    unsigned int order[MAX_NODES], nr = 0, n, i;
    uint64_t seed = opt.seed ^ 0x3ea5;
    struct host host;

    if ( read_memory(xch, &host) )
        return;
    for ( n = 0; n < host.nr_nodes; n++ )
        if ( host.free[n] > LEFT_PAGES )
            order[nr++] = n;
    shuffle(order, nr, &seed);

    for ( i = 0; i < nr; i++ )
        if ( !wear_node(xch, &host, order[i],
                        nr > 1 ? percent * (nr - 1 - i) / (nr - 1) : percent,
                        &seed) )
            complain("wearing node %u down: %s", order[i], strerror(errno));
}

void renew_host(xc_interface *xch)
{
    unsigned int n;

    for ( n = 0; n < MAX_NODES; n++ )
    {
        if ( fillers[n].domid && xc_domain_destroy(xch, fillers[n].domid) )
            complain("destroying domain %u: %s", fillers[n].domid,
                     strerror(errno));
        fillers[n].domid = 0;
    }
}
