/* SPDX-License-Identifier: GPL-2.0-only */
/* Domains that a test makes: they get memory, but never run. */
#ifndef HELPERS_DOMAIN_H
#define HELPERS_DOMAIN_H

#include <xtf.h>

#include <xen/domctl.h>

/* What a new domain is called in the domctl that makes it: Xen chooses. */
#ifdef DOMID_ANY
#define DOMID_NEW DOMID_ANY
#else
#define DOMID_NEW DOMID_INVALID
#endif

enum domain_kind {
    DOMAIN_PV,
    DOMAIN_PVH, /* HVM with hardware-assisted paging. */
};

/*
 * A new domain that may have max_pages pages. A PVH domain also gets a paging
 * pool of PAGING_POOL_DEFAULT bytes. Returns its ID, or -errno.
 */
#define PAGING_POOL_DEFAULT (4UL << 20)
int domain_create(enum domain_kind kind, unsigned long max_pages);

/* The same with a FLASK label of its own (without FLASK: no difference). */
int domain_create_labelled(enum domain_kind kind, unsigned long max_pages,
                           const char *label);

/* The bare domctl: limits and pools are still those that Xen starts with. */
int domain_create_bare(enum domain_kind kind);

long domain_set_max_pages(domid_t domid, unsigned long pages);
long domain_set_paging_pool(domid_t domid, uint64_t bytes);
long domain_set_node_affinity(domid_t domid, uint64_t nodes);
long domain_max_vcpus(domid_t domid, unsigned int nr);

/* -ESRCH if there is no such domain. */
long domain_info(domid_t domid, struct xen_domctl_getdomaininfo *info);

/* Allocated and claimed pages of the domain; 0 if there is no such domain. */
unsigned long domain_tot_pages(domid_t domid);
unsigned long domain_outstanding_pages(domid_t domid);

/*
 * Kills the domain, and waits until all of its memory is free again. Returns 0
 * or -errno; EBUSY if something of the domain is still in use after a while.
 */
long domain_destroy(domid_t domid);

/*
 * Only the kill: the domain's last pages are freed some time later. Until they
 * are, domain_destroy() may return early, too.
 */
long domain_kill(domid_t domid);

/*
 * For those: waits until the host has that many free pages, but not for ever.
 * Returns how many there are.
 */
unsigned long wait_for_free_pages(unsigned long pages);

#endif /* HELPERS_DOMAIN_H */
