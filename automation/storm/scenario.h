/* SPDX-License-Identifier: GPL-2.0-only */
/* A storm's parts: its builders, what they build, and what disturbs them. */
#ifndef SCENARIO_H
#define SCENARIO_H

#include <sys/types.h>

#include "storm.h"

/* How a builder gets memory. */
struct mode {
    const char *name;
    bool plans_claimed;         /* for its plan, what is claimed is taken */
    bool claims;                /* it claims what it plans, on nodes */
    enum populate populate;
    bool xl;                    /* all of that is left to `xl create`, */
    bool stock;                 /* of a toolstack without claim sets */
};

struct options {
    const char *kernel;         /* what is built: a PV kernel, never run here */
    const struct mode *mode;
    unsigned int builders;      /* at the same time */
    unsigned int domains;       /* at most */
    unsigned int fill;          /* percent of the free memory for domains, */
    unsigned int total;         /* or so many MiB of it */
    unsigned int sizes[32];     /* MiB, one of these each */
    unsigned int nr_sizes;
    unsigned int wide;          /* MiB, of one domain more */
    bool pvh;                   /* domains are PVH, and split unevenly */
    unsigned int wear;          /* percent of chunks that are broken, or 0 */
    unsigned int seed;
    unsigned int jitter;        /* ms by which a builder is late at most */
    unsigned int patience;      /* s that a builder waits for memory at most */
    unsigned int sample;        /* ms between looks at the host's memory */
    unsigned int limit;         /* s until a phase counts as stuck */
};

extern struct options opt;
extern struct guest *guests;    /* shared with the builders */
extern unsigned int nr_guests;  /* that there is room for, */
extern unsigned int nr_crowd;   /* and after these, that there is none for */
/* One that no domain had; some other domain may have it all the same. */
uint32_t next_domid(void);

/* Into an order that the seed gives. */
void shuffle(unsigned int *list, unsigned int nr, uint64_t *seed);

/* One part of a storm. */
struct phase {
    const char *name;
    /* Which guests are built; a guest that there is already is destroyed. */
    unsigned int (*choose)(unsigned int *chosen, const struct host *now);
    bool worn;                  /* after the host was worn down */
    bool disturbed;             /* builders are killed, memory comes and goes */
    unsigned int patience;      /* s, where it is not that of the options */
};

/* place.c: a plan for the guest's memory, or false if there is no room now. */
bool place_guest(xc_interface *xch, struct guest *g);
/* Has the host nothing left that nobody claimed, even for Xen itself? */
bool host_is_full(xc_interface *xch);

/* xl.c: have xl(1) build it. False with g->error ENOMEM where xl gave it up. */
bool create_by_xl(xc_interface *xch, struct guest *g);

/* builders.c: run the phase to its end. Returns ms. */
double run_phase(xc_interface *xch, const struct phase *phase,
                 const unsigned int *chosen, unsigned int nr);

/* bring_up.c: all that a builder's process does. */
void bring_up(struct guest *g, unsigned int patience, uint64_t seed)
    __attribute__((noreturn));

/* disturb.c: processes that take memory away until they are stopped. */
struct disturbers {
    pid_t pids[2];
};
void start_disturbers(struct disturbers *disturbers);
void stop_disturbers(struct disturbers *disturbers);

/* wear.c: let domains break chunks of 2M; give all of their memory back. */
void wear_host(xc_interface *xch, unsigned int percent);
void renew_host(xc_interface *xch);

/* cost.c: what populating memory costs without anybody else. */
void measure_cost(xc_interface *xch);

/* records.c: lines for programs to read. */
void print_list(const char *key, const struct host *host,
                const uint64_t *pages);
void record_scenario(const struct host *host);
void record_phase(const struct phase *phase, unsigned int nr);
void record_sample(xc_interface *xch, const struct phase *phase, double ms,
                   const unsigned int *chosen, unsigned int nr);
void record_builds(const struct host *host, const struct phase *phase,
                   const unsigned int *chosen, unsigned int nr, double ms,
                   uint64_t dirty, uint64_t scrubbed);

#endif
