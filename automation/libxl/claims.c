// SPDX-License-Identifier: LGPL-2.1-only
/*
 * libxl's claims beside a hypervisor that is a few variables: what is claimed
 * for which host, what is said of it, and is all memory freed? Prints TAP.
 * Built with the sanitizers, which end it where something is wrong.
 */

#include "libxl_osdeps.h"

#include <sys/mman.h>

#include "libxl_internal.h"

#include <xencall.h>
#include <xenforeignmemory.h>
#include <xendevicemodel.h>
#include <xenstore.h>

#define NODES 4
#define DOMID 7
#define MIB 256                 /* pages */

/* --- The hypervisor ------------------------------------------------------ */

static struct {
    bool knows_claims, counts_pages;
    uint64_t size[NODES], free[NODES], claimed[NODES], host_claimed;
    unsigned int affinity;      /* bitmap of nodes */
    uint64_t max_pages, pages[NODES];
    memory_claim_t set[NODES + 1];
    unsigned int nr_set;        /* claims of the domain */
    unsigned int nr_refuse;     /* how many sets are refused with ENOMEM */
    unsigned int nr_calls;      /* how many sets there were */
} xen;

static uint64_t sum(const uint64_t *of)
{
    return of[0] + of[1] + of[2] + of[3];
}

static int fail(int error)
{
    errno = error;
    return -1;
}

static int claim_memory(struct xen_domctl_claim_memory *op)
{
    if (!xen.knows_claims)
        return fail(ENOSYS);

    if (op->mode == XEN_DOMCTL_CLAIM_MEMORY_GET) {
        if (op->nr_entries < xen.nr_set) {
            op->nr_entries = xen.nr_set;
            return fail(ENOBUFS);
        }
        memcpy(op->claim_set.p, xen.set, xen.nr_set * sizeof(*xen.set));
        op->nr_entries = xen.nr_set;
        return 0;
    }

    xen.nr_calls++;
    if (xen.nr_refuse) {
        xen.nr_refuse--;
        return fail(ENOMEM);
    }
    memcpy(xen.set, op->claim_set.p, op->nr_entries * sizeof(*xen.set));
    xen.nr_set = op->nr_entries == 1 && !xen.set[0].pages ? 0 : op->nr_entries;
    return 0;
}

static void get_info(xc_domaininfo_t *info)
{
    memset(info, 0, sizeof(*info));
    info->domain = DOMID;
    info->max_pages = xen.max_pages;
    info->tot_pages = sum(xen.pages);
}

static int domctl(struct xen_domctl *op)
{
    if (op->domain != DOMID)
        return fail(ESRCH);

    switch (op->cmd) {
    case XEN_DOMCTL_getdomaininfo:
        get_info(&op->u.getdomaininfo);
        return 0;

    case XEN_DOMCTL_getnodeaffinity:
        memset(op->u.nodeaffinity.nodemap.bitmap.p, 0,
               op->u.nodeaffinity.nodemap.nr_bits / 8);
        *op->u.nodeaffinity.nodemap.bitmap.p = xen.affinity;
        return 0;

    case XEN_DOMCTL_claim_memory:
        return claim_memory(&op->u.claim_memory);

    case XEN_DOMCTL_numa_op:
        if (!xen.counts_pages)
            return fail(EOPNOTSUPP);
        if (op->u.numa_op.nr_nodes >= NODES)
            memcpy(op->u.numa_op.pages.p, xen.pages, sizeof(xen.pages));
        else if (op->u.numa_op.pages.p)
            return fail(ERANGE);
        op->u.numa_op.nr_nodes = NODES;
        return 0;
    }

    return fail(ENOSYS);
}

static int sysctl(struct xen_sysctl *op)
{
    unsigned int i, j;

    switch (op->cmd) {
    case XEN_SYSCTL_getdomaininfolist: /* up to 4.17 of one domain, too */
        op->u.getdomaininfolist.num_domains =
            op->u.getdomaininfolist.first_domain <= DOMID;
        if (op->u.getdomaininfolist.num_domains)
            get_info(op->u.getdomaininfolist.buffer.p);
        return 0;

    case XEN_SYSCTL_physinfo:
        op->u.physinfo.nr_cpus = op->u.physinfo.nr_nodes = NODES;
        op->u.physinfo.max_cpu_id = op->u.physinfo.max_node_id = NODES - 1;
        op->u.physinfo.total_pages = sum(xen.size);
        op->u.physinfo.free_pages = sum(xen.free);
        op->u.physinfo.outstanding_pages = xen.host_claimed + sum(xen.claimed);
        return 0;

    case XEN_SYSCTL_cputopoinfo:
        for (i = 0; op->u.cputopoinfo.cputopo.p && i < NODES; i++)
            op->u.cputopoinfo.cputopo.p[i] = (xen_sysctl_cputopo_t){ i, i, i };
        op->u.cputopoinfo.num_cpus = NODES;
        return 0;

    case XEN_SYSCTL_numainfo:
        for (i = 0; op->u.numainfo.meminfo.p && i < NODES; i++) {
            op->u.numainfo.meminfo.p[i].memsize = xen.size[i] * XC_PAGE_SIZE;
            op->u.numainfo.meminfo.p[i].memfree = xen.free[i] * XC_PAGE_SIZE;
            for (j = 0; j < NODES; j++)
                op->u.numainfo.distance.p[i * NODES + j] = i == j ? 10 : 20;
        }
        op->u.numainfo.num_nodes = NODES;
        return 0;

    case XEN_SYSCTL_numa_meminfo:
        if (!xen.knows_claims)
            return fail(ENOSYS);
        for (i = 0; op->u.numa_meminfo.meminfo.p && i < NODES; i++) {
            op->u.numa_meminfo.meminfo.p[i].size = xen.size[i] * XC_PAGE_SIZE;
            op->u.numa_meminfo.meminfo.p[i].free = xen.free[i] * XC_PAGE_SIZE;
            op->u.numa_meminfo.meminfo.p[i].claimed =
                xen.claimed[i] * XC_PAGE_SIZE;
        }
        op->u.numa_meminfo.max_nodes = NODES;
        return 0;
    }

    return fail(ENOSYS);
}

/* What stands between it and libxenctrl. */

static char handle;

xencall_handle *xencall_open(struct xentoollog_logger *l, unsigned int flags)
{
    return (void *)&handle;
}

int xencall_close(xencall_handle *h)
{
    return 0;
}

int xencall1(xencall_handle *h, unsigned int op, uint64_t arg)
{
    void *p = (void *)(uintptr_t)arg;

    return op == __HYPERVISOR_domctl ? domctl(p) :
           op == __HYPERVISOR_sysctl ? sysctl(p) : fail(ENOSYS);
}

int xencall2(xencall_handle *h, unsigned int op, uint64_t a, uint64_t b)
{
    return fail(ENOSYS);
}

long xencall2L(xencall_handle *h, unsigned int op, uint64_t a, uint64_t b)
{
    return fail(ENOSYS);
}

/* Not of whole pages, so that one byte too many is noticed. */
void *xencall_alloc_buffer(xencall_handle *h, size_t size)
{
    return malloc(size);
}

void xencall_free_buffer(xencall_handle *h, void *p)
{
    free(p);
}

void *xencall_alloc_buffer_pages(xencall_handle *h, size_t nr)
{
    return calloc(nr, XC_PAGE_SIZE);
}

void xencall_free_buffer_pages(xencall_handle *h, void *p, size_t nr)
{
    free(p);
}

xenforeignmemory_handle *xenforeignmemory_open(struct xentoollog_logger *l,
                                               unsigned int flags)
{
    return (void *)&handle;
}

int xenforeignmemory_close(xenforeignmemory_handle *h)
{
    return 0;
}

xendevicemodel_handle *xendevicemodel_open(struct xentoollog_logger *l,
                                           unsigned int flags)
{
    return (void *)&handle;
}

int xendevicemodel_close(xendevicemodel_handle *h)
{
    return 0;
}

struct xs_handle *xs_open(unsigned long flags)
{
    return (void *)&handle;
}

void xs_close(struct xs_handle *h)
{
}

void xs_daemon_close(struct xs_handle *h)
{
}

/* No domain has a name. */
void *xs_read(struct xs_handle *h, xs_transaction_t t, const char *path,
              unsigned int *len)
{
    errno = ENOENT;
    return NULL;
}

/* --- Log ----------------------------------------------------------------- */

static char said[4096];

static void record(struct xentoollog_logger *l, xentoollog_level level,
                   int errnoval, const char *context, const char *format,
                   va_list al)
{
    size_t len = strlen(said);

    if (level < XTL_DETAIL || len > sizeof(said) - 2)
        return;
    vsnprintf(said + len, sizeof(said) - 1 - len, format, al);
    strcat(said, "\n");
}

static void progress(struct xentoollog_logger *l, const char *context,
                     const char *doing, int percent, unsigned long done,
                     unsigned long total)
{
}

static void destroy(struct xentoollog_logger *l)
{
}

static xentoollog_logger logger = { record, progress, destroy };

/* --- Tests --------------------------------------------------------------- */

static unsigned int tests, failed;

#define check(what, ...) do {                                               \
    bool ok_ = (what);                                                      \
    printf("%sok %u - ", ok_ ? "" : "not ", ++tests);                       \
    printf(__VA_ARGS__);                                                    \
    printf("\n");                                                           \
    if (!ok_) {                                                             \
        failed++;                                                           \
        printf("# line %d, rc %d, claims:", __LINE__, rc);                  \
        for (unsigned int i_ = 0; i_ < xen.nr_set; i_++)                    \
            printf(" %#x:%"PRIu64, xen.set[i_].target, xen.set[i_].pages);  \
        printf("\n# said: %s\n", said);                                     \
    }                                                                       \
} while (0)

static libxl_ctx *ctx;
static libxl_domain_config config;
static libxl__domain_build_state state;
static int rc;

static void setup(libxl_claim_policy policy, unsigned int affinity,
                  uint64_t mib)
{
    unsigned int i;

    memset(&xen, 0, sizeof(xen));
    xen.knows_claims = xen.counts_pages = true;
    for (i = 0; i < NODES; i++)
        xen.size[i] = xen.free[i] = 1024 * MIB;
    xen.affinity = affinity;
    xen.max_pages = mib * MIB;

    libxl_domain_config_dispose(&config);
    libxl_domain_config_init(&config);
    config.c_info.type = LIBXL_DOMAIN_TYPE_PV;
    libxl_domain_build_info_init_type(&config.b_info, LIBXL_DOMAIN_TYPE_PV);
    config.b_info.max_vcpus = 1;
    config.b_info.claim_policy = policy;
    config.b_info.target_memkb = config.b_info.max_memkb = mib * 1024;
    memset(&state, 0, sizeof(state));
    said[0] = 0;
}

static void claim(void)
{
    GC_INIT(ctx);

    rc = libxl__claim_memory(gc, DOMID, &config, &state);
    GC_FREE;
}

static void end(void)
{
    GC_INIT(ctx);

    rc = libxl__claims_finish(gc, DOMID, &config.b_info, &state);
    GC_FREE;
}

/* In MiB: on nodes 0 to 3, and host-wide. */
static bool claims(uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                   uint64_t host)
{
    const uint64_t want[NODES] = { a, b, c, d };
    uint64_t have[NODES] = {}, any = 0;
    unsigned int i;

    for (i = 0; i < xen.nr_set; i++)
        if (xen.set[i].target < NODES)
            have[xen.set[i].target] += xen.set[i].pages;
        else
            any += xen.set[i].pages;

    for (i = 0; i < NODES; i++)
        if (have[i] != want[i] * MIB)
            return false;

    return any == host * MIB;
}

static bool says(const char *text)
{
    return strstr(said, text);
}

#define STRICT LIBXL_CLAIM_POLICY_STRICT
#define PREFER LIBXL_CLAIM_POLICY_PREFER

static void test_plans(void)
{
    setup(PREFER, 1 << 1, 300);
    claim();
    check(!rc && claims(0, 300, 0, 0, 0) && state.claimed, "one node");

    setup(PREFER, 1 << 1 | 1 << 2, 301);
    claim();
    check(!rc && claims(0, 151, 150, 0, 0), "two nodes, in even parts");

    setup(PREFER, 1 << 1 | 1 << 2 | 1 << 3, 1500);
    xen.free[2] = 101 * MIB;
    claim();
    check(!rc && claims(0, 700, 100, 700, 0),
          "one of three has less room: the others have more");

    setup(PREFER, 1 << 1 | 1 << 2, 400);
    xen.claimed[1] = 1000 * MIB;
    claim();
    check(!rc && claims(0, 24, 376, 0, 0), "what others claimed is no room");

    setup(PREFER, 0xf, 300);
    claim();
    check(!rc && claims(0, 0, 0, 0, 300), "all nodes: host-wide");

    setup(PREFER, 1 << 1, 300);
    xen.free[0] = xen.free[2] = xen.free[3] = 0;
    claim();
    check(!rc && claims(0, 300, 0, 0, 0),
          "other nodes that are full: still on the node");

    setup(PREFER, 1 << 1, 300);
    xen.size[0] = xen.size[2] = xen.size[3] = 0;
    xen.free[0] = xen.free[2] = xen.free[3] = 0;
    claim();
    check(!rc && claims(0, 0, 0, 0, 300),
          "other nodes without memory: host-wide");

    setup(PREFER, 1 << 1, 300);
    xen.pages[1] = 100 * MIB;
    claim();
    check(!rc && claims(0, 200, 0, 0, 0), "not what it has already");

    setup(PREFER, 1 << 1, 300);
    state.soft_reset = true;
    claim();
    check(!rc && !xen.nr_calls && !state.claimed,
          "a soft reset claims nothing");
}

static void test_room(void)
{
    setup(PREFER, 1 << 1, 300);
    xen.free[1] = 47 * MIB;
    claim();
    check(!rc && claims(0, 47, 0, 0, 253) && says("253 MiB do not fit"),
          "prefer: what does not fit is host-wide, and that is said");

    setup(STRICT, 1 << 1, 300);
    xen.free[1] = 47 * MIB;
    claim();
    check(rc == ERROR_NOMEM && !xen.nr_calls && !state.claimed,
          "strict: refused, and nothing is claimed");
    check(says("strict") && says("node 1 lacks 253 MiB (has 47 of 300)"),
          "and what the node lacks is said");

    setup(STRICT, 1 << 1, 5000);
    claim();
    check(rc == ERROR_NOMEM && says("needs 5000 MiB, and 4096 MiB"),
          "more than the host has: refused, whatever the nodes have");

    setup(PREFER, 1 << 1, 3000);
    xen.host_claimed = 1100 * MIB;
    claim();
    check(rc == ERROR_NOMEM && says("2996 MiB of the host's"),
          "what others claimed host-wide is not free either");

    setup(STRICT, 1 << 1, 300);
    xen.nr_refuse = 3;
    claim();
    check(!rc && claims(0, 300, 0, 0, 0) && xen.nr_calls == 4,
          "others were quicker three times: the fourth try");

    setup(STRICT, 1 << 1, 300);
    xen.nr_refuse = 1000;
    claim();
    check(rc == ERROR_NOMEM && !state.claimed && xen.nr_calls <= 10 &&
          says("others were quicker"), "always: given up, and that is said");

    setup(PREFER, 1 << 1, 300);
    xen.knows_claims = false;
    claim();
    check(!rc && !state.claimed &&
          libxl__builder_claims(&config.b_info, &state),
          "prefer, without claim sets: the builder claims host-wide");

    setup(STRICT, 1 << 1, 300);
    xen.knows_claims = false;
    claim();
    check(rc == ERROR_NI && says("strict") && says("claim_policy=\"prefer\""),
          "strict, likewise: refused, and what can be had is said");
}

static void add_vnode(unsigned int pnode, uint64_t mib)
{
    libxl_domain_build_info *info = &config.b_info;
    libxl_vnode_info *vnode;

    info->vnuma_nodes = realloc(info->vnuma_nodes,
                                (info->num_vnuma_nodes + 1) * sizeof(*vnode));
    vnode = &info->vnuma_nodes[info->num_vnuma_nodes++];
    libxl_vnode_info_init(vnode);
    vnode->pnode = pnode;
    vnode->memkb = mib * 1024;
}

static void test_vnuma(void)
{
    setup(PREFER, 0xf, 81);
    add_vnode(1, 48);
    add_vnode(2, 32);
    claim();
    check(!rc && claims(0, 49, 32, 0, 0),
          "vNUMA: by its nodes, special pages on the first");

    setup(PREFER, 0xf, 80);
    add_vnode(1, 48);
    add_vnode(2, 32);
    xen.free[2] = 30 * MIB;
    claim();
    check(rc == ERROR_NOMEM && says("node 2 lacks 2 MiB"),
          "and refused if one has not its part, under prefer, too");
}

static void test_end(void)
{
    setup(STRICT, 1 << 1, 300);
    claim();
    xen.pages[1] = 300 * MIB;
    end();
    check(!rc && !xen.nr_set && !state.claimed,
          "strict: when all is in place, what is left is released");

    setup(STRICT, 1 << 1, 300);
    claim();
    xen.pages[1] = 299 * MIB;
    xen.pages[2] = 1;
    end();
    check(rc == ERROR_FAIL && !xen.nr_set && says("4 KiB of the domain's"),
          "strict, with a page elsewhere: an error, nothing is left claimed");

    setup(PREFER, 1 << 1, 300);
    claim();
    xen.pages[1] = 299 * MIB;
    xen.pages[2] = 1;
    end();
    check(!rc && !xen.nr_set, "prefer, with a page elsewhere: no error");

    setup(STRICT, 1 << 1, 300);
    xen.counts_pages = false;
    claim();
    xen.pages[2] = 1;
    end();
    check(!rc && !xen.nr_set, "strict, where nobody counts: no error");
}

static void test_getters(void)
{
    libxl_domain_claims set;
    libxl_domain_node_memory memory;
    libxl_numainfo *info;
    int nr;

    setup(PREFER, 1 << 1 | 1 << 2, 300);
    xen.free[2] = 40 * MIB;
    xen.free[1] = 100 * MIB;
    claim();
    libxl_domain_claims_init(&set);
    rc = libxl_domain_get_claims(ctx, DOMID, &set);
    check(!rc && set.num_nodes == NODES && set.node_memkb[1] == 100 * 1024 &&
          set.node_memkb[2] == 40 * 1024 && !set.node_memkb[3] &&
          set.host_memkb == 160 * 1024, "libxl_domain_get_claims()");
    libxl_domain_claims_dispose(&set);

    libxl_domain_claims_init(&set);
    rc = libxl_domain_get_claims(ctx, DOMID + 1, &set);
    check(rc == ERROR_DOMAIN_NOTFOUND, "of a domain that there is not");
    libxl_domain_claims_dispose(&set);

    xen.pages[0] = 3;
    xen.pages[3] = 5;
    libxl_domain_node_memory_init(&memory);
    rc = libxl_domain_get_node_memory(ctx, DOMID, &memory);
    check(!rc && memory.num_nodes == NODES && memory.node_memkb[0] == 12 &&
          !memory.node_memkb[1] && memory.node_memkb[3] == 20,
          "libxl_domain_get_node_memory()");
    libxl_domain_node_memory_dispose(&memory);

    libxl_domain_node_memory_init(&memory);
    rc = libxl_domain_get_node_memory(ctx, DOMID + 1, &memory);
    check(rc == ERROR_DOMAIN_NOTFOUND && !memory.num_nodes,
          "of a domain that there is not");
    xen.counts_pages = false;
    rc = libxl_domain_get_node_memory(ctx, DOMID, &memory);
    check(rc == ERROR_NI && !memory.num_nodes, "where nobody counts");
    libxl_domain_node_memory_dispose(&memory);

    xen.claimed[3] = 8 * MIB;
    rc = 0;
    info = libxl_get_numainfo(ctx, &nr);
    check(info && nr == NODES && info[3].claimed == 8ULL << 20 &&
          !info[0].claimed, "libxl_get_numainfo()");
    libxl_numainfo_list_free(info, nr);

    xen.knows_claims = false;
    info = libxl_get_numainfo(ctx, &nr);
    check(info && nr == NODES &&
          info[3].claimed == LIBXL_NUMAINFO_INVALID_ENTRY &&
          info[3].free == 1024ULL << 20, "without claim sets");
    libxl_numainfo_list_free(info, nr);
}

int main(void)
{
    libxl_domain_config_init(&config);
    if (libxl_ctx_alloc(&ctx, LIBXL_VERSION, 0, &logger)) {
        printf("Bail out! no context: %s\n", said);
        return 1;
    }

    test_plans();
    test_room();
    test_vnuma();
    test_end();
    test_getters();

    libxl_domain_config_dispose(&config);
    libxl_ctx_free(ctx);
    printf("1..%u\n", tests);

    return failed != 0;
}
