/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory claims of domains, and what is claimed of nodes and of the host. */
#ifndef HELPERS_CLAIMS_H
#define HELPERS_CLAIMS_H

#include <xtf.h>

#include <xen/domctl.h>

#define HOST   XEN_DOMCTL_CLAIM_MEMORY_HOST
#define LEGACY XEN_DOMCTL_CLAIM_MEMORY_LEGACY

/* Every node once, and the host. */
#define MAX_CLAIMS (64 + 1)

/* An entry of a claim set. */
#define CLAIM(target_, pages_) { .pages = (pages_), .target = (target_) }

/* The bare domctl; nr_entries is written back where Xen does so. */
long claim_memory(domid_t domid, uint32_t mode, const memory_claim_t *claims,
                  uint32_t *nr_entries);

long claims_set(domid_t domid, const memory_claim_t *claims, uint32_t nr);
long claims_release(domid_t domid);

/* Install a claim set: SET_CLAIMS(domid, CLAIM(0, 100), CLAIM(HOST, 50)). */
#define SET_CLAIMS(domid, ...)                                          \
    ({                                                                  \
        const memory_claim_t set_[] = { __VA_ARGS__ };                  \
                                                                        \
        claims_set(domid, set_, ARRAY_SIZE(set_));                      \
    })

/* XENMEM_claim_pages. */
long claim_pages(domid_t domid, unsigned long pages);

/*
 * Are the domain's claims just these, in the order in which GET returns them?
 * GET, XEN_DOMCTL_getdomaininfo and the hypervisor's own check of all counts
 * (debug key 'm') must agree.  CHECK_CLAIMS(domid) for no claims.
 */
#define CHECK_CLAIMS(domid, ...)                                        \
    ({                                                                  \
        const memory_claim_t set_[] = { __VA_ARGS__ };                  \
                                                                        \
        check_claims(domid, set_, ARRAY_SIZE(set_), __FILE__, __LINE__);\
    })
bool check_claims(domid_t domid, const memory_claim_t *expected, uint32_t nr,
                  const char *file, unsigned int line);

/* What is left of the domain's claim on the target; 0 without one. */
unsigned long claimed_pages(domid_t domid, uint32_t target);

/* XEN_SYSCTL_numa_meminfo.  Any failure to read it ends the test. */
unsigned long node_claimed_pages(unsigned int node);

/* Does the hypervisor's own check of all counts find them consistent? */
bool claims_consistent(void);

#endif /* HELPERS_CLAIMS_H */
