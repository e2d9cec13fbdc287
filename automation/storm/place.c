// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which nodes a domain is to be on, as libxl's placement has it: as few as have
 * room for it; of these the ones that the fewest domains are meant for; and of
 * these the ones with the most room.
 *
 * Room is what the host reports as free. Builders that make claims do not count
 * what others have claimed.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

/* All sets of so many nodes are looked at. libxl gives up beyond these, too. */
#define MAX_PLACED 16
/*
 * What a builder that makes no claim leaves of the host to Xen, as xl does. If
 * it makes one, Xen tells it whether it can have the last page.
 */
#define HEADROOM_PAGES PAGES_PER_MIB

struct room {
    unsigned int nr_nodes;
    unsigned int node[MAX_PLACED];
    uint64_t pages[MAX_PLACED];
    unsigned int domains[MAX_PLACED];
    uint64_t host;
};

static void read_room(const struct host *host, struct room *room)
{
    uint64_t claimed = opt.mode->plans_claimed ? host->outstanding : 0;
    unsigned int n;

    memset(room, 0, sizeof(*room));

    for ( n = 0; n < host->nr_nodes; n++ )
    {
        uint64_t pages = host->free[n];
        uint64_t taken = opt.mode->claims ? host->claimed[n] : 0;

        if ( !host->usable[n] )
            continue;
        if ( room->nr_nodes == MAX_PLACED )
            die(2, "more than %u nodes with memory are too many for placement",
                MAX_PLACED);

        room->host += pages;
        pages -= taken < pages ? taken : pages;
        room->node[room->nr_nodes] = n;
        room->pages[room->nr_nodes++] = pages;
    }

    room->host -= claimed < room->host ? claimed : room->host;
}

/* How many domains are meant for each node; those meant for all are nowhere. */
static void count_domains(xc_interface *xch, struct room *room)
{
    static xc_domaininfo_t info[MAX_DOMAINS + 16];
    xc_nodemap_t nodes = xc_nodemap_alloc(xch);
    int nr = xc_domain_getinfolist(xch, 1, MAX_DOMAINS + 16, info);
    unsigned int i;

    while ( nodes && nr-- > 0 )
    {
        /* It may be gone by now. */
        if ( xc_domain_node_getaffinity(xch, info[nr].domain, nodes) )
            continue;
        for ( i = 0; i < room->nr_nodes; i++ )
            room->domains[i] += (nodes[room->node[i] / 8] >>
                                 (room->node[i] % 8)) & 1;
    }

    free(nodes);
}

struct candidate {
    unsigned int set;                   /* bits are indices, not nodes */
    unsigned int nr_nodes, domains;
    uint64_t pages;
};

static bool better(const struct candidate *a, const struct candidate *b)
{
    if ( a->nr_nodes != b->nr_nodes )
        return a->nr_nodes < b->nr_nodes;
    if ( a->domains != b->domains )
        return a->domains < b->domains;
    return a->pages > b->pages;
}

/* Room that is not in whole units does not count. */
static struct candidate choose(const struct room *room, uint64_t need,
                               unsigned int unit)
{
    struct candidate best = {}, c;
    unsigned int i;

    for ( c.set = 1; c.set < 1U << room->nr_nodes; c.set++ )
    {
        c.nr_nodes = c.domains = c.pages = 0;
        for ( i = 0; i < room->nr_nodes; i++ )
        {
            if ( !(c.set & (1U << i)) )
                continue;
            c.nr_nodes++;
            c.domains += room->domains[i];
            c.pages += room->pages[i] - room->pages[i] % unit;
        }
        if ( c.pages >= need && (!best.set || better(&c, &best)) )
            best = c;
    }

    return best;
}

/* Any number of pages that leaves what the other nodes have room for. */
static uint64_t any_share(const struct room *room, unsigned int others,
                          uint64_t need, uint64_t most, uint64_t *seed)
{
    uint64_t least = need;
    unsigned int i;

    for ( i = 0; i < room->nr_nodes; i++ )
        if ( others & (1U << i) )
            least -= room->pages[i] < least ? room->pages[i] : least;
    most = most < need ? most : need;

    return least + random_below(seed, most - least + 1);
}

/* In equal shares, but none larger than the room there is. */
static void share_out(struct guest *g, const struct room *room,
                      unsigned int set, uint64_t need, unsigned int unit)
{
    uint64_t seed = ((uint64_t)g->mib << 32) + opt.seed;
    unsigned int nr = __builtin_popcount(set);

    for ( g->nr_claims = 0; nr; nr-- )
    {
        uint64_t share = need / nr - (nr > 1 ? need / nr % PAGES_PER_2M : 0);
        unsigned int i, least = MAX_PLACED;
        uint64_t most;

        /* The smallest first, so that the larger ones take what it can't. */
        for ( i = 0; i < room->nr_nodes; i++ )
            if ( (set & (1U << i)) &&
                 (least == MAX_PLACED || room->pages[i] < room->pages[least]) )
                least = i;
        set &= ~(1U << least);

        most = room->pages[least] - room->pages[least] % unit;
        if ( opt.pvh && nr > 1 )
            share = any_share(room, set, need, most, &seed);
        if ( share > most )
            share = most;
        if ( !share )
            continue;
        g->claims[g->nr_claims++] = (memory_claim_t){
            .target = room->node[least], .pages = share,
        };
        need -= share;
    }
}

bool place_guest(xc_interface *xch, struct guest *g)
{
    uint64_t need = g->mib * PAGES_PER_MIB;
    unsigned int unit = opt.pvh ? 1 : PAGES_PER_2M;
    struct candidate best;
    struct host host;
    struct room room;

    if ( read_memory(xch, &host) )
        return false;
    read_room(&host, &room);
    if ( room.host < need + (opt.mode->plans_claimed ? 0 : HEADROOM_PAGES) )
        return false;
    count_domains(xch, &room);

    /* The last memory of a host is where what is left of its nodes is. */
    best = choose(&room, need, unit);
    if ( !best.set )
        best = choose(&room, need, unit = 1);
    if ( !best.set )
        return false;
    share_out(g, &room, best.set, need, unit);

    return true;
}

/* Xen itself may then lack a page for a domain, of which no error tells. */
bool host_is_full(xc_interface *xch)
{
    struct host host;
    uint64_t left = 0;
    unsigned int n;

    if ( read_memory(xch, &host) )
        return false;
    for ( n = 0; n < host.nr_nodes; n++ )
        left += host.free[n];

    return left < host.outstanding + HEADROOM_PAGES;
}
