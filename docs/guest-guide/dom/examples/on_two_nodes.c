/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Give a domain memory, one half from each of two NUMA nodes:
 *
 *   on_two_nodes DOMID MIB NODE NODE
 *
 * Exits with 0 if it worked, with 2 if there is not enough unclaimed memory, so
 * that other nodes or a later time may do, and with 1 after any other error.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xenctrl.h>

#define PAGES_PER_MIB (1UL << (20 - XC_PAGE_SHIFT))

/* [populate] */
/*
 * The largest extents that fit. An order that cannot be had fails, and the next
 * smaller one is tried: Xen gives out no memory of other nodes than claimed.
 */
static int populate(xc_interface *xch, uint32_t domid, unsigned long pages)
{
    static const unsigned int orders[] = { 9, 0 };
    unsigned long gfn = 0;

    while ( gfn < pages )
    {
        unsigned int i;

        for ( i = 0; i < 2; i++ )
        {
            xen_pfn_t extent = gfn;

            if ( (1UL << orders[i]) <= pages - gfn &&
                 !(gfn & ((1UL << orders[i]) - 1)) &&
                 !xc_domain_populate_physmap_exact(xch, domid, 1, orders[i],
                                                   0, &extent) )
                break;
        }
        if ( i == 2 )
            return -1;
        gfn += 1UL << orders[i];
    }

    return 0;
}
/* [populate end] */

/* [build] */
static int build_on_two_nodes(xc_interface *xch, uint32_t domid,
                              unsigned long pages, unsigned int node0,
                              unsigned int node1)
{
    const memory_claim_t set[] = {
        { .pages = pages / 2,         .target = node0 },
        { .pages = pages - pages / 2, .target = node1 },
    };
    const memory_claim_t nothing = {
        .target = XEN_DOMCTL_CLAIM_MEMORY_HOST,
    };
    int rc;

    /* Both halves, or nothing. */
    if ( xc_domain_claim_memory(xch, domid, 2, set) )
        return -1;

    /* No node is named: Xen takes memory where it is claimed. */
    rc = populate(xch, domid, pages);

    /* Releases what is left, on all nodes. */
    xc_domain_claim_memory(xch, domid, 1, &nothing);

    return rc;
}
/* [build end] */

/* [left] */
/* How many pages a domain has claimed and not been given yet, or -1. */
static int64_t still_claimed(xc_interface *xch, uint32_t domid)
{
    memory_claim_t *claims = NULL;
    uint32_t nr = 0, i;
    int64_t pages = 0;
    int rc;

    do {
        memory_claim_t *array = realloc(claims, (nr + 1) * sizeof(*claims));

        if ( !array )
        {
            free(claims);
            return -1;
        }
        claims = array;

        rc = xc_domain_get_claims(xch, domid, &nr, claims);
    } while ( rc && errno == ENOBUFS );     /* nr is how many there are */

    for ( i = 0; !rc && i < nr; i++ )
        pages += claims[i].pages;

    free(claims);

    return rc ? -1 : pages;
}
/* [left end] */

int main(int argc, char **argv)
{
    xc_interface *xch;
    uint32_t domid;
    int rc;

    if ( argc != 5 )
    {
        fprintf(stderr, "usage: %s DOMID MIB NODE NODE\n", argv[0]);
        return 1;
    }

    xch = xc_interface_open(NULL, NULL, 0);
    if ( !xch )
    {
        perror("xc_interface_open");
        return 1;
    }

    domid = strtoul(argv[1], NULL, 0);
    rc = build_on_two_nodes(xch, domid,
                            strtoul(argv[2], NULL, 0) * PAGES_PER_MIB,
                            strtoul(argv[3], NULL, 0),
                            strtoul(argv[4], NULL, 0));
    if ( rc )
    {
        rc = errno == ENOMEM ? 2 : 1;
        fprintf(stderr, "domain %u: %s\n", domid, strerror(errno));
    }
    else
        printf("domain %u is built, %lld pages are still claimed\n", domid,
               (long long)still_claimed(xch, domid));

    xc_interface_close(xch);

    return rc;
}
