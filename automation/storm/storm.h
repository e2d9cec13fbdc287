/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A boot storm: many domains are built at the same time, each on memory that
 * it claimed beforehand.
 */
#ifndef STORM_H
#define STORM_H

#include <stdbool.h>
#include <stdint.h>
#include <xenctrl.h>

#define MAX_NODES   64
#define MAX_SPAN    8
#define MAX_DOMAINS 256

#define PAGES_PER_MIB (1UL << (20 - XC_PAGE_SHIFT))
/* The claims of one domain at most: on each node, and host-wide. */
#define MAX_CLAIMS    (MAX_NODES + 1)

struct options {
    const char *kernel;     /* what is built: a PV kernel, never run here */
    unsigned int builders;
    unsigned int mib;       /* a domain's memory */
    unsigned int span;      /* nodes a domain is spread over */
    unsigned int jitter;    /* ms by which a builder is late at most */
    unsigned int seed;
    unsigned int limit;     /* s until the storm counts as stuck */
};

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

/* One domain of the storm. Builders write the first half, in shared memory. */
struct guest {
    uint32_t domid;                         /* 0: not created */
    unsigned int nr_claims;
    memory_claim_t claims[MAX_SPAN];
    const char *stage;                      /* what was done last */
    int error;                              /* errno of it, or 0 */
    double ms;                              /* what the build took */

    uint64_t left;                          /* still claimed when built */
    uint64_t pages[MAX_NODES];              /* where its memory is */
};

/* host.c: what the hypervisor knows. -1 and a message where it fails. */
int read_host(xc_interface *xch, struct host *host);
int read_left(xc_interface *xch, uint32_t domid, uint64_t *pages);
int read_placement(xc_interface *xch, const struct host *host,
                   struct guest *guests, unsigned int nr);

/* builder.c: the way of one domain; false and g->error where it fails. */
bool create_guest(xc_interface *xch, struct guest *g, uint64_t max_pages);
bool claim_guest(xc_interface *xch, struct guest *g);
bool build_guest(xc_interface *xch, struct guest *g,
                 const struct options *opt);

/* report.c */
void print_guests(const struct host *host, const struct guest *guests,
                  unsigned int nr);
void print_nodes(const struct host *moments[], const char *const names[],
                 unsigned int nr);

void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
xc_interface *open_xen(void);

#endif
