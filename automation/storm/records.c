// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a storm tells: lines of "@kind key=value ...", for programs to read. All
 * memory is in pages, time in milliseconds. Lists are indexed by node.
 */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "scenario.h"

void print_list(const char *key, const struct host *host,
                       const uint64_t *pages)
{
    unsigned int n;

    printf(" %s=", key);
    for ( n = 0; n < host->nr_nodes; n++ )
        printf("%s%" PRIu64, n ? "," : "", pages[n]);
}

void record_scenario(const struct host *host)
{
    uint64_t mib = 0;
    unsigned int i;

    for ( i = 0; i < nr_guests; i++ )
        mib += guests[i].mib;

    printf("@scenario mode=%s seed=%u builders=%u domains=%u mib=%" PRIu64,
           opt.mode->name, opt.seed, opt.builders, nr_guests, mib);
    print_list("total", host, host->total);
    print_list("free", host, host->free);
    printf(" sizes=");
    for ( i = 0; i < nr_guests; i++ )
        printf("%s%u", i ? "," : "", guests[i].mib);
    printf("\n");
}

void record_phase(const struct phase *phase, unsigned int nr)
{
    printf("@phase name=%s domains=%u\n", phase->name, nr);
}

void record_sample(xc_interface *xch, const struct phase *phase, double ms,
                   const unsigned int *chosen, unsigned int nr)
{
    unsigned int i, in[BROKEN + 1] = {}, refused = 0, failed = 0, killed = 0;
    struct host host;

    if ( read_memory(xch, &host) )
        return;

    for ( i = 0; i < nr; i++ )
    {
        const struct guest *g = &guests[chosen[i]];

        in[g->state]++;
        refused += g->refused;
        failed += g->failed;
        killed += g->killed;
    }

    printf("@sample phase=%s ms=%.0f building=%u built=%u given_up=%u "
           "refused=%u failed=%u killed=%u", phase->name, ms, in[BUILDING],
           in[BUILT], in[GIVEN_UP] + in[BROKEN], refused, failed, killed);
    print_list("free", &host, host.free);
    print_list("claimed", &host, host.claimed);
    printf(" claimed_any=%" PRIu64 "\n", host.claimed_any);
}

void record_builds(const struct host *host, const struct phase *phase,
                   const unsigned int *chosen, unsigned int nr, double ms,
                   uint64_t dirty, uint64_t scrubbed)
{
    static const char *const states[] = {
        "waiting", "building", "built", "given_up", "broken",
    };
    unsigned int i, j;

    for ( i = 0; i < nr; i++ )
    {
        const struct guest *g = &guests[chosen[i]];
        uint64_t plan[MAX_NODES] = {};

        for ( j = 0; j < g->nr_claims; j++ )
            plan[g->claims[j].target] += g->claims[j].pages;

        printf("@build phase=%s guest=%u mib=%u state=%s ms=%.1f waited=%.1f "
               "retries=%u refused=%u failed=%u killed=%u wasted=%" PRIu64
               " chunks=%" PRIu64 " giants=%" PRIu64 " left=%" PRIu64,
               phase->name, chosen[i], g->mib, states[g->state], g->ms,
               g->waited_ms, g->retries, g->refused, g->failed, g->killed,
               g->wasted, g->chunks, g->giants, g->left);
        print_list("plan", host, plan);
        print_list("pages", host, g->pages);
        printf("\n");
    }

    printf("@end phase=%s ms=%.1f dirty=%" PRIu64 " scrubbed=%" PRIu64 "\n",
           phase->name, ms, dirty, scrubbed);
}
