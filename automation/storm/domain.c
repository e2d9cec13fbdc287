// SPDX-License-Identifier: GPL-2.0-only
/* Builds one PV domain, as libxl does. */

#include <errno.h>
#include <string.h>

#include "storm.h"

#include <xenguest.h>   /* needs xenctrl.h, which storm.h includes */

/*
 * What a domain may have beyond the memory that it is built with. Page tables,
 * start info, console and store pages are part of that memory for a PV domain,
 * and so of its claims. Xen's own pages for it are nobody's claim.
 */
#define SLACK_PAGES PAGES_PER_MIB

/* Remember what went wrong, and that something did. */
static bool failed(struct guest *g, const char *stage)
{
    g->stage = stage;
    g->error = errno ?: EIO;
    return false;
}

/* With the ID that it has already, or one of Xen's choice. */
bool create_guest(xc_interface *xch, struct guest *g, uint64_t max_pages)
{
    struct xen_domctl_createdomain config = {
        .max_vcpus = 1,
        .max_evtchn_port = -1,
        .max_grant_frames = 4,
        .max_maptrack_frames = 16,
        .grant_opts = XEN_DOMCTL_GRANT_version(1),
    };
    uint32_t domid = g->domid;

    g->error = 0;
    if ( xc_domain_create(xch, &domid, &config) )
    {
        g->domid = 0;
        return failed(g, "create");
    }
    g->domid = domid;

    if ( xc_domain_max_vcpus(xch, domid, 1) )
        return failed(g, "max_vcpus");
    if ( xc_domain_setmaxmem(xch, domid, (max_pages + SLACK_PAGES) <<
                                         (XC_PAGE_SHIFT - 10)) )
        return failed(g, "max_mem");

    g->stage = "created";
    return true;
}

bool claim_guest(xc_interface *xch, struct guest *g)
{
    g->error = 0;
    if ( xc_domain_claim_memory(xch, g->domid, g->nr_claims, g->claims) )
        return failed(g, "claim");

    g->stage = "claimed";
    return true;
}

/* Number of 2M chunks of the domain that are aligned 2M chunks of the host. */
static uint64_t count_chunks(const struct xc_dom_image *dom)
{
    uint64_t chunks = 0, pfn, i;

    for ( pfn = 0; pfn + PAGES_PER_2M <= dom->total_pages; pfn += PAGES_PER_2M )
    {
        const xen_pfn_t *mfn = &dom->pv_p2m[pfn];

        for ( i = 1; i < PAGES_PER_2M && mfn[i] == mfn[0] + i; i++ )
            ;
        chunks += i == PAGES_PER_2M && !(mfn[0] % PAGES_PER_2M);
    }

    return chunks;
}

bool build_guest(xc_interface *xch, struct guest *g, const char *kernel,
                 enum populate populate)
{
    xen_vmemrange_t ranges[MAX_NODES];
    unsigned int nodes[MAX_NODES], i;
    uint64_t start = 0;
    struct xc_dom_image *dom;
    bool done;

    g->error = 0;
    errno = 0;
    dom = xc_dom_allocate(xch, NULL, NULL);
    if ( !dom )
        return failed(g, "allocate");

    dom->container_type = XC_DOM_PV_CONTAINER;
    dom->claim_enabled = populate == ANYWHERE_CLAIMED;
    if ( populate == WHERE_CLAIMED )
    {
        /*
         * A virtual node for each claim, on the physical node of the claim:
         * for these, libxenguest populates with XENMEMF_exact_node.
         */
        for ( i = 0; i < g->nr_claims; i++ )
        {
            ranges[i] = (xen_vmemrange_t){ .start = start, .nid = i };
            start += g->claims[i].pages << XC_PAGE_SHIFT;
            ranges[i].end = start;
            nodes[i] = g->claims[i].target;
        }
        dom->vmemranges = ranges;
        dom->nr_vmemranges = g->nr_claims;
        dom->vnode_to_pnode = nodes;
        dom->nr_vnodes = g->nr_claims;
    }

    /* Some of these fail without an errno. */
#define STEP(call) (g->stage = #call, errno = 0, !(call))
    done = STEP((int)(dom->console_evtchn =
                      xc_evtchn_alloc_unbound(xch, g->domid, 0)) < 0) &&
           STEP((int)(dom->xenstore_evtchn =
                      xc_evtchn_alloc_unbound(xch, g->domid, 0)) < 0) &&
           STEP(xc_dom_kernel_file(dom, kernel)) &&
           STEP(xc_dom_boot_xen_init(dom, xch, g->domid)) &&
           STEP(xc_dom_parse_image(dom)) &&
           STEP(xc_dom_mem_init(dom, g->mib)) &&
           STEP(xc_dom_boot_mem_init(dom)) &&
           STEP(xc_dom_build_image(dom)) &&
           STEP(xc_dom_boot_image(dom)) &&
           STEP(xc_dom_gnttab_init(dom));
#undef STEP
    if ( !done )
        failed(g, g->stage);
    else
        g->chunks = count_chunks(dom);
    xc_dom_release(dom);

    if ( done )
        g->stage = "built";
    return done;
}
