// SPDX-License-Identifier: GPL-2.0-only
/* What the hypervisor says of memory and claims. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storm.h"

xc_interface *open_xen(void)
{
    /* Calls that fail are told of where it is known whether they may. */
    return open_xen_logged((xentoollog_logger *)
        xtl_createlogger_stdiostream(stderr, XTL_CRITICAL, 0));
}

xc_interface *open_xen_logged(xentoollog_logger *log)
{
    xc_interface *xch = xc_interface_open(log, log, 0);

    if ( !xch )
        die(2, "no access to the hypervisor (%s); run this in dom0, as root",
            strerror(errno));

    return xch;
}

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
