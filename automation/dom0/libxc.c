// SPDX-License-Identifier: GPL-2.0-only
/*
 * libxenctrl's side of claims: what is passed on, what is left alone, and what
 * happens to input that no hypervisor would take. Prints TAP; runs in dom0.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xenctrl.h>
#include <xenguest.h>

#define HOST   XEN_DOMCTL_CLAIM_MEMORY_HOST
#define LEGACY XEN_DOMCTL_CLAIM_MEMORY_LEGACY

/* An array that is longer than what any call here may write to. */
#define ROOM   80
#define POISON 0xa5

#define MAX_MIB 64

static xc_interface *xch;
static uint32_t domid;
static unsigned int nr_tests, nr_failed, nr_nodes;
static memory_claim_t claims[ROOM];

static bool ok(bool good, const char *fmt, ...)
{
    va_list args;

    printf("%s %u - ", good ? "ok" : "not ok", ++nr_tests);
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
    printf("\n");
    nr_failed += !good;

    return good;
}

static void bail_out(const char *what)
{
    printf("Bail out! %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Is this the error of a call that must fail? */
static bool fails(int rc, int error, const char *name)
{
    int seen = errno;
    bool good = ok(rc == -1 && seen == error, "%s: %s", name, strerror(error));

    if ( !good )
        printf("# returned %d, errno %d (%s)\n", rc, seen, strerror(seen));

    return good;
}

static void succeeds(int rc, const char *name)
{
    int seen = errno;

    if ( !ok(!rc, "%s", name) )
        printf("# returned %d, errno %d (%s)\n", rc, seen, strerror(seen));
}

/* --- Helpers ------------------------------------------------------------- */

static void poison(void)
{
    memset(claims, POISON, sizeof(claims));
}

/* Is all of the array as poison() left it, from this entry on? */
static bool untouched(unsigned int from)
{
    const unsigned char *byte = (const void *)(claims + from);

    for ( ; byte < (const unsigned char *)(claims + ROOM); byte++ )
        if ( *byte != POISON )
            return false;

    return true;
}

static int set(uint32_t target, uint64_t pages)
{
    memory_claim_t claim = { .pages = pages, .target = target };

    return xc_domain_claim_memory(xch, domid, 1, &claim);
}

/* Are the domain's claims just these? At most two. */
static bool has(unsigned int nr, uint32_t target0, uint64_t pages0,
                uint32_t target1, uint64_t pages1)
{
    memory_claim_t now[ROOM];
    uint32_t nr_now = ROOM, i;

    if ( xc_domain_get_claims(xch, domid, &nr_now, now) )
    {
        printf("# reading the claims: %s\n", strerror(errno));
        return false;
    }

    if ( nr_now == nr &&
         (nr < 1 || (now[0].target == target0 && now[0].pages == pages0)) &&
         (nr < 2 || (now[1].target == target1 && now[1].pages == pages1)) )
        return true;

    for ( i = 0; i < nr_now; i++ )
        printf("# claimed: %#x: %llu\n", now[i].target,
               (unsigned long long)now[i].pages);

    return false;
}

static uint64_t outstanding(void)
{
    xc_physinfo_t info;

    if ( xc_physinfo(xch, &info) )
        bail_out("xc_physinfo");

    return info.outstanding_pages;
}

static uint64_t free_pages(unsigned int node)
{
    xc_meminfo_t mem[ROOM];
    unsigned int nr = ROOM;

    if ( xc_numainfo(xch, &nr, mem, NULL) )
        bail_out("xc_numainfo");

    return mem[node].memfree >> XC_PAGE_SHIFT;
}

static uint32_t create(void)
{
    struct xen_domctl_createdomain config = {
        .max_vcpus = 1,
        .max_evtchn_port = -1,
        .max_grant_frames = 1,
        .max_maptrack_frames = 1,
        .grant_opts = XEN_DOMCTL_GRANT_version(1),
    };
#ifdef DOMID_ANY
    uint32_t id = DOMID_ANY;
#else
    uint32_t id = 0;
#endif

    if ( xc_domain_create(xch, &id, &config) ||
         xc_domain_setmaxmem(xch, id, MAX_MIB << 10) )
        bail_out("creating a domain");

    return id;
}

/* --- Reading ------------------------------------------------------------- */

static void test_get(void)
{
    memory_claim_t both[] = {
        { .pages = 10, .target = 0 },
        { .pages = 5, .target = HOST },
    };
    uint32_t nr = 0;

    succeeds(xc_domain_get_claims(xch, domid, &nr, NULL),
             "get: null array asks a domain without claims");
    ok(nr == 0, "get: which has 0");

    poison();
    nr = 4;
    succeeds(xc_domain_get_claims(xch, domid, &nr, claims),
             "get: an array for a domain without claims");
    ok(nr == 0 && untouched(0), "get: 0 entries, and the array left alone");

    succeeds(xc_domain_claim_memory(xch, domid, 2, both), "set: two targets");
    nr = 0;
    succeeds(xc_domain_get_claims(xch, domid, &nr, NULL),
             "get: null array asks for the number");
    ok(nr == 2, "get: which is 2");

    poison();
    nr = 1;
    fails(xc_domain_get_claims(xch, domid, &nr, claims), ENOBUFS,
          "get: an array that is too short");
    ok(nr == 2, "get: a short array gets to know the number");
    ok(untouched(0), "get: a short array is left alone");

    poison();
    nr = 0;
    fails(xc_domain_get_claims(xch, domid, &nr, claims), ENOBUFS,
          "get: an array of no entries is not a null array");
    ok(nr == 2 && untouched(0), "get: it gets to know the number, too");

    poison();
    nr = 2;
    succeeds(xc_domain_get_claims(xch, domid, &nr, claims),
             "get: an array that just fits");
    ok(nr == 2 && claims[0].target == HOST && claims[0].pages == 5 &&
       claims[1].target == 0 && claims[1].pages == 10 && !claims[0].pad &&
       !claims[1].pad, "get: host-wide first, then the node");
    ok(untouched(2), "get: nothing beyond them is written");

    poison();
    nr = ~0U;
    succeeds(xc_domain_get_claims(xch, domid, &nr, claims),
             "get: an array of 2^32 - 1 entries");
    ok(nr == 2 && untouched(2), "get: only the entries there are, are written");

    nr = 4;
    fails(xc_domain_get_claims(xch, domid, &nr, NULL), EFAULT,
          "get: null array of 4 entries");
    ok(nr == 4, "get: the number is left alone");

    poison();
    nr = 4;
    fails(xc_domain_get_claims(xch, 0x7ff0 - 1, &nr, claims), ESRCH,
          "get: no such domain");
    ok(nr == 4 && untouched(0), "get: array and number are left alone");
}

/* --- Installing ---------------------------------------------------------- */

static void test_bad_sets(void)
{
    static const struct {
        const char *name;
        int error;
        memory_claim_t claims[2];
    } bad[] = {
        { "set: node beyond all", ENOENT, { { .target = 0x3fffffff } } },
        { "set: both selectors at a time", EINVAL,
          { { .target = HOST | LEGACY } } },
        { "set: host-wide and a node at a time", EINVAL,
          { { .target = HOST | 1 } } },
        { "set: a node twice", EINVAL, { { .pages = 1 }, { .pages = 2 } } },
        { "set: host-wide twice", EINVAL,
          { { .pages = 1, .target = HOST }, { .pages = 1, .target = HOST } } },
        { "set: legacy beside another", EINVAL,
          { { .pages = 1, .target = LEGACY }, { .pages = 1 } } },
        { "set: pad", EINVAL, { { .pages = 1, .pad = 1 } } },
        { "set: 2^64 - 1 pages", EINVAL, { { .pages = ~0ULL } } },
        { "set: 2^32 pages", EINVAL, { { .pages = 1ULL << 32 } } },
        { "set: more than max_mem", EINVAL,
          { { .pages = (MAX_MIB << 8) + 1 } } },
        { "set: more than max_mem in all", EINVAL,
          { { .pages = MAX_MIB << 8 }, { .pages = 1, .target = HOST } } },
    };
    memory_claim_t many[ROOM] = {};
    unsigned int i;

    succeeds(set(0, 3), "set: one target replaces two");
    ok(has(1, 0, 3, 0, 0), "set: only that is left");

    for ( i = 0; i < sizeof(bad) / sizeof(*bad); i++ )
        fails(xc_domain_claim_memory(xch, domid,
                                     bad[i].claims[1].pages ? 2 : 1,
                                     bad[i].claims), bad[i].error, bad[i].name);

    fails(set(nr_nodes, 1), ENOENT, "set: node that is not online");
    fails(xc_domain_claim_memory(xch, domid, 0, NULL), EINVAL,
          "set: no entries");
    fails(xc_domain_claim_memory(xch, domid, 0, many), EINVAL,
          "set: no entries of an array");
    fails(xc_domain_claim_memory(xch, domid, 1, NULL), EFAULT,
          "set: null array of 1 entry");
    fails(xc_domain_claim_memory(xch, domid, 66, many), E2BIG,
          "set: 66 entries");
    /* The array is not read: there is not so much of it. */
    fails(xc_domain_claim_memory(xch, domid, 1 << 20, many), E2BIG,
          "set: 2^20 entries");
    fails(xc_domain_claim_memory(xch, domid, ~0U, many), E2BIG,
          "set: 2^32 - 1 entries");
    fails(xc_domain_claim_memory(xch, 0x7ff0 - 1, 1, many), ESRCH,
          "set: no such domain");
    ok(has(1, 0, 3, 0, 0), "set: the claims are what they were");
}

static void test_too_much(void)
{
    memory_claim_t sum[] = {
        { .pages = 1, .target = 0 },
        { .pages = 0, .target = 1 },
    };
    uint64_t before = outstanding();

    if ( xc_domain_setmaxmem(xch, domid, 1ULL << 32) )
        bail_out("xc_domain_setmaxmem");

    fails(set(0, free_pages(0) + 1), ENOMEM, "set: more than the node has");
    fails(set(HOST, 1U << 30), ENOMEM, "set: more than the host has");
    ok(has(1, 0, 3, 0, 0) && outstanding() == before,
       "set: the claims are what they were");

    if ( nr_nodes > 1 )
    {
        sum[1].pages = free_pages(1) + 1;
        fails(xc_domain_claim_memory(xch, domid, 2, sum), ENOMEM,
              "set: fits on the first node, but not on the second");
        ok(has(1, 0, 3, 0, 0) && outstanding() == before,
           "set: nothing of it is installed");
    }

    if ( xc_domain_setmaxmem(xch, domid, MAX_MIB << 10) )
        bail_out("xc_domain_setmaxmem");
}

static void test_release(void)
{
    memory_claim_t none[] = { { .target = 0 }, { .target = HOST } };
    uint64_t before = outstanding();

    succeeds(xc_domain_claim_memory(xch, domid, 2, none),
             "release: a set of 0 pages");
    ok(has(0, 0, 0, 0, 0), "release: no claims are left");
    ok(outstanding() == before - 3, "release: the host's count is lower");
    succeeds(xc_domain_claim_memory(xch, domid, 2, none), "release: twice");
}

/* --- Redeeming, the old call, the call for one node ---------------------- */

static void test_redeem(void)
{
    xen_pfn_t pfns[] = { 0, 1, 2, 3 };

    succeeds(set(0, 10), "redeem: claim 10 pages of a node");
    succeeds(xc_domain_populate_physmap_exact(xch, domid, 4, 0,
                                              XENMEMF_exact_node(0), pfns),
             "redeem: populate 4");
    ok(has(1, 0, 6, 0, 0), "redeem: 6 are left");
}

static void test_old_call(void)
{
    /* The domain has 4 pages and a claim of 6. */
    fails(xc_domain_claim_pages(xch, domid, 20), EINVAL,
          "old call: refused while there are claims");
    succeeds(xc_domain_claim_pages(xch, domid, 0),
             "old call: 0 releases claims on nodes, too");
    ok(has(0, 0, 0, 0, 0), "old call: no claims are left");
    succeeds(xc_domain_claim_pages(xch, domid, 20), "old call: claim");
    ok(has(1, HOST, 16, 0, 0), "old call: what the domain has is subtracted");
    succeeds(set(HOST, 20), "old call: replaced by a set");
    ok(has(1, HOST, 20, 0, 0), "old call: for which it is not");
    fails(xc_domain_claim_pages(xch, 0x7ff0 - 1, 1), EINVAL,
          "old call: no such domain");
}

static void test_one_node(void)
{
    succeeds(xc_domain_claim_pages_node(xch, domid, 0, 7), "one node: claim");
    ok(has(1, 0, 7, 0, 0), "one node: replaces what was claimed");
    succeeds(xc_domain_claim_pages_node(xch, domid, XC_NUMA_NO_NODE, 8),
             "one node: no node");
    ok(has(1, HOST, 8, 0, 0), "one node: no node is host-wide");

    fails(xc_domain_claim_pages_node(xch, domid, HOST, 9), ENOENT,
          "one node: a selector is no node");
    fails(xc_domain_claim_pages_node(xch, domid, LEGACY, 9), ENOENT,
          "one node: nor is the other");
    fails(xc_domain_claim_pages_node(xch, domid, ~0U - 1, 9), ENOENT,
          "one node: nor is -2");
    fails(xc_domain_claim_pages_node(xch, domid, nr_nodes, 9), ENOENT,
          "one node: not online");
    ok(has(1, HOST, 8, 0, 0), "one node: the claim is what it was");

    /* 4 pages of MAX_MIB are there already. */
    succeeds(xc_domain_claim_pages_node(xch, domid, 0, MAX_MIB << 9),
             "one node: more than max_mem");
    ok(has(1, 0, (MAX_MIB << 8) - 4, 0, 0),
       "one node: what max_mem allows is claimed");
    succeeds(xc_domain_claim_pages_node(xch, domid, 0, ~0UL),
             "one node: 2^64 - 1 pages");
    ok(has(1, 0, (MAX_MIB << 8) - 4, 0, 0),
       "one node: what max_mem allows is claimed");
    fails(xc_domain_claim_pages_node(xch, 0x7ff0 - 1, 0, 1), ESRCH,
          "one node: no such domain");

    if ( xc_domain_setmaxmem(xch, domid, 16) )
        bail_out("xc_domain_setmaxmem");
    fails(xc_domain_claim_pages_node(xch, domid, 0, 1), EINVAL,
          "one node: the domain has all that it may have");
    if ( xc_domain_setmaxmem(xch, domid, MAX_MIB << 10) )
        bail_out("xc_domain_setmaxmem");
    ok(has(1, 0, (MAX_MIB << 8) - 4, 0, 0),
       "one node: the claim is what it was again");

    succeeds(xc_domain_claim_pages_node(xch, domid, 0, 0), "one node: 0 pages");
    ok(has(0, 0, 0, 0, 0), "one node: 0 pages release everything");
}

/* --- Nodes' memory ------------------------------------------------------- */

static void test_meminfo(void)
{
    xen_sysctl_node_meminfo_t mem[ROOM], empty;
    xc_meminfo_t old[ROOM];
    memory_claim_t both[] = {
        { .pages = 10, .target = 0 }, { .pages = 5, .target = HOST },
    };
    unsigned int nr = 0, nr_old = ROOM, i;
    uint64_t size0;
    bool same = true;

    succeeds(xc_numa_meminfo(xch, &nr, NULL), "meminfo: ask for the number");
    ok(nr == nr_nodes, "meminfo: it is that of xc_numainfo()");

    if ( xc_domain_claim_memory(xch, domid, 2, both) )
        bail_out("claiming");
    memset(mem, POISON, sizeof(mem));
    memset(&empty, POISON, sizeof(empty));
    nr = ROOM;
    succeeds(xc_numa_meminfo(xch, &nr, mem), "meminfo: read all");
    if ( xc_numainfo(xch, &nr_old, old, NULL) )
        bail_out("xc_numainfo");
    for ( i = 0; i < nr_nodes; i++ )
        if ( mem[i].size > old[i].memsize || mem[i].size < mem[i].free ||
             mem[i].free != old[i].memfree )
        {
            printf("# node %u: size %llu, %llu; free %llu, %llu\n", i,
                   (unsigned long long)mem[i].size,
                   (unsigned long long)old[i].memsize,
                   (unsigned long long)mem[i].free,
                   (unsigned long long)old[i].memfree);
            same = false;
        }
    ok(nr == nr_nodes && same, "meminfo: agrees with xc_numainfo()");
    ok(mem[0].claimed == 10 << XC_PAGE_SHIFT,
       "meminfo: what is claimed on a node is in bytes");
    for ( same = true, i = 1; i < nr_nodes; i++ )
        same = same && !mem[i].claimed;
    ok(same, "meminfo: what is claimed host-wide is on none");
    ok(!memcmp(&mem[nr_nodes], &empty, sizeof(empty)),
       "meminfo: nothing beyond the nodes is written");

    size0 = mem[0].size;
    memset(mem, POISON, sizeof(mem));
    nr = 1;
    succeeds(xc_numa_meminfo(xch, &nr, mem), "meminfo: an array of 1 entry");
    ok(nr == 1 && mem[0].size == size0 &&
       !memcmp(&mem[1], &empty, sizeof(empty)),
       "meminfo: 1 entry is written");

    memset(mem, POISON, sizeof(mem));
    nr = ~0U;
    succeeds(xc_numa_meminfo(xch, &nr, mem),
             "meminfo: an array of 2^32 - 1 entries");
    ok(nr == nr_nodes && !memcmp(&mem[nr_nodes], &empty, sizeof(empty)),
       "meminfo: as many as there are nodes are written");

    nr = 0;
    succeeds(xc_numa_meminfo(xch, &nr, &empty), "meminfo: no entries");
    ok(nr == 0 && empty.size != size0,
       "meminfo: none of an array of 0 is written");
}

/* --- Pages of a domain on each node -------------------------------------- */

/* What Xen writes to its console for a debug key, if it is not too much. */
static const char *press_key(const char *key)
{
    static char text[64 << 10];
    static uint32_t index;
    unsigned int nr;

    do {
        nr = sizeof(text) - 1;
        if ( xc_readconsolering(xch, text, &nr, 0, 1, &index) )
            bail_out("xc_readconsolering");
    } while ( nr );

    nr = sizeof(text) - 1;
    if ( xc_send_debug_keys(xch, key) ||
         xc_readconsolering(xch, text, &nr, 0, 1, &index) )
        bail_out("xc_send_debug_keys");
    text[nr] = '\0';

    return text;
}

/* Are these the pages that debug key 'u' finds on the nodes? */
static bool as_debug_key_u(uint32_t id, const uint64_t *pages)
{
    const char *text = press_key("u"), *at;
    char line[64];
    unsigned int node;

    snprintf(line, sizeof(line), "Domain %u (total: ", id);
    at = strstr(text, line);
    if ( !at )
    {
        snprintf(line, sizeof(line), " d%u (total: ", id);
        at = strstr(text, line);
    }

    for ( node = 0; at && node < nr_nodes; node++ )
    {
        snprintf(line, sizeof(line), "    Node %u: %llu\n", node,
                 (unsigned long long)pages[node]);
        at = strstr(at, line);
    }
    if ( !at )
        printf("# d%u is not there with \"%s\"\n", id, line);

    return at;
}

static void test_node_pages(void)
{
    uint64_t pages[ROOM], poisoned, sum = 0;
    unsigned int last = nr_nodes - 1, i;
    xen_pfn_t pfns[] = { 100, 101, 102 };
    uint32_t nr = 0;

    memset(&poisoned, POISON, sizeof(poisoned));
    memset(pages, POISON, sizeof(pages));

    succeeds(xc_domain_numa_get_node_pages(xch, domid, &nr, NULL),
             "node pages: ask for the number of nodes");
    ok(nr == nr_nodes, "node pages: it is that of xc_numainfo()");

    if ( xc_domain_populate_physmap_exact(xch, domid, 3, 0,
                                          XENMEMF_exact_node(last), pfns) )
        bail_out("xc_domain_populate_physmap_exact");
    nr = ROOM;
    succeeds(xc_domain_numa_get_node_pages(xch, domid, &nr, pages),
             "node pages: read");
    /* 4 of node 0 are from test_redeem(). */
    ok(nr == nr_nodes && pages[last] == (last ? 3 : 7) &&
       pages[0] == (last ? 4 : 7), "node pages: where they were populated");
    ok(pages[nr] == poisoned, "node pages: nothing beyond them is written");
    ok(as_debug_key_u(domid, pages), "node pages: as debug key 'u' has them");

    nr = ROOM;
    succeeds(xc_domain_numa_get_node_pages(xch, 0, &nr, pages),
             "node pages: those of dom0");
    for ( i = 0; i < nr_nodes; i++ )
        sum += pages[i];
    ok(sum > 1000 && as_debug_key_u(0, pages),
       "node pages: as debug key 'u' has them");

    memset(pages, POISON, sizeof(pages));
    nr = nr_nodes - 1;
    fails(xc_domain_numa_get_node_pages(xch, domid, &nr, pages), ERANGE,
          "node pages: an array that is too short");
    ok(nr == nr_nodes && pages[0] == poisoned,
       "node pages: it gets to know the number, and is left alone");
    nr = 0;
    fails(xc_domain_numa_get_node_pages(xch, domid, &nr, pages), ERANGE,
          "node pages: an array of no entries is not a null array");
    nr = ~0U;
    succeeds(xc_domain_numa_get_node_pages(xch, domid, &nr, pages),
             "node pages: an array of 2^32 - 1 entries");
    ok(nr == nr_nodes && pages[nr] == poisoned,
       "node pages: only the entries there are, are written");
    nr = 4;
    fails(xc_domain_numa_get_node_pages(xch, domid, &nr, NULL), EFAULT,
          "node pages: null array of 4 entries");
    ok(nr == 4, "node pages: the number is left alone");
    memset(pages, POISON, sizeof(pages));
    nr = ROOM;
    fails(xc_domain_numa_get_node_pages(xch, 0x7ff0 - 1, &nr, pages), ESRCH,
          "node pages: no such domain");
    ok(nr == ROOM && pages[0] == poisoned,
       "node pages: array and number are left alone");
}

static void test_destroy(uint64_t before)
{
    uint32_t nr = 0;

    succeeds(xc_domain_destroy(xch, domid), "destroy: a domain with claims");
    ok(outstanding() == before, "destroy: they are gone");
    fails(xc_domain_get_claims(xch, domid, &nr, NULL), ESRCH,
          "destroy: its claims cannot be read any more");
}

int main(void)
{
    uint64_t before;

    setvbuf(stdout, NULL, _IOLBF, 0);
    xch = xc_interface_open(NULL, NULL, 0);
    if ( !xch )
        bail_out("xc_interface_open");
    if ( xc_numainfo(xch, &nr_nodes, NULL, NULL) )
        bail_out("xc_numainfo");

    before = outstanding();
    domid = create();

    test_get();
    test_bad_sets();
    test_too_much();
    test_release();
    test_redeem();
    test_old_call();
    test_one_node();
    test_meminfo();
    test_node_pages();
    test_destroy(before);

    printf("1..%u\n", nr_tests);
    return nr_failed ? 1 : 0;
}
