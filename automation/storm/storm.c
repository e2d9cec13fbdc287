// SPDX-License-Identifier: GPL-2.0-only
/*
 * A boot storm on this host: domains of many sizes are built at the same time,
 * until the host is nearly full, and rebooted. It begins when Xen has scrubbed
 * what is free, and does not wait for that again. It is told line by line what
 * comes of it; where the pages are is read from the hypervisor.
 */

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenario.h"

/* The first two are what Xen's toolstacks do. */
static const struct mode modes[] = {
    { .name = "affinity", .populate = ANYWHERE },
    { .name = "host", .plans_claimed = true, .populate = ANYWHERE_CLAIMED },
    { .name = "claimset", .plans_claimed = true, .claims = true,
      .populate = WHERE_CLAIMED },
    { .name = "steered", .plans_claimed = true, .claims = true,
      .populate = ANYWHERE },
    { .name = "stockxl", .xl = true, .stock = true },
    { .name = "xl", .xl = true },
};

struct options opt = {
    .mode = &modes[2], .builders = 16, .domains = MAX_DOMAINS, .fill = 95,
    .sizes = { 32, 32, 48, 64, 64, 96, 128, 256 }, .nr_sizes = 8,
    .seed = 1, .jitter = 5, .patience = 20, .sample = 25, .limit = 100,
};
/* What Xen may keep for dom0's sake on a node when all domains are gone. */
#define DOM0_PAGES 16
/* What --wear is for a phase that is worn without it. */
#define WEAR 100

struct guest *guests;
unsigned int nr_guests, nr_crowd;

/* What all processes share. */
static struct shared {
    uint32_t last_domid;
    struct guest guests[MAX_DOMAINS];
} *shared;

uint32_t next_domid(void)
{
    /* There are 0x7ff0 for domains. Xen itself gives the first ones first. */
    return 0x100 + __sync_fetch_and_add(&shared->last_domid, 1) % 0x7e00;
}

/* --- Phases -------------------------------------------------------------- */

static unsigned int all(unsigned int *chosen, const struct host *now)
{
    unsigned int i;

    (void)now;
    for ( i = 0; i < nr_guests; i++ )
        chosen[i] = i;

    return nr_guests;
}

void shuffle(unsigned int *list, unsigned int nr, uint64_t *seed)
{
    while ( nr > 1 )
    {
        unsigned int other = random_below(seed, nr--), swapped = list[nr];

        list[nr] = list[other];
        list[other] = swapped;
    }
}

static unsigned int half(unsigned int *chosen, const struct host *now)
{
    uint64_t seed = opt.seed ^ 0xb007;
    unsigned int nr = all(chosen, now);

    shuffle(chosen, nr, &seed);

    return (nr + 1) / 2;
}

/* Those that are too many, all of whose builders see that there is memory. */
static unsigned int crowd(unsigned int *chosen, const struct host *now)
{
    unsigned int i;

    (void)now;
    for ( i = 0; i < nr_crowd; i++ )
        chosen[i] = nr_guests + i;

    return nr_crowd;
}

static unsigned int least_size(void)
{
    unsigned int i, least = ~0U;

    for ( i = 0; i < opt.nr_sizes; i++ )
        least = opt.sizes[i] < least ? opt.sizes[i] : least;

    return least;
}

static uint64_t free_mib(const struct host *host)
{
    uint64_t pages = 0;
    unsigned int i;

    for ( i = 0; i < host->nr_nodes; i++ )
        pages += host->free[i];

    return pages / PAGES_PER_MIB;
}

/* What of the host's free memory domains are to have, in MiB. */
static uint64_t share_of(const struct host *host)
{
    uint64_t free = free_mib(host), share = free * opt.fill / 100, spare;

    /*
     * Xen needs memory for each of them, and some more: 20 pages, if it is PV;
     * its page tables, a 128th and 1 MiB, if it is PVH.
     */
    spare = 1 + free / least_size();
    spare = 2 + (opt.pvh ? spare * 2 + free / 128 : spare / 8);
    free -= spare < free ? spare : free;
    if ( opt.total && opt.total <= free )
        return opt.total;

    share = share < free ? share : free;
    /* Coarsely, so that a page more or less makes no other scenario. */
    return share - share % 32;
}

/* As many as now have room. */
static unsigned int fitting(unsigned int *chosen, const struct host *now)
{
    uint64_t left = share_of(now);
    unsigned int i, nr = 0;

    for ( i = 0; i < nr_guests; i++ )
    {
        if ( guests[i].mib > left )
            continue;
        left -= guests[i].mib;
        chosen[nr++] = i;
    }

    return nr;
}

/* Those that there are: all, unless a phase had room for some only. */
static unsigned int again(unsigned int *chosen, const struct host *now)
{
    unsigned int i, nr = 0;

    for ( i = 0; i < nr_guests; i++ )
        if ( guests[i].domid )
            chosen[nr++] = i;

    return nr ?: all(chosen, now);
}

static const struct phase phases[] = {
    { .name = "boot", .choose = all },
    { .name = "reboot", .choose = half },
    { .name = "crowd", .choose = crowd, .patience = 1 },
    { .name = "worn", .choose = fitting, .worn = true },
    { .name = "faults", .choose = again, .disturbed = true },
};

#define NR_PHASES (sizeof(phases) / sizeof(*phases))

static bool wanted[NR_PHASES] = { true, true, true };
static bool cost;

/* --- Options ------------------------------------------------------------- */

static void usage(FILE *to)
{
    fprintf(to,
"Usage: storm [options] KERNEL\n"
"\n"
"Builds domains in parallel until the host is nearly full, reboots half of\n"
"them, destroys all. KERNEL is a PV kernel that is loaded but never run.\n"
"\n"
"  --mode MODE      how builders get memory (claimset):\n"
"                   affinity  they only name the nodes that they want\n"
"                   host      and claim host-wide\n"
"                   claimset  they claim on nodes, and populate these by name\n"
"                   steered   they claim on nodes, and populate as ever\n"
"                   stockxl   it is all left to `xl create`, as it is without\n"
"                   xl        the series, or with it\n"
"  --phases P,...   of boot, reboot, crowd, worn, faults (the first three):\n"
"                   crowd   more domains than fit are built\n"
"                   worn    few chunks of 2M are left\n"
"                   faults  builders are killed, pages fail, dom0 hogs memory\n"
"  --builders N     at the same time (%u)\n"
"  --fill PERCENT   of the free memory goes to domains (%u),\n"
"  --total MIB      or this much of it\n"
"  --domains N      at most\n"
"  --sizes MIB,...  of domains: each is given one of these at random\n"
"  --wide MIB       of one domain more\n"
"  --pvh            they are PVH, not PV, and split unevenly\n"
"  --wear PERCENT   of the chunks of 2M are broken on the node that has the\n"
"                   fewest; from the beginning, or %u in phase worn only\n"
"  --cost           only measure what a page costs to populate\n"
"  --seed N         of all that is random (%u)\n"
"  --jitter MS      by which builders are late at most (%u)\n"
"  --patience S     for which a builder waits for memory (%u)\n"
"  --sample MS      between looks at the host's memory (%u)\n"
"  --limit S        until a phase is given up as stuck (%u)\n"
"\n"
"Exit status: 0 domains were built or had no room, and all is as before; 1\n"
"something else happened; 2 the storm could not be started; 3 it got stuck.\n",
            opt.builders, opt.fill, WEAR, opt.seed, opt.jitter, opt.patience,
            opt.sample, opt.limit);
}

static const struct mode *parse_mode(const char *text)
{
    unsigned int i;

    for ( i = 0; i < sizeof(modes) / sizeof(*modes); i++ )
        if ( !strcmp(text, modes[i].name) )
            return &modes[i];
    die(2, "--mode %s: must be affinity, host, claimset, steered, stockxl,"
        " or xl", text);
}

static void parse_phases(char *text)
{
    char *name;
    unsigned int i;

    memset(wanted, 0, sizeof(wanted));
    for ( name = strtok(text, ","); name; name = strtok(NULL, ",") )
    {
        for ( i = 0; i < NR_PHASES && strcmp(name, phases[i].name); i++ )
            ;
        if ( i == NR_PHASES )
            die(2, "--phases %s: must be boot, reboot, crowd, worn, or "
                "faults", name);
        wanted[i] = true;
    }
}

static void parse_sizes(char *text)
{
    char *size;

    opt.nr_sizes = 0;
    for ( size = strtok(text, ","); size; size = strtok(NULL, ",") )
    {
        if ( opt.nr_sizes == sizeof(opt.sizes) / sizeof(*opt.sizes) )
            die(2, "--sizes: %u sizes are enough", opt.nr_sizes);
        opt.sizes[opt.nr_sizes++] = number("sizes", size, 4, 1 << 20);
    }
    if ( !opt.nr_sizes )
        die(2, "--sizes: name one at least");
}

static void parse_options(int argc, char *argv[])
{
    static const struct {
        const char *name;
        unsigned int *value, least, most;
    } numbers[] = {
        { "builders", &opt.builders, 1, MAX_DOMAINS },
        { "domains", &opt.domains, 1, MAX_DOMAINS },
        { "fill", &opt.fill, 1, 100 },
        { "total", &opt.total, 0, 1 << 24 },
        { "wide", &opt.wide, 0, 1 << 24 },
        { "wear", &opt.wear, 0, 100 },
        { "seed", &opt.seed, 0, ~0U },
        { "jitter", &opt.jitter, 0, 10000 },
        { "patience", &opt.patience, 0, 3600 },
        { "sample", &opt.sample, 1, 10000 },
        { "limit", &opt.limit, 1, 86400 },
    };
    enum { NUMBERS = sizeof(numbers) / sizeof(*numbers) };
    struct option longs[NUMBERS + 7] = {
        { "mode", required_argument, NULL, 'm' },
        { "phases", required_argument, NULL, 'p' },
        { "sizes", required_argument, NULL, 's' },
        { "pvh", no_argument, NULL, 'P' },
        { "cost", no_argument, NULL, 'C' },
        { "help", no_argument, NULL, 'h' },
    };
    unsigned int i;
    int c;

    for ( i = 0; i < NUMBERS; i++ )
        longs[6 + i] = (struct option){
            numbers[i].name, required_argument, NULL, 256 + i,
        };

    while ( (c = getopt_long(argc, argv, "h", longs, NULL)) != -1 )
    {
        switch ( c )
        {
        case 'm':
            opt.mode = parse_mode(optarg);
            break;

        case 'p':
            parse_phases(optarg);
            break;

        case 's':
            parse_sizes(optarg);
            break;

        case 'P':
            opt.pvh = true;
            break;

        case 'C':
            cost = true;
            break;

        case 'h':
            usage(stdout);
            exit(0);

        case '?':
            usage(stderr);
            exit(2);

        default:
            i = c - 256;
            *numbers[i].value = number(numbers[i].name, optarg,
                                       numbers[i].least, numbers[i].most);
            break;
        }
    }

    opt.kernel = kernel_argument(argc, argv, usage);
}

/* --- The storm ----------------------------------------------------------- */

/*
 * Sizes at random until the memory is used up; the last takes what is left. And
 * so many of the smallest that they need twice as much as there is then.
 */
static void make_guests(const struct host *host)
{
    unsigned int least = least_size(), most = opt.wide, i;
    unsigned int order[MAX_DOMAINS], mib[MAX_DOMAINS];
    uint64_t seed = opt.seed, left = share_of(host);
    uint64_t spare = free_mib(host) - left;

    for ( i = 0; i < opt.nr_sizes; i++ )
        most = opt.sizes[i] > most ? opt.sizes[i] : most;
    if ( opt.total > left || most > left )
        die(2, "--total, --sizes, --wide: domains can have %llu MiB of this "
            "host", (unsigned long long)left);

    nr_guests = 0;
    if ( opt.wide )
    {
        mib[nr_guests++] = opt.wide;
        left -= opt.wide;
    }
    while ( left >= least && nr_guests < opt.domains )
    {
        unsigned int size = opt.sizes[random_below(&seed, opt.nr_sizes)];

        if ( size > left )
            size = left;
        mib[nr_guests++] = size;
        left -= size;
    }
    if ( !nr_guests )
        die(2, "the host has no memory for a domain: give it more, or --sizes "
            "that are smaller");

    for ( i = 0; i < nr_guests; i++ )
        order[i] = i;
    shuffle(order, nr_guests, &seed);
    for ( i = 0; i < nr_guests; i++ )
        guests[i].mib = mib[order[i]];

    nr_crowd = 2 * spare / least;
    if ( nr_crowd > MAX_DOMAINS - nr_guests )
        nr_crowd = MAX_DOMAINS - nr_guests;
    for ( i = 0; i < nr_crowd; i++ )
        guests[nr_guests + i].mib = least;
}

static void forget(struct guest *g)
{
    struct guest kept = {
        .mib = g->mib, .pvh = opt.pvh, .domid = g->domid,
    };

    *g = kept;
}

static void destroy_all(xc_interface *xch)
{
    unsigned int i;

    for ( i = 0; i < nr_guests + nr_crowd; i++ )
    {
        if ( !guests[i].domid )
            continue;
        if ( xc_domain_destroy(xch, guests[i].domid) )
            complain("destroying domain %u: %s", guests[i].domid,
                     strerror(errno));
        guests[i].domid = 0;
    }
}

static void perform(xc_interface *xch, const struct phase *phase,
                    const struct host *host)
{
    unsigned int chosen[MAX_DOMAINS], nr, i;
    uint64_t dirtied, dirty;
    struct host now;
    double ms;

    if ( phase->worn )
    {
        destroy_all(xch);
        settle(xch, host, &now);
        await_clean(xch);
        if ( !opt.wear )
            wear_host(xch, WEAR);
    }
    if ( read_memory(xch, &now) || read_dirty(xch, &dirtied) )
        return;
    nr = phase->choose(chosen, &now);

    for ( i = 0; i < nr; i++ )
    {
        dirtied += guests[chosen[i]].domid
                   ? guests[chosen[i]].mib * PAGES_PER_MIB : 0;
        forget(&guests[chosen[i]]);
    }

    record_phase(phase, nr);
    ms = run_phase(xch, phase, chosen, nr);

    if ( read_dirty(xch, &dirty) || read_memory(xch, &now) ||
         read_placement(xch, host, guests, nr_guests + nr_crowd) ||
         read_consistent(xch) )
        return;
    for ( i = 0; i < nr; i++ )
    {
        struct guest *g = &guests[chosen[i]];

        dirtied += g->wasted;
        if ( g->state == BUILT && opt.mode->claims )
            read_left(xch, g->domid, &g->left);
    }
    if ( now.outstanding )
        complain("all is built, but %llu pages are still claimed",
                 (unsigned long long)now.outstanding);
    record_builds(host, phase, chosen, nr, ms, dirty,
                  dirtied > dirty ? dirtied - dirty : 0);
}

/*
 * Event channels and mappings of so many domains at once let dom0 have some
 * pages of Xen's for good.
 */
static void forgive(xc_interface *xch, struct host *before)
{
    struct host now;
    unsigned int n;

    if ( read_stable_memory(xch, &now) )
        return;
    for ( n = 0; n < now.nr_nodes; n++ )
        if ( now.free[n] < before->free[n] &&
             now.free[n] + DOM0_PAGES >= before->free[n] )
            before->free[n] = now.free[n];
}

static int finish(void)
{
    if ( !faults )
        printf("@done\n");

    return faults > 0;
}

int main(int argc, char *argv[])
{
    struct host before, worn, after;
    bool disturbed = false;
    xc_interface *xch;
    unsigned int i;

    /* Whole lines, for there are many to write them. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    setvbuf(stderr, NULL, _IOLBF, 0);
    parse_options(argc, argv);

    shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if ( shared == MAP_FAILED )
        die(2, "mmap: %s", strerror(errno));
    guests = shared->guests;

    xch = open_xen();
    if ( cost )
    {
        measure_cost(xch);
        return finish();
    }

    if ( read_stable_memory(xch, &before) )
        return 2;
    await_clean(xch);
    worn = before;
    if ( opt.wear )
    {
        wear_host(xch, opt.wear);
        if ( read_memory(xch, &worn) )
            return 2;
    }
    make_guests(&worn);
    record_scenario(&worn);

    for ( i = 0; i < NR_PHASES; i++ )
    {
        if ( !wanted[i] )
            continue;
        perform(xch, &phases[i], &worn);
        disturbed = disturbed || phases[i].disturbed;
    }

    destroy_all(xch);
    renew_host(xch);
    if ( opt.mode->xl )
        forgive(xch, &before);
    settle(xch, &before, &after);
    /* Xen never stops counting a page as dirty that went offline so. */
    if ( !disturbed )
        await_clean(xch);
    read_consistent(xch);

    return finish();
}
