/* SPDX-License-Identifier: LGPL-2.1-only */
/* What is claimed for domains. */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <libxl.h>
#include <libxl_utils.h>
#include <libxlutil.h>

#include "xl.h"

/* A table of all domains' claims, host-wide and on each node, in MiB. */
int list_node_claims(void)
{
    libxl_dominfo *info;
    libxl_numainfo *ninfo;
    int i, j, nb_domain, nb_node, rc = EXIT_SUCCESS;

    ninfo = libxl_get_numainfo(ctx, &nb_node);
    if (!ninfo) {
        fprintf(stderr, "Cannot list the nodes.\n");
        return EXIT_FAILURE;
    }
    libxl_numainfo_list_free(ninfo, nb_node);

    info = libxl_list_domain(ctx, &nb_domain);
    if (!info) {
        fprintf(stderr, "Cannot list the domains.\n");
        return EXIT_FAILURE;
    }

    printf("%-40s %5s %5s  %7s %6s", "Name", "ID", "Mem", "Claimed", "Host");
    for (j = 0; j < nb_node; j++)
        printf(" %*s%d", j < 10 ? 5 : 4, "Node", j);
    printf("\n");

    for (i = 0; i < nb_domain && rc == EXIT_SUCCESS; i++) {
        libxl_domain_claims claims;
        char *domname;

        libxl_domain_claims_init(&claims);
        switch (libxl_domain_get_claims(ctx, info[i].domid, &claims)) {
        case 0:
            domname = libxl_domid_to_name(ctx, info[i].domid);
            printf("%-40s %5d %5"PRIu64"  %7"PRIu64" %6"PRIu64, domname,
                   info[i].domid,
                   (info[i].current_memkb + info[i].outstanding_memkb) / 1024,
                   info[i].outstanding_memkb / 1024, claims.host_memkb / 1024);
            free(domname);
            for (j = 0; j < claims.num_nodes; j++)
                printf(" %6"PRIu64, claims.node_memkb[j] / 1024);
            printf("\n");
            break;

        case ERROR_DOMAIN_NOTFOUND: /* gone since it was listed */
            break;

        case ERROR_NI:
            fprintf(stderr, "The hypervisor knows no claims on nodes.\n");
            rc = EXIT_FAILURE;
            break;

        default:
            rc = EXIT_FAILURE;
            break;
        }
        libxl_domain_claims_dispose(&claims);
    }

    libxl_dominfo_list_free(info, nb_domain);
    return rc;
}
