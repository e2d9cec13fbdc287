// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens to a host while domains are built: memory fails, and somebody
 * else takes all that nobody claimed. All of it is given back at the end.
 */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenario.h"

#include <xenguest.h>   /* needs xenctrl.h, which storm.h includes */

#define MAX_OFFLINE 512
#define OFFLINE_US  2000
#define HOG_US      20000
/* Where dom0 itself has no memory: Linux does not look there. */
#define HOG_GFN     (1UL << 27)
#define MAX_HOGGED  1024                /* chunks of 2M */

static volatile sig_atomic_t stopped;

static void stop(int sig)
{
    (void)sig;
    stopped = 1;
}

static void nap(unsigned int us)
{
    if ( !stopped )
        usleep(us);
}

/*
 * Takes pages offline, whoever has them, and brings them back in the end. Those
 * that are free when they go may have been claimed: they are counted by node.
 */
static int offline_pages(xc_interface *xch, uint64_t seed)
{
    uint64_t starts[MAX_NODES], ends[MAX_NODES], taken[MAX_NODES] = {};
    unsigned long page[MAX_OFFLINE], max;
    unsigned int nr = 0, n;
    struct host host;
    uint32_t status;
    int rc = 0;

    if ( read_spans(xch, starts, ends) || read_memory(xch, &host) )
        return 1;
    if ( xc_maximum_ram_page(xch, &max) )
    {
        complain("reading the host's last page: %s", strerror(errno));
        return 1;
    }

    while ( !stopped )
    {
        if ( nr < MAX_OFFLINE )
        {
            page[nr] = random_below(&seed, max + 1);
            status = 0;
            /* Refused for Xen's own code, and where there is no memory. */
            if ( !xc_mark_page_offline(xch, page[nr], page[nr], &status) )
            {
                for ( n = 0; n < host.nr_nodes; n++ )
                    taken[n] += (status & PG_OFFLINE_OFFLINED) &&
                                page[nr] >= starts[n] && page[nr] < ends[n];
                nr++;
            }
        }
        nap(OFFLINE_US);
    }

    printf("@offlined count=%u", nr);
    print_list("free", &host, taken);
    printf("\n");
    while ( nr-- )
        if ( xc_mark_page_online(xch, page[nr], page[nr], &status) )
        {
            complain("bringing page %#lx online: %s", page[nr],
                     strerror(errno));
            rc = 1;
        }

    return rc;
}

/* dom0 grows as far as it can, and shrinks, again and again. */
static int hog_memory(xc_interface *xch, uint64_t seed)
{
    xen_pfn_t chunk[MAX_HOGGED];
    unsigned int i, nr, total = 0;
    int got;

    while ( !stopped )
    {
        nr = 1 + random_below(&seed, MAX_HOGGED);
        for ( i = 0; i < nr; i++ )
            chunk[i] = HOG_GFN + i * PAGES_PER_2M;
        got = xc_domain_populate_physmap(xch, 0, nr, 9, 0, chunk);
        nap(random_below(&seed, HOG_US));
        total += got > 0 ? got : 0;
        if ( got > 0 &&
             xc_domain_decrease_reservation(xch, 0, got, 9, chunk) != got )
        {
            complain("dom0 can't give memory back: %s", strerror(errno));
            return 1;
        }
        nap(random_below(&seed, HOG_US));
    }
    printf("@hogged count=%u\n", total);

    return 0;
}

void start_disturbers(struct disturbers *disturbers)
{
    static int (*const disturb[])(xc_interface *xch, uint64_t seed) = {
        offline_pages, hog_memory,
    };
    unsigned int i;

    for ( i = 0; i < 2; i++ )
    {
        disturbers->pids[i] = fork();
        if ( disturbers->pids[i] < 0 )
            die(2, "fork: %s", strerror(errno));
        if ( disturbers->pids[i] )
            continue;

        signal(SIGTERM, stop);
        alarm(opt.limit);
        /* Not _exit(): what it says is still to be written. */
        exit(disturb[i](open_xen(), opt.seed));
    }
}

void stop_disturbers(struct disturbers *disturbers)
{
    unsigned int i;
    int status;

    for ( i = 0; i < 2; i++ )
    {
        kill(disturbers->pids[i], SIGTERM);
        if ( waitpid(disturbers->pids[i], &status, 0) < 0 || status )
            complain("a process that takes memory away failed");
    }
}
