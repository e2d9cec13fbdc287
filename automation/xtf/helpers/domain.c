/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/arch.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <helpers/events.h>
#include <helpers/flask.h>
#include <helpers/memory.h>
#include <helpers/spinlock.h>

/* How often to ask whether a dead domain is gone: about a second. */
#define MAX_POLLS 10000

static void expedite_rcu(void)
{
    wake_cpus();
    hypercall_yield();
}

static int create(enum domain_kind kind, const char *label)
{
    static unsigned int nr_created;
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_createdomain,
        .domain = DOMID_NEW,
        .u.createdomain = {
            .max_vcpus = 1,
            .max_evtchn_port = -1,
            .max_grant_frames = 4,
            .max_maptrack_frames = 4,
            .grant_opts = XEN_DOMCTL_GRANT_version(1),
        },
    };
    unsigned int nr = __atomic_add_fetch(&nr_created, 1, __ATOMIC_RELAXED);
    long rc;

    needs_dom0();
    dom_exc_port();

    op.u.createdomain.ssidref = flask_sid(label);
    memcpy(op.u.createdomain.handle, &nr, sizeof(nr));

    if ( kind == DOMAIN_PVH )
        op.u.createdomain.flags = XEN_DOMCTL_CDF_hvm | XEN_DOMCTL_CDF_hap;
    configure_domain(&op.u.createdomain);

    rc = domctl_op(&op);

    return rc ? rc : op.domain;
}

int domain_create_bare(enum domain_kind kind)
{
    return create(kind, FLASK_DOMU);
}

int domain_create(enum domain_kind kind, unsigned long max_pages)
{
    return domain_create_labelled(kind, max_pages, FLASK_DOMU);
}

int domain_create_labelled(enum domain_kind kind, unsigned long max_pages,
                           const char *label)
{
    int domid = create(kind, label);
    long rc;

    if ( domid < 0 )
        return domid;

    rc = domain_set_max_pages(domid, max_pages);
    if ( !rc && kind == DOMAIN_PVH )
        rc = domain_set_paging_pool(domid, PAGING_POOL_DEFAULT);

    if ( rc )
    {
        domain_destroy(domid);
        return rc;
    }

    return domid;
}

long domain_set_max_pages(domid_t domid, unsigned long pages)
{
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_max_mem,
        .domain = domid,
        .u.max_mem.max_memkb = pages * (PAGE_SIZE >> 10),
    };

    return domctl_op(&op);
}

long domain_set_paging_pool(domid_t domid, uint64_t bytes)
{
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_set_paging_mempool_size,
        .domain = domid,
        .u.paging_mempool.size = bytes,
    };

    return domctl_op(&op);
}

long domain_set_node_affinity(domid_t domid, uint64_t nodes)
{
    uint8_t bitmap[sizeof(nodes)];
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_setnodeaffinity,
        .domain = domid,
        .u.nodeaffinity.nodemap.nr_bits = sizeof(nodes) * 8,
    };

    memcpy(bitmap, &nodes, sizeof(bitmap));
    set_xen_guest_handle(op.u.nodeaffinity.nodemap.bitmap, bitmap);

    return domctl_op(&op);
}

long domain_max_vcpus(domid_t domid, unsigned int nr)
{
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_max_vcpus,
        .domain = domid,
        .u.max_vcpus.max = nr,
    };

    return domctl_op(&op);
}

long domain_info(domid_t domid, struct xen_domctl_getdomaininfo *info)
{
    xen_domctl_t op = {
        .cmd = XEN_DOMCTL_getdomaininfo,
        .domain = domid,
    };
    long rc = domctl_op(&op);

    if ( rc )
        return rc;

    /* Xen answers with the next domain where there is none of that ID. */
    if ( op.domain != domid )
        return -ESRCH;

    *info = op.u.getdomaininfo;

    return 0;
}

unsigned long domain_tot_pages(domid_t domid)
{
    struct xen_domctl_getdomaininfo info;

    return domain_info(domid, &info) ? 0 : info.tot_pages;
}

unsigned long domain_outstanding_pages(domid_t domid)
{
    struct xen_domctl_getdomaininfo info;

    return domain_info(domid, &info) ? 0 : info.outstanding_pages;
}

long domain_kill(domid_t domid)
{
    long rc;

    do {
        xen_domctl_t op = {
            .cmd = XEN_DOMCTL_destroydomain,
            .domain = domid,
        };

        rc = domctl_op(&op);
    } while ( rc == -ERESTART || rc == -EAGAIN );

    return rc;
}

/*
 * Xen raises VIRQ_DOM_EXC when a domain has been killed, and again when the
 * last of its memory was freed after an RCU grace period. On a busy machine
 * the second one can come before the first was seen; by the time that polling
 * ends, long grace periods are over, too. The event does not tell which domain
 * was freed: one that was only killed before may end the wait early.
 */
long domain_destroy(domid_t domid)
{
    static DEFINE_SPINLOCK(lock);
    evtchn_port_t port = dom_exc_port();
    struct xen_domctl_getdomaininfo info;
    bool exists = true, freed = false;
    long rc;

    spin_lock(&lock);

    rc = domain_kill(domid);
    test_and_clear_event(port);

    for ( unsigned int i = 0; !rc && !freed && i < MAX_POLLS; i++ )
    {
        expedite_rcu();
        exists = exists && !domain_info(domid, &info);
        freed = !exists && test_and_clear_event(port);
    }

    spin_unlock(&lock);

    return rc ?: exists ? -EBUSY : 0;
}

unsigned long wait_for_free_pages(unsigned long pages)
{
    for ( unsigned int i = 0; i < MAX_POLLS && host_free_pages() < pages; i++ )
        expedite_rcu();

    return host_free_pages();
}
