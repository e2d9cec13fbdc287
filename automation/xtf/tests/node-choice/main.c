/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/node-choice/main.c
 * @ref test-node-choice
 *
 * @page test-node-choice node-choice
 *
 * From which nodes a domain without claims on nodes gets its memory: long
 * sequences of allocations and frees, of all sizes, with and without a node
 * named, and with changing affinities, until there is nothing left.  Each gives
 * a line "choice NAME DIGEST", to be compared with that of another hypervisor;
 * with the argument NAME also a line for each step of that sequence.
 *
 * What is free, and in which pieces, differs a little from one hypervisor to
 * another.  So all of the host's memory is taken, and the same part of each
 * node given back, before any sequence starts.
 *
 * @see tests/node-choice/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/random.h>
#include <helpers/start_info.h>

const char test_title[] = "Which nodes are chosen without claims";

#define MAX_PAGES   (1UL << 20)
#define NODES       4
#define STEPS       4000
#define MAX_EXTENTS 4096

struct choice {
    const char *name;
    /* What a step may do, as well as allocate and free. */
    bool named, exact, affinity, limited;
};

static struct extent {
    xen_pfn_t frame;
    unsigned int order;
} extents[MAX_EXTENTS];
static unsigned int nr_extents;

static struct random dice;
static uint64_t digest;
static bool in_full;

/* FNV-1a */
static void digest_byte(uint8_t byte)
{
    digest = (digest ^ byte) * 0x100000001b3;
}

static unsigned int random_flags(const struct choice *choice)
{
    unsigned int node = random_below(&dice, NODES), flags = 0;

    switch ( random_below(&dice, 4) )
    {
    case 0:
        if ( choice->named )
            flags = XENMEMF_node(node);
        break;

    case 1:
        if ( choice->exact )
            flags = XENMEMF_exact_node(node);
        break;

    default:
        break;
    }

    if ( choice->limited && !random_below(&dice, 4) )
        flags |= XENMEMF_address_bits(27 + random_below(&dice, 6));

    return flags;
}

static void allocate(domid_t d, const struct choice *choice)
{
    static const unsigned int orders[] = { 0, 0, 0, 3, 3, 9 };
    unsigned int order = orders[random_below(&dice, ARRAY_SIZE(orders))];
    unsigned int nr = 1 + random_below(&dice, 8), flags = random_flags(choice);
    xen_pfn_t frames[8] = {};
    char text[24] = "";
    long done;

    if ( nr_extents + nr > MAX_EXTENTS )
        return;

    done = populate_frames(d, frames, nr, order, flags);
    for ( long i = 0; i < done; i++ )
    {
        unsigned int node = mfn_to_node(frames[i]);

        digest_byte(node);
        snprintf(text + 2 * i, sizeof(text) - 2 * i, " %u", node);
        extents[nr_extents++] = (struct extent){ frames[i], order };
    }
    digest_byte(0x80 + done);
    if ( in_full )
        printk("choice %s: order %u, flags %#x: %ld of %u,%s\n", choice->name,
               order, flags, done, nr, text);
}

static void free_one(domid_t d)
{
    struct extent *extent = &extents[random_below(&dice, nr_extents)];

    CHECK_EQ(decrease_reservation(d, &extent->frame, 1, extent->order), 1);
    *extent = extents[--nr_extents];
}

static void run(const struct choice *choice, domid_t d)
{
    in_full = !strcmp(command_line(), choice->name);
    dice.state = 1;
    digest = 0xcbf29ce484222325;

    for ( unsigned int i = 0; i < STEPS; i++ )
    {
        unsigned int kind = random_below(&dice, 100);

        if ( kind == 0 && choice->affinity )
        {
            uint64_t nodes = 1 + random_below(&dice, (1U << NODES) - 1);

            CHECK_EQ(domain_set_node_affinity(d, nodes), 0);
            if ( in_full )
                printk("choice %s: affinity %#lx\n", choice->name, nodes);
        }
        else if ( kind < 45 )
            allocate(d, choice);
        else if ( nr_extents )
            free_one(d);
    }

    while ( nr_extents )
        free_one(d);
    printk("choice %s %016lx\n", choice->name, digest);
}

static const struct choice choices[] = {
    { .name = "plain" },
    { .name = "named", .named = true },
    { .name = "exact", .exact = true },
    { .name = "affinity", .affinity = true },
    { .name = "limited", .limited = true },
    { .name = "all", .named = true, .exact = true, .affinity = true,
      .limited = true },
};
static const struct choice claimed = {
    .name = "host-wide-claim", .named = true, .exact = true, .affinity = true,
};
static const struct choice full = {
    .name = "full-nodes", .named = true, .exact = true, .affinity = true,
};

static int create(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);

    if ( d < 0 )
        panic("No domain: %d\n", d);

    return d;
}

static void fill(domid_t domid, unsigned int node)
{
    /* Superpages may be gone already, unlike where fill_node() is for. */
    for ( int order = 9; order >= 0; order-- )
        populate_all(domid, 0, order, XENMEMF_exact_node(node));
    CHECK_EQ(node_free_pages(node), 0);
}

/*
 * Leave free of each node the range from 128 MiB to 256 MiB of it, which is one
 * piece then, and of node 0 also that from 64 MiB, for which requests with an
 * address limit have to go to the end of the allocator's zones.
 */
static void leave_ranges(domid_t domid)
{
    static xen_pfn_t frames[NODES][256];

    for ( unsigned int node = 0; node < NODES; node++ )
    {
        long nr = populate_frames(domid, frames[node], 256, 9,
                                  XENMEMF_exact_node(node));
        unsigned long freed = 0;

        fill(domid, node);
        for ( long i = 0; i < nr; i++ )
        {
            unsigned long mib = (frames[node][i] >> 8) % 512;

            if ( mib >= (node ? 128 : 64) && mib < 256 )
                freed += decrease_reservation(domid, &frames[node][i], 1, 9);
        }
        if ( freed != (node ? 64 : 96) )
            panic("Only %lu of node %u's superpages are free\n", freed, node);
    }
}

static void claim_host_wide(domid_t domid, unsigned long pages)
{
    xen_memory_reservation_t claim = {
        .nr_extents = domain_tot_pages(domid) + pages,
        .domid = domid,
    };

    CHECK_EQ(hypercall_memory_op(XENMEM_claim_pages, &claim), 0);
}

void test_main(void)
{
    int other = create(), d[ARRAY_SIZE(choices)];

    for ( unsigned int i = 0; i < ARRAY_SIZE(d); i++ )
        d[i] = create();
    leave_ranges(other);

    for ( unsigned int i = 0; i < ARRAY_SIZE(d); i++ )
        run(&choices[i], d[i]);

    claim_host_wide(other, 1000);
    claim_host_wide(d[0], 50000);
    run(&claimed, d[0]);

    fill(other, 1);
    fill(other, 3);
    run(&full, d[1]);

    xtf_success(NULL);
}
