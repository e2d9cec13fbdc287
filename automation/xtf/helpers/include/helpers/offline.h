/* SPDX-License-Identifier: GPL-2.0-only */
/* Taking machine pages away from Xen and giving them back, one at a time. */
#ifndef HELPERS_OFFLINE_H
#define HELPERS_OFFLINE_H

#include <xtf.h>

#include <xen/sysctl.h>

/* What a status says beside the owner's ID. */
#define PG_OFFLINE_FLAGS ((1U << PG_OFFLINE_OWNER_SHIFT) - 1)

/* Each returns 0 and Xen's PG_* flags, or -errno. */
long page_offline(xen_pfn_t mfn, uint32_t *status);
long page_online(xen_pfn_t mfn, uint32_t *status);
long page_offline_status(xen_pfn_t mfn, uint32_t *status);

#endif /* HELPERS_OFFLINE_H */
