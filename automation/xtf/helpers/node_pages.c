/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/check.h>
#include <helpers/debug_keys.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <helpers/memory.h>
#include <helpers/node_pages.h>
#include <helpers/string.h>

#define MAX_NODES 64

long numa_op(domid_t domid, uint32_t op, uint32_t *nr_nodes, uint64_t *pages)
{
    xen_domctl_t domctl = {
        .cmd = XEN_DOMCTL_numa_op,
        .domain = domid,
        .u.numa_op = { .op = op, .nr_nodes = *nr_nodes },
    };
    long rc;

    set_xen_guest_handle(domctl.u.numa_op.pages, pages);
    rc = domctl_op(&domctl);
    *nr_nodes = domctl.u.numa_op.nr_nodes;

    return rc;
}

static void read_node_pages(domid_t domid, uint64_t *pages)
{
    uint32_t nr = MAX_NODES;
    long rc = numa_op(domid, XEN_DOMCTL_NUMA_OP_GET_NODE_PAGES, &nr, pages);

    if ( rc )
        panic("Cannot read the pages of d%u: %ld\n", domid, rc);
}

unsigned long domain_node_pages(domid_t domid, unsigned int node)
{
    uint64_t pages[MAX_NODES];

    read_node_pages(domid, pages);

    return pages[node];
}

/* Behind the domain's line: "Domain 1 (total: 2):", or "d1 (total: 2):". */
static const char *lines_of(const char *text, domid_t domid)
{
    char name[32];

    snprintf(name, sizeof(name), "Domain %u (total: ", domid);
    if ( !strstr(text, name) )
        snprintf(name, sizeof(name), "d%u (total: ", domid);

    return strstr(text, name);
}

bool check_node_pages(domid_t domid, const char *file, unsigned int line)
{
    uint64_t pages[MAX_NODES];
    unsigned long sum = 0;
    const char *text = lines_of(debug_keys_output("u"), domid);
    bool good = true;

    if ( !check_true(text, "debug key 'u' shows the domain", file, line) )
        return false;

    read_node_pages(domid, pages);
    for ( unsigned int node = 0; node < nr_nodes(); node++ )
    {
        char name[32];
        const char *found;

        snprintf(name, sizeof(name), "    Node %u: ", node);
        found = strstr(text, name);
        if ( !check_true(found, "debug key 'u' shows the node", file, line) )
            return false;
        good &= CHECK_EQ_AT(pages[node],
                            strtoul(found + strlen(name), NULL, 10),
                            "the domain's pages on a node", file, line);
        sum += pages[node];
    }

    return CHECK_EQ_AT(sum, domain_tot_pages(domid), "the sum of these", file,
                       line) && good;
}
