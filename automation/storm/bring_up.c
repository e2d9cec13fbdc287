// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a toolstack does until a domain is there: it waits for memory, plans,
 * claims, builds; and where somebody else was faster, it begins again.
 */

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "scenario.h"

#define POLL_US 10000

enum outcome { DONE, AGAIN, NEVER };

static double deadline;
static uint64_t seed;

static enum outcome broken(struct guest *g, const char *stage)
{
    g->stage = stage;
    g->error = errno ?: EIO;
    return NEVER;
}

/* Other domains on their way out give memory back in a while. */
static bool await_place(xc_interface *xch, struct guest *g)
{
    double start = now_ms();
    bool found;

    while ( !(found = place_guest(xch, g)) && now_ms() < deadline )
        usleep(POLL_US);
    g->waited_ms += now_ms() - start;

    return found;
}

static int set_affinity(xc_interface *xch, const struct guest *g)
{
    xc_nodemap_t nodes = xc_nodemap_alloc(xch);
    unsigned int i;
    int rc;

    if ( !nodes )
        return -1;
    for ( i = 0; i < g->nr_claims; i++ )
        nodes[g->claims[i].target / 8] |= 1 << (g->claims[i].target % 8);
    rc = xc_domain_node_setaffinity(xch, g->domid, nodes);
    free(nodes);

    return rc;
}

static int destroy(xc_interface *xch, struct guest *g)
{
    uint32_t domid = g->domid;

    if ( domid && xc_domain_destroy(xch, domid) && errno != ESRCH )
        return -1;
    g->domid = 0;

    return 0;
}

/* The guest's name is known before it is there, so that it can't be lost. */
static bool create(xc_interface *xch, struct guest *g)
{
    do
        g->domid = next_domid();
    while ( !create_guest(xch, g, g->mib * PAGES_PER_MIB) && errno == EEXIST );

    return !g->error;
}

static enum outcome begin_again(xc_interface *xch, struct guest *g)
{
    g->refused++;
    usleep(POLL_US);

    return destroy(xch, g) ? broken(g, "destroy") : AGAIN;
}

static enum outcome attempt(xc_interface *xch, struct guest *g)
{
    xc_domaininfo_t info;

    if ( opt.mode->xl )
    {
        if ( create_by_xl(xch, g) )
            return DONE;
        usleep(POLL_US);
        return g->error == ENOMEM ? AGAIN : NEVER;
    }

    /* All of the host's memory may be somebody's, or claimed. */
    if ( !g->domid && !create(xch, g) )
        return g->error == ENOMEM ? begin_again(xch, g) : NEVER;

    if ( !await_place(xch, g) )
        return AGAIN;
    g->stage = "place";
    if ( set_affinity(xch, g) )
        return broken(g, "set node affinity");
    if ( !prepare_guest(xch, g) )
        return g->error == ENOMEM ? begin_again(xch, g) : NEVER;

    if ( opt.mode->claims && !claim_guest(xch, g) )
    {
        /* What there is of the domain may be what another one lacks. */
        return g->error == ENOMEM ? begin_again(xch, g) : NEVER;
    }

    if ( build_guest(xch, g, opt.kernel, opt.mode->populate) )
        return DONE;

    /* libxenguest does not tell what was wrong: see how far it came. */
    if ( xc_domain_getinfolist(xch, g->domid, 1, &info) != 1 ||
         info.domain != g->domid )
        return broken(g, "look at the domain");
    if ( info.tot_pages >= g->mib * PAGES_PER_MIB && g->error != ENOMEM &&
         !host_is_full(xch) )
        return NEVER;
    if ( info.tot_pages || opt.mode->populate != ANYWHERE_CLAIMED )
    {
        g->failed++;
        g->wasted += info.tot_pages;
    }
    else
        g->refused++;

    return destroy(xch, g) ? broken(g, "destroy") : AGAIN;
}

void bring_up(struct guest *g, unsigned int patience, uint64_t builder)
{
    xc_interface *xch = open_xen();
    enum outcome outcome;
    double start;

    seed = builder;
    if ( opt.jitter )
        usleep(random_below(&seed, opt.jitter * 1000));

    g->stage = "start";
    if ( destroy(xch, g) )
    {
        broken(g, "destroy");
        g->state = BROKEN;
        _exit(1);
    }

    g->stage = "destroy";
    start = now_ms();
    deadline = start + patience * 1000;
    for ( ; ; )
    {
        outcome = attempt(xch, g);
        if ( outcome != AGAIN || now_ms() >= deadline )
            break;
        g->retries++;
    }
    g->end = now_ms();
    g->ms = g->end - start;

    if ( outcome == AGAIN && destroy(xch, g) )
        outcome = broken(g, "destroy");
    g->state = outcome == DONE ? BUILT : outcome == AGAIN ? GIVEN_UP : BROKEN;
    _exit(0);
}
