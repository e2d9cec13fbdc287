/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/debug_keys.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <helpers/memory.h>
#include <helpers/string.h>

#define MAX_NODES 64

long claim_memory(domid_t domid, uint32_t mode, const memory_claim_t *claims,
                  uint32_t *nr_entries)
{
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_claim_memory,
        .domain = domid,
        .u.claim_memory = { .nr_entries = *nr_entries, .mode = mode },
    };
    long rc;

    set_xen_guest_handle(op.u.claim_memory.claim_set,
                         (memory_claim_t *)claims);
    rc = domctl_op(&op);
    *nr_entries = op.u.claim_memory.nr_entries;

    return rc;
}

long claims_set(domid_t domid, const memory_claim_t *claims, uint32_t nr)
{
    return claim_memory(domid, XEN_DOMCTL_CLAIM_MEMORY_SET, claims, &nr);
}

long claims_release(domid_t domid)
{
    return SET_CLAIMS(domid, CLAIM(HOST, 0));
}

long claim_pages(domid_t domid, unsigned long pages)
{
    xen_memory_reservation_t claim = { .nr_extents = pages, .domid = domid };

    return hypercall_memory_op(XENMEM_claim_pages, &claim);
}

bool check_claims(domid_t domid, const memory_claim_t *expected, uint32_t nr,
                  const char *file, unsigned int line)
{
    memory_claim_t claims[MAX_CLAIMS];
    uint32_t got = ARRAY_SIZE(claims);
    unsigned long sum = 0;
    bool same;

    if ( !CHECK_EQ_AT(claim_memory(domid, XEN_DOMCTL_CLAIM_MEMORY_GET, claims,
                                   &got), 0, "GET", file, line) )
        return false;

    same = got == nr;
    for ( unsigned int i = 0; i < nr; i++ )
    {
        sum += expected[i].pages;
        same = same && claims[i].pages == expected[i].pages &&
               claims[i].target == expected[i].target && !claims[i].pad;
    }

    if ( !same )
    {
        check_true(false, "the claims are as expected", file, line);
        for ( unsigned int i = 0; i < max(got, nr); i++ )
        {
            if ( i < nr )
                printk("  expected %lu of %#x\n",
                       (unsigned long)expected[i].pages, expected[i].target);
            if ( i < got )
                printk("  got      %lu of %#x\n",
                       (unsigned long)claims[i].pages, claims[i].target);
        }
    }

    CHECK_EQ_AT(domain_outstanding_pages(domid), sum, "outstanding_pages",
                file, line);
    if ( !claims_consistent() )
        check_true(false, "the hypervisor's counts are consistent", file,
                   line);

    return same;
}

unsigned long claimed_pages(domid_t domid, uint32_t target)
{
    memory_claim_t claims[MAX_CLAIMS];
    uint32_t nr = ARRAY_SIZE(claims);

    if ( claim_memory(domid, XEN_DOMCTL_CLAIM_MEMORY_GET, claims, &nr) )
        return 0;

    for ( unsigned int i = 0; i < nr; i++ )
        if ( claims[i].target == target )
            return claims[i].pages;

    return 0;
}

unsigned long node_claimed_pages(unsigned int node)
{
    xen_sysctl_node_meminfo_t meminfo[MAX_NODES];
    xen_sysctl_t op = {
        .cmd = XEN_SYSCTL_numa_meminfo,
        .u.numa_meminfo.max_nodes = ARRAY_SIZE(meminfo),
    };
    long rc;

    set_xen_guest_handle(op.u.numa_meminfo.meminfo, meminfo);
    rc = sysctl_op(&op);
    if ( rc || node >= op.u.numa_meminfo.max_nodes )
        panic("Cannot read the memory of node %u: %ld\n", node, rc);

    return meminfo[node].claimed >> PAGE_SHIFT;
}

bool claims_consistent(void)
{
    const char *text = debug_keys_output("m");

    if ( strstr(text, "Claims: ") && strstr(text, "    consistent\n") &&
         !strstr(text, "INCONSISTENT") )
        return true;

    printk("Debug key 'm':\n%s", text);

    return false;
}
