// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the domains' memory is, for tests in shell. A line for the host, for
 * each node and for each domain but dom0:
 *
 *   host FREE CLAIMED                      pages
 *   node N TOTAL FREE CLAIMED
 *   domain NAME DOMID PAGES CLAIMED AFFINITY PAGES-ON-NODE-0 ...-1 ...
 *
 * AFFINITY is the node affinity, numbers separated by commas, or "all". A
 * domain without a name has "-".
 *
 * With --peaks it looks at all domains again and again until it is terminated,
 * and then tells the most pages and claimed pages that each has been seen with:
 *
 *   peak DOMID PAGES CLAIMED
 */

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xenstore.h>

#include "storm.h"

static struct guest guests[MAX_DOMAINS];
static xc_domaininfo_t info[MAX_DOMAINS];
static volatile sig_atomic_t terminated;

static void usage(FILE *to)
{
    fprintf(to,
            "Usage: where [--clean] [--stable] | --peaks\n"
            "  --clean   when Xen has scrubbed all free memory\n"
            "  --stable  when free memory has ceased to change\n"
            "  --peaks   the most that each domain had, until terminated\n");
}

static void print_affinity(xc_interface *xch, const struct host *host,
                           uint32_t domid)
{
    xc_nodemap_t map = xc_nodemap_alloc(xch);
    unsigned int n, set = 0, usable = 0;
    char text[MAX_NODES * 4] = "", *end = text;

    if ( !map || xc_domain_node_getaffinity(xch, domid, map) )
        die(1, "node affinity of domain %u: %s", domid, strerror(errno));

    for ( n = 0; n < host->nr_nodes; n++ )
    {
        usable += host->usable[n];
        if ( !host->usable[n] || !(map[n / 8] & (1 << n % 8)) )
            continue;
        end += sprintf(end, "%s%u", set++ ? "," : "", n);
    }
    free(map);

    printf(" %s", !set ? "none" : set == usable ? "all" : text);
}

static void print_domain(xc_interface *xch, struct xs_handle *xs,
                         const struct host *host, const struct guest *g,
                         const xc_domaininfo_t *info)
{
    char path[64], *name;
    unsigned int n;

    snprintf(path, sizeof(path), "/local/domain/%u/name", g->domid);
    name = xs_read(xs, XBT_NULL, path, NULL);
    printf("domain %s %u %llu %llu", name && *name ? name : "-", g->domid,
           (unsigned long long)info->tot_pages,
           (unsigned long long)info->outstanding_pages);
    free(name);
    print_affinity(xch, host, g->domid);
    for ( n = 0; n < host->nr_nodes; n++ )
        printf(" %llu", (unsigned long long)g->pages[n]);
    printf("\n");
}

static void terminate(int number)
{
    terminated = number;
}

static void print_peaks(xc_interface *xch)
{
    static uint64_t pages[DOMID_FIRST_RESERVED], claimed[DOMID_FIRST_RESERVED];
    unsigned int id;
    int nr, i;

    signal(SIGTERM, terminate);
    while ( !terminated )
    {
        nr = xc_domain_getinfolist(xch, 1, MAX_DOMAINS, info);
        if ( nr < 0 )
            die(1, "listing the domains: %s", strerror(errno));
        for ( i = 0; i < nr; i++ )
        {
            id = info[i].domain;
            if ( pages[id] < info[i].tot_pages )
                pages[id] = info[i].tot_pages;
            if ( claimed[id] < info[i].outstanding_pages )
                claimed[id] = info[i].outstanding_pages;
        }
        usleep(5000);
    }

    for ( id = 0; id < DOMID_FIRST_RESERVED; id++ )
        if ( pages[id] || claimed[id] )
            printf("peak %u %llu %llu\n", id, (unsigned long long)pages[id],
                   (unsigned long long)claimed[id]);
}

int main(int argc, char *argv[])
{
    static const struct option options[] = {
        { "clean", no_argument, NULL, 'c' },
        { "stable", no_argument, NULL, 's' },
        { "peaks", no_argument, NULL, 'p' },
        { "help", no_argument, NULL, 'h' },
        {}
    };
    xc_interface *xch = open_xen();
    struct xs_handle *xs = xs_open(0);
    bool clean = false, stable = false;
    struct host host;
    uint64_t sum = 0;
    int c, nr, i;
    unsigned int n;

    while ( (c = getopt_long(argc, argv, "", options, NULL)) != -1 )
        switch ( c )
        {
        case 'c':
            clean = true;
            break;
        case 's':
            stable = true;
            break;
        case 'p':
            print_peaks(xch);
            return 0;
        case 'h':
            usage(stdout);
            return 0;
        default:
            usage(stderr);
            return 2;
        }
    if ( !xs )
        die(1, "no access to xenstore: %s", strerror(errno));

    if ( clean )
        await_clean(xch);
    if ( (stable ? read_stable_memory : read_memory)(xch, &host) )
        return 1;
    nr = xc_domain_getinfolist(xch, 1, MAX_DOMAINS, info);
    if ( nr < 0 )
        die(1, "listing the domains: %s", strerror(errno));
    for ( i = 0; i < nr; i++ )
        guests[i].domid = info[i].domain;
    if ( read_placement(xch, &host, guests, nr) )
        return 1;

    for ( n = 0; n < host.nr_nodes; n++ )
        sum += host.free[n];
    printf("host %llu %llu\n", (unsigned long long)sum,
           (unsigned long long)host.outstanding);
    for ( n = 0; n < host.nr_nodes; n++ )
        if ( host.usable[n] )
            printf("node %u %llu %llu %llu\n", n,
                   (unsigned long long)host.total[n],
                   (unsigned long long)host.free[n],
                   (unsigned long long)host.claimed[n]);
    for ( i = 0; i < nr; i++ )
        print_domain(xch, xs, &host, &guests[i], &info[i]);

    return faults > 0;
}
