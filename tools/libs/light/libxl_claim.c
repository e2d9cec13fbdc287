/* SPDX-License-Identifier: LGPL-2.1-only */
/*
 * Memory that is claimed: what the hypervisor keeps for domains that are being
 * built, host-wide and on NUMA nodes.
 */

#include "libxl_osdeps.h"

#include "libxl_internal.h"

/*
 * Fill in how much is claimed on each of nr nodes, or that this is unknown.
 * The free memory is taken from the same snapshot.
 */
void libxl__numainfo_claimed(libxl__gc *gc, libxl_numainfo *info, int nr)
{
    xen_sysctl_node_meminfo_t *meminfo;
    unsigned int known = nr;
    int i;

    GCNEW_ARRAY(meminfo, nr);
    if (xc_numa_meminfo(CTX->xch, &known, meminfo)) {
        LOGE(DEBUG, "The hypervisor does not tell what is claimed on nodes");
        known = 0;
    }

    for (i = 0; i < nr; i++) {
        if (i >= known || info[i].size == LIBXL_NUMAINFO_INVALID_ENTRY) {
            info[i].claimed = LIBXL_NUMAINFO_INVALID_ENTRY;
            continue;
        }
        info[i].free = meminfo[i].free;
        info[i].claimed = meminfo[i].claimed;
    }
}
