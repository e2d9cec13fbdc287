/* SPDX-License-Identifier: GPL-2.0-only */
/* Boot storms: many domains are built at the same time. */
#ifndef STORM_H
#define STORM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <xenctrl.h>

#define MAX_NODES     64
#define MAX_DOMAINS   1024

#define PAGES_PER_MIB (1UL << (20 - XC_PAGE_SHIFT))
#define PAGES_PER_2M  (2 * PAGES_PER_MIB)
/* The claims of one domain at most: on each node, and host-wide. */
#define MAX_CLAIMS    (MAX_NODES + 1)

/*
 * Xen frees what it had for a destroyed domain when all CPUs have passed
 * through a quiescent state, for which idle ones take up to a second.
 */
#define SETTLE_MS 10000
#define STABLE_MS 1500
#define SCRUB_MS  60000

/* A host's memory at one moment, in pages. */
struct host {
    unsigned int nr_nodes;                  /* the largest ID, and one */
    bool usable[MAX_NODES];
    uint64_t total[MAX_NODES];
    uint64_t free[MAX_NODES];
    uint64_t claimed[MAX_NODES];            /* on this node, by all domains */
    uint64_t claimed_any;                   /* host-wide, by all domains */
    uint64_t outstanding;                   /* all claims, as Xen counts them */
    unsigned int nr_domains;
};

enum state { WAITING, BUILDING, BUILT, GIVEN_UP, BROKEN };

/*
 * One domain of a storm. The builders' processes write it, in shared memory;
 * where the pages are is read from Xen afterwards.
 */
struct guest {
    unsigned int mib;
    bool pvh;                               /* or PV */
    uint32_t domid;                         /* 0: there is none */

    unsigned int nr_claims;                 /* where it is to be, and where */
    memory_claim_t claims[MAX_NODES];       /* it claims if it does on nodes */

    enum state state;
    const char *stage;                      /* what was done last */
    int error;                              /* errno of it, or 0 */
    double ms;                              /* what the build took, */
    double waited_ms;                       /* this for memory, */
    double end;                             /* and when it ended */
    unsigned int retries;
    unsigned int refused;                   /* before any page was populated */
    unsigned int failed;                    /* afterwards */
    unsigned int killed;
    uint64_t wasted;                        /* pages populated, thrown away */
    uint64_t chunks;                        /* of 2M, aligned */
    uint64_t giants;                        /* of 1G; PVH only */
    uint64_t left;                          /* still claimed when built */

    uint64_t pages[MAX_NODES];
};

/* host.c: what the hypervisor knows. -1 and a message where it fails. */
xc_interface *open_xen(void);
/* The same, with a log: what libxenguest says goes to it. */
xc_interface *open_xen_logged(xentoollog_logger *log);
int read_memory(xc_interface *xch, struct host *host);
int read_claims(xc_interface *xch, struct host *host);
int read_left(xc_interface *xch, uint32_t domid, uint64_t *pages);
bool same_memory(const struct host *a, const struct host *b);
int read_stable_memory(xc_interface *xch, struct host *host);
/* Wait until all is as it was before; complain of what is not. */
void settle(xc_interface *xch, const struct host *before, struct host *after);

/* console.c: the same of what it tells there only, maybe without the series. */
int read_placement(xc_interface *xch, const struct host *host,
                   struct guest *guests, unsigned int nr);
/* The MFNs that each node begins with, and ends before. */
int read_spans(xc_interface *xch, uint64_t *starts, uint64_t *ends);
int read_dirty(xc_interface *xch, uint64_t *pages);
void await_clean(xc_interface *xch);
/* Have a hypervisor with claim sets check all that it knows of claims. */
int read_consistent(xc_interface *xch);

/* domain.c: the way of one domain; false and g->error where it fails. */
enum populate {
    ANYWHERE,
    ANYWHERE_CLAIMED,                       /* after a host-wide claim */
    WHERE_CLAIMED,                          /* each part on the node it names */
};
bool create_guest(xc_interface *xch, struct guest *g, uint64_t max_pages);
/* Give Xen memory for the domain's page tables, which no claim is for. */
bool prepare_guest(xc_interface *xch, struct guest *g);
bool claim_guest(xc_interface *xch, struct guest *g);
bool build_guest(xc_interface *xch, struct guest *g, const char *kernel,
                 enum populate populate);

/* complain.c */
extern unsigned int faults;                 /* number of complaints */
void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void die(int status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));
/* The option's value, or the end. */
unsigned int number(const char *name, const char *text, unsigned int least,
                    unsigned int most);
/* The only argument behind the options, a file that can be read, or the end. */
const char *kernel_argument(int argc, char *argv[], void (*usage)(FILE *to));

static inline double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* Below limit; the same again after the same seed. */
static inline unsigned int random_below(uint64_t *seed, unsigned int limit)
{
    uint64_t x = *seed += 0x9e3779b97f4a7c15;

    /* The constants make every bit of the seed count for every bit of x. */
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;

    return (x ^ (x >> 31)) % limit;
}

/* tables.c: what the proof shows. */
void print_guests(const struct host *host, const struct guest *guests,
                  unsigned int nr);
void print_nodes(const struct host *moments[], const char *const names[],
                 unsigned int nr);

#endif
