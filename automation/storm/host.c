// SPDX-License-Identifier: GPL-2.0-only
/* What the hypervisor says of memory, claims, and where pages are. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storm.h"

/* Xen without claim sets tells less, and of each node at another moment. */
static int read_stock_memory(xc_interface *xch, struct host *host)
{
    xc_meminfo_t mem[MAX_NODES];
    unsigned int i;

    host->nr_nodes = MAX_NODES;
    if ( xc_numainfo(xch, &host->nr_nodes, mem, NULL) )
        return -1;

    for ( i = 0; i < host->nr_nodes && i < MAX_NODES; i++ )
    {
        if ( !mem[i].memsize || mem[i].memsize == XEN_INVALID_MEM_SZ )
            continue;
        host->total[i] = mem[i].memsize >> XC_PAGE_SHIFT;
        host->free[i] = mem[i].memfree >> XC_PAGE_SHIFT;
    }

    return 0;
}

static int read_node_memory(xc_interface *xch, struct host *host)
{
    static bool stock;
    xen_sysctl_node_meminfo_t mem[MAX_NODES];
    unsigned int i;

    if ( stock )
        return read_stock_memory(xch, host);

    host->nr_nodes = MAX_NODES;
    if ( xc_numa_meminfo(xch, &host->nr_nodes, mem) )
    {
        stock = errno == EOPNOTSUPP || errno == ENOSYS;
        return stock ? read_stock_memory(xch, host) : -1;
    }

    for ( i = 0; i < host->nr_nodes; i++ )
    {
        host->total[i] = mem[i].size >> XC_PAGE_SHIFT;
        host->free[i] = mem[i].free >> XC_PAGE_SHIFT;
        host->claimed[i] = mem[i].claimed >> XC_PAGE_SHIFT;
    }

    return 0;
}

int read_memory(xc_interface *xch, struct host *host)
{
    uint64_t claimed = 0;
    xc_physinfo_t phys;
    unsigned int i;

    *host = (struct host){};

    if ( read_node_memory(xch, host) || xc_physinfo(xch, &phys) )
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
        host->usable[i] = host->total[i];
        claimed += host->claimed[i];
    }

    /* Of two moments: what is claimed on nodes may be more than all claims. */
    host->outstanding = phys.outstanding_pages;
    if ( host->outstanding > claimed )
        host->claimed_any = host->outstanding - claimed;

    return 0;
}

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

static int list_domains(xc_interface *xch, struct host *host,
                        xc_domaininfo_t *info)
{
    int nr = xc_domain_getinfolist(xch, 0, MAX_DOMAINS + 16, info);

    if ( nr < 0 )
    {
        complain("listing the domains: %s", strerror(errno));
        return -1;
    }
    host->nr_domains = nr;

    return 0;
}

/* The memory, and the claims as the domains have them. */
int read_claims(xc_interface *xch, struct host *host)
{
    xc_domaininfo_t info[MAX_DOMAINS + 16];
    unsigned int i;

    if ( read_memory(xch, host) || list_domains(xch, host, info) )
        return -1;

    memset(host->claimed, 0, sizeof(host->claimed));
    host->claimed_any = 0;
    for ( i = 0; i < host->nr_domains; i++ )
        if ( add_claims(xch, host, info[i].domain) )
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

/* What Xen writes to its console for a debug key. Free it. */
static char *press_key(xc_interface *xch, const char *key)
{
    uint32_t index = 0;
    char *text = read_console(xch, &index);

    if ( !text )
        return NULL;
    free(text);

    if ( xc_send_debug_keys(xch, key) )
    {
        complain("sending debug key '%s': %s", key, strerror(errno));
        return NULL;
    }

    return read_console(xch, &index);
}

int read_placement(xc_interface *xch, const struct host *host,
                   struct guest *guests, unsigned int nr)
{
    uint64_t totals[MAX_DOMAINS] = {};
    unsigned int i, n;
    char *text;
    int rc;

    for ( i = 0; i < nr; i++ )
        memset(guests[i].pages, 0, sizeof(guests[i].pages));

    /* Only Xen knows which node a page is on. Only key 'u' makes it tell. */
    text = press_key(xch, "u");
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

/* Free pages that Xen has yet to scrub. */
int read_dirty(xc_interface *xch, uint64_t *pages)
{
    char *text = press_key(xch, "H"), *line;
    unsigned long long more;

    if ( !text )
        return -1;

    *pages = 0;
    for ( line = text; (line = strstr(line, "Node ")); line++ )
        if ( sscanf(line, "Node %*u has %llu unscrubbed", &more) == 1 )
            *pages += more;
    free(text);

    return 0;
}

void await_clean(xc_interface *xch)
{
    double end = now_ms() + SCRUB_MS;
    uint64_t dirty;

    while ( !read_dirty(xch, &dirty) && dirty )
    {
        if ( now_ms() > end )
        {
            complain("Xen does not finish scrubbing its free memory");
            break;
        }
        usleep(200000);
    }
}

/* Have a hypervisor with claim sets check all that it knows of claims. */
int read_consistent(xc_interface *xch)
{
    char *text = press_key(xch, "m"), *verdict;
    int rc = 0;

    if ( !text )
        return -1;

    verdict = strstr(text, "Claims: ");
    if ( verdict && !strstr(verdict, "    consistent") )
    {
        complain("Xen finds its claims inconsistent; see its console");
        rc = -1;
    }
    free(text);

    return rc;
}

bool same_memory(const struct host *a, const struct host *b)
{
    return !memcmp(a->free, b->free, sizeof(a->free)) &&
           !memcmp(a->claimed, b->claimed, sizeof(a->claimed)) &&
           a->claimed_any == b->claimed_any && a->outstanding == b->outstanding;
}

static int read_all(xc_interface *xch, struct host *host)
{
    xc_domaininfo_t info[MAX_DOMAINS + 16];

    return read_memory(xch, host) ?: list_domains(xch, host, info);
}

/* What was destroyed just before must not count as what a storm gives back. */
int read_stable_memory(xc_interface *xch, struct host *host)
{
    double start = now_ms(), since = start;
    struct host now;

    if ( read_all(xch, host) )
        return -1;

    while ( now_ms() < since + STABLE_MS )
    {
        usleep(10000);
        if ( read_all(xch, &now) )
            return -1;
        if ( !same_memory(host, &now) || host->nr_domains != now.nr_domains )
        {
            *host = now;
            since = now_ms();
        }
        if ( now_ms() > start + SETTLE_MS )
        {
            complain("the host's free memory does not stop changing: is "
                     "something else starting or stopping domains?");
            return -1;
        }
    }

    return 0;
}

void settle(xc_interface *xch, const struct host *before, struct host *after)
{
    double end = now_ms() + SETTLE_MS;
    unsigned int n;

    for ( ; ; )
    {
        if ( read_all(xch, after) )
            return;
        if ( same_memory(before, after) &&
             before->nr_domains == after->nr_domains )
            return;
        if ( now_ms() > end )
            break;
        usleep(10000);
    }

    for ( n = 0; n < before->nr_nodes; n++ )
        if ( before->free[n] != after->free[n] ||
             before->claimed[n] != after->claimed[n] )
            complain("node %u: %lld pages free, %lld claimed more than before",
                     n, (long long)(after->free[n] - before->free[n]),
                     (long long)(after->claimed[n] - before->claimed[n]));
    if ( before->outstanding != after->outstanding )
        complain("%lld pages of claims more than before",
                 (long long)(after->outstanding - before->outstanding));
    if ( before->nr_domains != after->nr_domains )
        complain("%d domains more than before",
                 (int)(after->nr_domains - before->nr_domains));
}
