// SPDX-License-Identifier: GPL-2.0-only
/* Builds one domain, PV or PVH, as libxl does. */

#include <elf.h>
#include <errno.h>
#include <string.h>

#include "storm.h"

#include <xenguest.h>   /* needs xenctrl.h, which storm.h includes */
#include <xen/elfnote.h>

/*
 * What a domain may have beyond the memory that it is built with. Page tables,
 * start info, console and store pages are part of that memory for a PV domain,
 * and so of its claims. Xen's own pages for it are nobody's claim.
 */
#define SLACK_PAGES PAGES_PER_MIB

/* From here on, a PVH domain with a local APIC has no memory below 4G. */
#define HOLE_START  0xfee00000UL
#define HOLE_END    (1UL << 32)

#define PVH_START   0x100000

/* The least that libxenguest takes for a PVH kernel. It never runs. */
static struct {
    Elf32_Ehdr header;
    Elf32_Phdr segments[2];
    struct {
        Elf32_Nhdr header;
        char name[4];
        uint32_t entry;
    } note;
} pvh_kernel = {
    .header = {
        .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32,
                     ELFDATA2LSB, EV_CURRENT },
        .e_type = ET_EXEC, .e_machine = EM_386, .e_version = EV_CURRENT,
        .e_entry = PVH_START, .e_phoff = sizeof(Elf32_Ehdr),
        .e_ehsize = sizeof(Elf32_Ehdr), .e_phentsize = sizeof(Elf32_Phdr),
        .e_phnum = 2, .e_shentsize = sizeof(Elf32_Shdr),
    },
    .segments = {
        {
            .p_type = PT_LOAD, .p_vaddr = PVH_START, .p_paddr = PVH_START,
            .p_filesz = sizeof(pvh_kernel), .p_memsz = sizeof(pvh_kernel),
            .p_flags = PF_R | PF_X, .p_align = 1,
        }, {
            .p_type = PT_NOTE, .p_offset = offsetof(typeof(pvh_kernel), note),
            .p_filesz = sizeof(pvh_kernel.note),
            .p_memsz = sizeof(pvh_kernel.note), .p_flags = PF_R, .p_align = 4,
        },
    },
    .note = {
        .header = { .n_namesz = 4, .n_descsz = 4,
                    .n_type = XEN_ELFNOTE_PHYS32_ENTRY },
        .name = "Xen", .entry = PVH_START,
    },
};

/* Remember what went wrong, and that something did. */
static bool failed(struct guest *g, const char *stage)
{
    g->stage = stage;
    g->error = errno ?: EIO;
    return false;
}

/* Xen chooses the ID of a new domain. */
#ifndef DOMID_ANY
#define DOMID_ANY 0
#endif

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
    uint32_t domid = g->domid ? g->domid : DOMID_ANY;

    if ( g->pvh )
    {
        config.flags = XEN_DOMCTL_CDF_hvm | XEN_DOMCTL_CDF_hap;
        config.arch.emulation_flags = XEN_X86_EMU_LAPIC;
    }

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

bool prepare_guest(xc_interface *xch, struct guest *g)
{
    /* As libxl has it for one vCPU. */
    uint64_t mib = 1 + (g->mib + 127) / 128;

    g->error = 0;
    if ( g->pvh && xc_set_paging_mempool_size(xch, g->domid, mib << 20) )
        return failed(g, "set the paging pool");

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

/* Only the log of libxenguest tells how it populated a PVH domain. */
struct extents {
    xentoollog_logger vtable;
    unsigned long nr[3];                    /* of 4K, 2M, 1G */
};

static void read_log(xentoollog_logger *log, xentoollog_level level,
                     int errnoval, const char *context, const char *format,
                     va_list args)
{
    static const char *const lines[] = {
        "4KB PAGES: ", "2MB PAGES: ", "1GB PAGES: ",
    };
    struct extents *extents = (struct extents *)log;
    char text[128];
    unsigned int i;

    (void)level;
    (void)errnoval;
    (void)context;
    vsnprintf(text, sizeof(text), format, args);
    for ( i = 0; i < 3; i++ )
    {
        const char *line = strstr(text, lines[i]);

        if ( line )
            sscanf(line + strlen(lines[i]), "%lx", &extents->nr[i]);
    }
}

static void end_log(xentoollog_logger *log)
{
    (void)log;
}

static bool count_extents(struct guest *g, const unsigned long *nr)
{
    g->chunks = nr[1];
    g->giants = nr[2];

    return nr[0] + ((nr[1] + (nr[2] << 9)) << 9) == g->mib * PAGES_PER_MIB;
}

/* What the domain has of guest-physical memory; PV ones have no hole. */
struct layout {
    xen_vmemrange_t ranges[2 * MAX_NODES];
    unsigned int nr_ranges;
    unsigned int nodes[MAX_NODES];          /* virtual ones, where they are */
};

static void add_range(struct layout *layout, uint64_t start, uint64_t end,
                      unsigned int node)
{
    if ( start < end )
        layout->ranges[layout->nr_ranges++] = (xen_vmemrange_t){
            .start = start, .end = end, .nid = node,
        };
}

/*
 * A virtual node for each claim, on the physical node of the claim: for these,
 * libxenguest populates with XENMEMF_exact_node.
 */
static void lay_out(const struct guest *g, struct layout *layout)
{
    uint64_t hole = g->pvh ? HOLE_START : ~0UL, start = 0, end;
    unsigned int i;

    layout->nr_ranges = 0;
    for ( i = 0; i < g->nr_claims; i++, start = end )
    {
        layout->nodes[i] = g->claims[i].target;
        end = start + (g->claims[i].pages << XC_PAGE_SHIFT);
        if ( start < hole && end > hole )
        {
            add_range(layout, start, hole, i);
            start = HOLE_END;
            end += HOLE_END - HOLE_START;
        }
        add_range(layout, start, end, i);
        if ( end == hole )
            end = HOLE_END;
    }
}

static void set_pvh(struct xc_dom_image *dom, const struct guest *g)
{
    uint64_t bytes = (uint64_t)g->mib << 20;

    dom->container_type = XC_DOM_HVM_CONTAINER;
    dom->max_vcpus = 1;
    dom->target_pages = g->mib * PAGES_PER_MIB;
    dom->mmio_start = HOLE_START;
    dom->mmio_size = HOLE_END - HOLE_START;
    dom->lowmem_end = bytes < HOLE_START ? bytes : HOLE_START;
    if ( bytes > HOLE_START )
        dom->highmem_end = HOLE_END + bytes - HOLE_START;
}

static int load_kernel(struct xc_dom_image *dom, const struct guest *g,
                       const char *kernel)
{
    return g->pvh ? xc_dom_kernel_mem(dom, &pvh_kernel, sizeof(pvh_kernel))
                  : xc_dom_kernel_file(dom, kernel);
}

bool build_guest(xc_interface *xch, struct guest *g, const char *kernel,
                 enum populate populate)
{
    struct extents extents = { .vtable = { read_log, NULL, end_log } };
    struct xc_dom_image *dom;
    struct layout layout;
    bool done;

    g->error = 0;
    if ( g->pvh )
        xch = open_xen_logged(&extents.vtable);
    errno = 0;
    dom = xc_dom_allocate(xch, NULL, NULL);
    if ( !dom )
        return failed(g, "allocate");

    if ( g->pvh )
        set_pvh(dom, g);
    else
        dom->container_type = XC_DOM_PV_CONTAINER;
    dom->claim_enabled = populate == ANYWHERE_CLAIMED;
    if ( populate == WHERE_CLAIMED )
    {
        lay_out(g, &layout);
        dom->vmemranges = layout.ranges;
        dom->nr_vmemranges = layout.nr_ranges;
        dom->vnode_to_pnode = layout.nodes;
        dom->nr_vnodes = g->nr_claims;
    }

    /* Some of these fail without an errno. */
#define STEP(call) (g->stage = #call, errno = 0, !(call))
    done = STEP((int)(dom->console_evtchn =
                      xc_evtchn_alloc_unbound(xch, g->domid, 0)) < 0) &&
           STEP((int)(dom->xenstore_evtchn =
                      xc_evtchn_alloc_unbound(xch, g->domid, 0)) < 0) &&
           STEP(load_kernel(dom, g, kernel)) &&
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
    else if ( !g->pvh )
        g->chunks = count_chunks(dom);
    else if ( !count_extents(g, extents.nr) )
    {
        errno = ENOMSG;
        done = failed(g, "read libxenguest's log");
    }
    xc_dom_release(dom);
    if ( g->pvh )
        xc_interface_close(xch);

    if ( done )
        g->stage = "built";
    return done;
}
