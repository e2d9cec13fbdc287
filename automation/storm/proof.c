// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builds many domains at the same time, each on memory claimed beforehand, and
 * says whether every page is where it was claimed.
 *
 * Each builder is a process of its own. The first ones, as many as there are
 * nodes, put their claims in and wait; then one that asks for too much must be
 * refused without harm to them; then they and all others go on together. In the
 * end all domains are destroyed, and every counter must be back.
 */

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storm.h"

/* Free memory that a node must have beyond the claims, for Xen's own use. */
#define HEADROOM_PAGES (2 * PAGES_PER_MIB)
#define MAX_SPAN 8

static struct {
    const char *kernel;     /* what is built: a PV kernel, never run here */
    unsigned int builders;
    unsigned int mib;       /* a domain's memory */
    unsigned int span;      /* nodes a domain is spread over */
    unsigned int jitter;    /* ms by which a builder is late at most */
    unsigned int seed;
    unsigned int limit;     /* s until the storm counts as stuck */
} opt = {
    .builders = 8, .mib = 64, .span = 1, .jitter = 5, .seed = 1, .limit = 60,
};
static struct guest *guests;    /* shared with the builders */

static void stuck(int sig)
{
    static const char text[] = "proof: stuck; see --limit\n";

    (void)sig;
    _exit(write(2, text, sizeof(text) - 1) > 0 ? 3 : 4);
}

/* --- What is wanted ------------------------------------------------------ */

static void usage(FILE *to)
{
    fprintf(to,
"Usage: proof [options] KERNEL\n"
"\n"
"Builds PV domains in parallel on claimed memory of the NUMA nodes in turn,\n"
"and destroys them. KERNEL is a PV kernel that is loaded but never run.\n"
"\n"
"  -b, --builders N  domains, each with a builder of its own (%u)\n"
"  -m, --mib N       memory of a domain in MiB (%u)\n"
"  -n, --span N      nodes over which each domain is spread (%u)\n"
"  -j, --jitter N    builders are late by up to so many ms (%u)\n"
"  -s, --seed N      of the jitter (%u)\n"
"  -l, --limit N     seconds until it is given up as stuck (%u)\n"
"  -h, --help        this text\n"
"\n"
"Exit status: 0 every page is on the node it was claimed on; 1 it is not, or\n"
"something else failed; 2 it could not be started; 3 it got stuck.\n",
            opt.builders, opt.mib, opt.span, opt.jitter, opt.seed, opt.limit);
}

static void parse_options(int argc, char *argv[])
{
    static const struct option longs[] = {
        { "builders", required_argument, NULL, 'b' },
        { "mib",      required_argument, NULL, 'm' },
        { "span",     required_argument, NULL, 'n' },
        { "jitter",   required_argument, NULL, 'j' },
        { "seed",     required_argument, NULL, 's' },
        { "limit",    required_argument, NULL, 'l' },
        { "help",     no_argument,       NULL, 'h' },
        { }
    };
    int c;

    while ( (c = getopt_long(argc, argv, "b:m:n:j:s:l:h", longs, NULL)) != -1 )
    {
        switch ( c )
        {
        case 'b':
            opt.builders = number("builders", optarg, 1, MAX_DOMAINS);
            break;

        case 'm':
            opt.mib = number("mib", optarg, 4, 1 << 20);
            break;

        case 'n':
            opt.span = number("span", optarg, 1, MAX_SPAN);
            break;

        case 'j':
            opt.jitter = number("jitter", optarg, 0, 10000);
            break;

        case 's':
            opt.seed = number("seed", optarg, 0, ~0U);
            break;

        case 'l':
            opt.limit = number("limit", optarg, 1, 86400);
            break;

        case 'h':
            usage(stdout);
            exit(0);

        default:
            usage(stderr);
            exit(2);
        }
    }

    opt.kernel = kernel_argument(argc, argv, usage);
}

/* Domain i goes to node i, i + 1, ... of those with memory, in turn. */
static unsigned int plan(const struct host *host)
{
    uint64_t need[MAX_NODES] = {}, pages = opt.mib * PAGES_PER_MIB;
    unsigned int nodes[MAX_NODES], nr = 0, i, n;

    for ( n = 0; n < host->nr_nodes; n++ )
        if ( host->usable[n] )
            nodes[nr++] = n;
    if ( opt.span > nr )
        die(2, "--span %u: the host has %u nodes with memory", opt.span, nr);

    for ( i = 0; i < opt.builders; i++ )
    {
        struct guest *g = &guests[i];

        g->stage = "planned";
        g->mib = opt.mib;
        g->nr_claims = opt.span;
        for ( n = 0; n < opt.span; n++ )
        {
            g->claims[n].target = nodes[(i + n) % nr];
            g->claims[n].pages = pages / opt.span +
                                 (n ? 0 : pages % opt.span);
            need[g->claims[n].target] += g->claims[n].pages;
        }
    }

    for ( n = 0; n < host->nr_nodes; n++ )
        if ( need[n] &&
             need[n] + HEADROOM_PAGES + host->claimed[n] > host->free[n] )
            die(2, "node %u has %llu MiB that nobody has or claimed, but the "
                "builders need %llu there; give fewer --builders or --mib, or "
                "the host more memory", n,
                (unsigned long long)((host->free[n] - host->claimed[n]) /
                                     PAGES_PER_MIB),
                (unsigned long long)((need[n] + HEADROOM_PAGES) /
                                     PAGES_PER_MIB));

    return nr;
}

/* --- Builders ------------------------------------------------------------ */

static void be_late(unsigned int i)
{
    uint64_t seed = ((uint64_t)i << 32) + opt.seed;

    if ( opt.jitter )
        usleep(random_below(&seed, opt.jitter * 1000));
}

/*
 * A builder's process. Its end of "claimed" is closed once its claims are in,
 * or by its death; "gate" ends when all may go on.
 */
static void builder(unsigned int i, bool first, int claimed, int gate)
{
    struct guest *g = &guests[i];
    xc_interface *xch = open_xen();
    double start;
    char c;

    if ( !first && read(gate, &c, 1) )
        _exit(1);
    be_late(i);

    if ( !create_guest(xch, g, opt.mib * PAGES_PER_MIB) ||
         !claim_guest(xch, g) )
        _exit(1);

    close(claimed);
    if ( first && read(gate, &c, 1) )
        _exit(1);

    start = now_ms();
    if ( !build_guest(xch, g, opt.kernel, WHERE_CLAIMED) )
        _exit(1);
    g->ms = now_ms() - start;

    _exit(0);
}

/* A process for each. Returns the end of "claimed" and opens the gate's. */
static int start_builders(unsigned int nr_first, int *opener)
{
    int claimed[2], gate[2];
    unsigned int i;

    if ( pipe(claimed) || pipe(gate) )
        die(2, "pipe: %s", strerror(errno));
    fflush(stdout);

    for ( i = 0; i < opt.builders; i++ )
    {
        pid_t pid = fork();

        if ( pid < 0 )
            die(2, "fork: %s", strerror(errno));
        if ( pid )
            continue;

        alarm(opt.limit);
        close(claimed[0]);
        close(gate[1]);
        if ( i >= nr_first )
            close(claimed[1]);
        builder(i, i < nr_first, i < nr_first ? claimed[1] : -1, gate[0]);
    }

    close(claimed[1]);
    close(gate[0]);
    *opener = gate[1];

    return claimed[0];
}

static unsigned int await_children(const char *who)
{
    unsigned int good = 0, bad = 0;
    int status;

    while ( wait(&status) > 0 )
    {
        if ( status )
            bad++;
        else
            good++;
    }

    if ( bad )
        complain("%u %s failed", bad, who);

    return good;
}

/* --- Checks -------------------------------------------------------------- */

/* Does Xen keep for the guest exactly what it claimed? */
static void check_claims(xc_interface *xch, const struct guest *g)
{
    memory_claim_t claims[MAX_CLAIMS];
    uint32_t nr = MAX_CLAIMS;
    unsigned int i, j, found = 0;

    if ( xc_domain_get_claims(xch, g->domid, &nr, claims) )
    {
        complain("reading the claims of domain %u: %s", g->domid,
                 strerror(errno));
        return;
    }

    for ( i = 0; i < g->nr_claims; i++ )
        for ( j = 0; j < nr; j++ )
            found += claims[j].target == g->claims[i].target &&
                     claims[j].pages == g->claims[i].pages;

    if ( found != g->nr_claims || nr != g->nr_claims )
        complain("the claims of domain %u are not those that it made",
                 g->domid);
}

static bool claim(xc_interface *xch, struct guest *g, unsigned int node,
                  uint64_t pages)
{
    g->nr_claims = 1;
    g->claims[0] = (memory_claim_t){ .pages = pages, .target = node };

    return claim_guest(xch, g);
}

/* One page more than a node has left is refused, what it has left is not. */
static void ask_too_much(xc_interface *xch, struct guest *greedy,
                         unsigned int node)
{
    struct host before, after;
    unsigned int tries;
    int error = 0, error_less = 0;
    uint64_t left = 0;

    /* Xen may free or need memory of its own just then: ask again. */
    for ( tries = 0; tries < 5; tries++ )
    {
        /* With a claim in place, Xen needs none for another one. */
        if ( !claim(xch, greedy, node, 1) )
        {
            complain("claiming one page of node %u: %s", node,
                     strerror(greedy->error));
            return;
        }
        if ( read_claims(xch, &before) )
            return;
        left = before.free[node] - (before.claimed[node] - 1);

        error = claim(xch, greedy, node, left + 1) ? 0 : greedy->error;
        if ( read_claims(xch, &after) )
            return;
        if ( !error || !same_memory(&before, &after) )
            continue;

        error_less = claim(xch, greedy, node, left) ? 0 : greedy->error;
        if ( error_less || !claim(xch, greedy, node, 1) )
            continue;
        if ( read_claims(xch, &after) )
            return;
        if ( same_memory(&before, &after) )
            break;
    }

    if ( error != ENOMEM )
        complain("node %u has %llu pages left; a claim of one more must be "
                 "refused with ENOMEM, but: %s", node, (unsigned long long)left,
                 error ? strerror(error) : "it is taken");
    else if ( error_less )
        complain("node %u has %llu pages left; a claim of so many is refused: "
                 "%s", node, (unsigned long long)left, strerror(error_less));
    else if ( tries == 5 )
        complain("with a claim on node %u that was refused, or given up, other "
                 "claims or free memory changed", node);
}

/* Xen's count of all claims must be the sum of what the domains have. */
static void check_sum(const struct host *host)
{
    uint64_t sum = host->claimed_any;
    unsigned int n;

    for ( n = 0; n < host->nr_nodes; n++ )
        sum += host->claimed[n];
    if ( sum != host->outstanding )
        complain("the domains claim %llu pages, but Xen counts %llu",
                 (unsigned long long)sum,
                 (unsigned long long)host->outstanding);
}

static void be_greedy(xc_interface *xch, const struct host *host,
                      unsigned int nr_claimed)
{
    struct guest greedy = {};
    unsigned int i, n, faults_before = faults;

    if ( !create_guest(xch, &greedy, 1UL << 30) )
        complain("a domain to claim too much with, %s: %s", greedy.stage,
                 strerror(greedy.error));
    else
        for ( n = 0; n < host->nr_nodes; n++ )
            if ( host->usable[n] )
                ask_too_much(xch, &greedy, n);

    for ( i = 0; i < nr_claimed; i++ )
        check_claims(xch, &guests[i]);

    if ( greedy.domid && xc_domain_destroy(xch, greedy.domid) )
        complain("destroying domain %u: %s", greedy.domid, strerror(errno));

    if ( faults == faults_before )
        printf("a claim of one page more than a node has left: refused with "
               "ENOMEM on each, and nobody else's claims changed\n");
}

/*
 * libxenguest, told to claim as well, meets a claim that was made before: it is
 * refused and ends the build, before a page is populated, without any claim.
 */
static void claim_twice(xc_interface *xch, const struct host *host)
{
    struct guest g = { .mib = opt.mib };
    unsigned int n = 0;
    xc_domaininfo_t info;

    while ( !host->usable[n] )
        n++;

    if ( !create_guest(xch, &g, opt.mib * PAGES_PER_MIB) ||
         !claim(xch, &g, n, 16) )
        complain("a domain to claim twice for, %s: %s", g.stage,
                 strerror(g.error));
    else if ( build_guest(xch, &g, opt.kernel, ANYWHERE_CLAIMED) )
        complain("libxenguest builds domain %u with a claim of its own besides "
                 "the one that is there", g.domid);
    else if ( g.error != EINVAL )
        complain("libxenguest's claim besides another one, %s: %s instead of "
                 "%s", g.stage, strerror(g.error), strerror(EINVAL));
    else if ( xc_domain_getinfolist(xch, g.domid, 1, &info) != 1 ||
              info.domain != g.domid || info.tot_pages ||
              read_left(xch, g.domid, &g.left) || g.left )
        complain("domain %u has pages or claims left after libxenguest's claim "
                 "was refused", g.domid);
    else
        printf("a build that claims again is refused before a page is "
               "populated, and leaves no claim\n");

    if ( g.domid && xc_domain_destroy(xch, g.domid) )
        complain("destroying domain %u: %s", g.domid, strerror(errno));
}

/* Number of pages that are not where the guest claimed them, or not at all. */
static uint64_t misplaced(const struct host *host, const struct guest *g)
{
    uint64_t strange = 0, missing = 0;
    unsigned int i, n;

    for ( n = 0; n < host->nr_nodes; n++ )
    {
        uint64_t claimed = 0;

        for ( i = 0; i < g->nr_claims; i++ )
            if ( g->claims[i].target == n )
                claimed += g->claims[i].pages;
        if ( g->pages[n] > claimed )
            strange += g->pages[n] - claimed;
        else
            missing += claimed - g->pages[n];
    }

    return strange > missing ? strange : missing;
}

static void destroy_all(void)
{
    unsigned int i;

    fflush(stdout);
    for ( i = 0; i < opt.builders; i++ )
    {
        if ( !guests[i].domid )
            continue;
        if ( fork() )
            continue;

        alarm(opt.limit);
        _exit(xc_domain_destroy(open_xen(), guests[i].domid) ? 1 : 0);
    }
    await_children("calls to destroy a domain");
}

/* --- The proof ----------------------------------------------------------- */

int main(int argc, char *argv[])
{
    struct host before, claimed, built = {}, after = {};
    const struct host *moments[] = { &before, &claimed, &built, &after };
    static const char *const names[] = {
        "before", "first claims in", "built", "destroyed",
    };
    unsigned int i, nr_nodes, nr_first, nr_built;
    uint64_t wrong = 0, placed = 0;
    xc_interface *xch;
    int first_claims, gate;
    double start;
    char c;

    /* Whole lines, for there are many to write them. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    setvbuf(stderr, NULL, _IOLBF, 0);
    parse_options(argc, argv);
    signal(SIGALRM, stuck);
    alarm(opt.limit);

    guests = mmap(NULL, opt.builders * sizeof(*guests), PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if ( guests == MAP_FAILED )
        die(2, "mmap: %s", strerror(errno));

    xch = open_xen();
    if ( read_stable_memory(xch, &before) )
        return 2;
    nr_nodes = plan(&before);
    nr_first = opt.builders < nr_nodes ? opt.builders : nr_nodes;

    printf("%u builders of %u MiB, %u node%s each, on %u nodes; "
           "seed %u\n", opt.builders, opt.mib, opt.span,
           opt.span > 1 ? "s" : "", nr_nodes, opt.seed);

    start = now_ms();
    first_claims = start_builders(nr_first, &gate);
    if ( read(first_claims, &c, 1) )
        die(1, "waiting for the first claims: %s", strerror(errno));
    if ( read_claims(xch, &claimed) )
        return 1;
    check_sum(&claimed);
    printf("%u of %u domains have their claims in, none is built\n", nr_first,
           opt.builders);
    be_greedy(xch, &before, nr_first);

    close(gate);
    nr_built = await_children("builders");
    printf("%u domains are built, %.0f ms after the first began\n", nr_built,
           now_ms() - start);

    be_greedy(xch, &before, 0);
    claim_twice(xch, &before);
    if ( !read_claims(xch, &built) )
        check_sum(&built);
    if ( !read_placement(xch, &before, guests, opt.builders) )
        for ( i = 0; i < opt.builders; i++ )
            placed += opt.mib * PAGES_PER_MIB;
    for ( i = 0; i < opt.builders; i++ )
    {
        if ( guests[i].domid && !read_left(xch, guests[i].domid,
                                           &guests[i].left) &&
             !guests[i].error && guests[i].left )
            complain("domain %u is built and has claims left",
                     guests[i].domid);
        wrong += misplaced(&before, &guests[i]);
    }

    destroy_all();
    settle(xch, &before, &after);

    print_guests(&before, guests, opt.builders);
    print_nodes(moments, names, 4);

    if ( wrong )
        printf("\nFAIL: %llu of %llu pages are not on the node they were "
               "claimed on\n", (unsigned long long)wrong,
               (unsigned long long)(opt.builders * opt.mib * PAGES_PER_MIB));
    else if ( faults || !placed )
        printf("\nFAIL: every page is on the node it was claimed on, but see "
               "above\n");
    else
        printf("\nPASS: every page of %u domains is on the node it was claimed "
               "on, and every counter is back\n", opt.builders);

    return wrong || faults || !placed;
}
