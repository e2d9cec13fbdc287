// SPDX-License-Identifier: GPL-2.0-only
/* What the hypervisor says of memory, claims, and where pages are. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storm.h"

static int add_claims(xc_interface *xch, struct host *host, uint32_t domid)
{
    memory_claim_t claims[MAX_CLAIMS];
    uint32_t i, nr = MAX_CLAIMS;

    if ( xc_domain_get_claims(xch, domid, &nr, claims) )
    {
        if ( errno == ESRCH ) /* It went away meanwhile. */
            return 0;
        complain("reading the claims of domain %u: %s", domid, strerror(errno));
        return -1;
    }

    for ( i = 0; i < nr; i++ )
    {
        if ( claims[i].target == XEN_DOMCTL_CLAIM_MEMORY_HOST )
            host->claimed_any += claims[i].pages;
        else if ( claims[i].target < host->nr_nodes )
            host->claimed[claims[i].target] += claims[i].pages;
        else
        {
            complain("domain %u has a claim on node %u, but there are %u",
                     domid, claims[i].target, host->nr_nodes);
            return -1;
        }
    }

    return 0;
}

int read_host(xc_interface *xch, struct host *host)
{
    xc_domaininfo_t info[MAX_DOMAINS + 16];
    xc_meminfo_t mem[MAX_NODES];
    xc_physinfo_t phys;
    unsigned int i;
    int nr;

    *host = (struct host){ .nr_nodes = MAX_NODES };

    if ( xc_numainfo(xch, &host->nr_nodes, mem, NULL) ||
         xc_physinfo(xch, &phys) )
    {
        complain("reading the host's memory: %s", strerror(errno));
        return -1;
    }
    if ( host->nr_nodes > MAX_NODES )
    {
        complain("%u nodes are more than the %u this program can do",
                 host->nr_nodes, MAX_NODES);
        return -1;
    }

    for ( i = 0; i < host->nr_nodes; i++ )
    {
        if ( !mem[i].memsize || mem[i].memsize == XEN_INVALID_MEM_SZ )
            continue;
        host->usable[i] = true;
        host->total[i] = mem[i].memsize >> XC_PAGE_SHIFT;
        host->free[i] = mem[i].memfree >> XC_PAGE_SHIFT;
    }
    host->outstanding = phys.outstanding_pages;

    nr = xc_domain_getinfolist(xch, 0, MAX_DOMAINS + 16, info);
    if ( nr < 0 )
    {
        complain("listing the domains: %s", strerror(errno));
        return -1;
    }
    host->nr_domains = nr;

    while ( nr-- )
        if ( add_claims(xch, host, info[nr].domain) )
            return -1;

    return 0;
}

int read_left(xc_interface *xch, uint32_t domid, uint64_t *pages)
{
    memory_claim_t claims[MAX_CLAIMS];
    uint32_t nr = MAX_CLAIMS;

    if ( xc_domain_get_claims(xch, domid, &nr, claims) )
    {
        complain("reading the claims of domain %u: %s", domid, strerror(errno));
        return -1;
    }

    for ( *pages = 0; nr--; )
        *pages += claims[nr].pages;

    return 0;
}

/* All that Xen wrote to its console ring since *index. Free it. */
static char *read_console(xc_interface *xch, uint32_t *index)
{
    enum { CHUNK = 16 << 10 };
    char *text = NULL;
    size_t len = 0;

    for ( ; ; )
    {
        unsigned int nr = CHUNK;
        char *more = realloc(text, len + CHUNK + 1);

        if ( !more || xc_readconsolering(xch, more + len, &nr, 0, 1, index) )
        {
            complain("reading Xen's console: %s", strerror(errno));
            free(more ?: text);
            return NULL;
        }

        text = more;
        len += nr;
        text[len] = '\0';
        if ( !nr )
            return text;
    }
}

static struct guest *find_guest(struct guest *guests, unsigned int nr,
                                uint32_t domid)
{
    while ( nr-- )
        if ( guests[nr].domid == domid )
            return &guests[nr];

    return NULL;
}

/*
 * Lines look like "(XEN) Domain 3 (total: 16384):", in later versions
 * "(XEN) d3 (total: 16384):", and "(XEN)     Node 0: 16384" follow.
 */
static int parse_placement(char *text, const struct host *host,
                           struct guest *guests, unsigned int nr,
                           uint64_t *totals)
{
    char *line, *save, *where;
    struct guest *g = NULL;

    text = strstr(text, "Memory location of each domain:");
    if ( !text )
    {
        complain("debug key 'u' left no list of the domains' memory in Xen's "
                 "console; a larger conring_size= may help");
        return -1;
    }

    for ( line = strtok_r(text, "\n", &save); line;
          line = strtok_r(NULL, "\n", &save) )
    {
        unsigned int id;
        unsigned long long pages;

        where = strstr(line, " (total: ");
        if ( where )
        {
            char *digits = where;

            while ( digits > line && digits[-1] >= '0' && digits[-1] <= '9' )
                digits--;
            g = NULL;
            if ( digits < where &&
                 sscanf(digits, "%u (total: %llu)", &id, &pages) == 2 )
                g = id ? find_guest(guests, nr, id) : NULL;
            if ( g )
                totals[g - guests] = pages;
            continue;
        }

        where = strstr(line, " Node ");
        if ( g && where &&
             sscanf(where, " Node %u: %llu", &id, &pages) == 2 &&
             id < host->nr_nodes )
            g->pages[id] = pages;
    }

    return 0;
}

int read_placement(xc_interface *xch, const struct host *host,
                   struct guest *guests, unsigned int nr)
{
    uint64_t totals[MAX_DOMAINS] = {};
    uint32_t index = 0;
    unsigned int i, n;
    char *text;
    int rc;

    /* Only Xen knows which node a page is on, and only key 'u' makes it tell. */
    text = read_console(xch, &index);
    if ( !text )
        return -1;
    free(text);

    if ( xc_send_debug_keys(xch, "u") )
    {
        complain("sending debug key 'u': %s", strerror(errno));
        return -1;
    }

    text = read_console(xch, &index);
    if ( !text )
        return -1;
    rc = parse_placement(text, host, guests, nr, totals);
    free(text);

    /* What was read must be all there is, or it shows nothing. */
    for ( i = 0; !rc && i < nr; i++ )
    {
        uint64_t sum = 0;
        xc_domaininfo_t info;

        if ( !guests[i].domid )
            continue;

        for ( n = 0; n < host->nr_nodes; n++ )
            sum += guests[i].pages[n];

        if ( xc_domain_getinfolist(xch, guests[i].domid, 1, &info) != 1 ||
             info.domain != guests[i].domid )
        {
            complain("domain %u is gone", guests[i].domid);
            rc = -1;
        }
        else if ( sum != info.tot_pages || sum != totals[i] )
        {
            complain("Xen's console tells of %llu pages of domain %u, which has"
                     " %llu; a larger conring_size= may help",
                     (unsigned long long)sum, guests[i].domid,
                     (unsigned long long)info.tot_pages);
            rc = -1;
        }
    }

    return rc;
}
