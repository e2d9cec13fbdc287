// SPDX-License-Identifier: GPL-2.0-only
/* The tables of the proof. */

#include <stdio.h>
#include <string.h>

#include "storm.h"

static double mib(uint64_t pages)
{
    return (double)pages / PAGES_PER_MIB;
}

static size_t set_text(const struct guest *g, char *text, size_t size)
{
    unsigned int i;
    size_t len = 0;

    text[0] = '\0';
    for ( i = 0; i < g->nr_claims; i++ )
        len += snprintf(text + len, size - len, "%snode %u: %.4g",
                        i ? ", " : "", g->claims[i].target,
                        mib(g->claims[i].pages));

    return len;
}

void print_guests(const struct host *host, const struct guest *guests,
                  unsigned int nr)
{
    char text[MAX_NODES * 32];
    unsigned int i, n, nr_nodes = 0;
    size_t width = strlen("claim set, MiB");

    for ( i = 0; i < nr; i++ )
    {
        size_t len = set_text(&guests[i], text, sizeof(text));

        width = len > width ? len : width;
    }
    for ( n = 0; n < host->nr_nodes; n++ )
        nr_nodes += host->usable[n];

    printf("\n%6s  %-*s  %-*s  %7s\n", "", (int)width, "", (int)nr_nodes * 9,
           "    pages on node", "still");
    printf("%6s  %-*s  ", "domain", (int)width, "claim set, MiB");
    for ( n = 0; n < host->nr_nodes; n++ )
        if ( host->usable[n] )
            printf(" %8u", n);
    printf("  claimed  result\n");

    for ( i = 0; i < nr; i++ )
    {
        const struct guest *g = &guests[i];

        set_text(g, text, sizeof(text));
        printf("%6u  %-*s  ", g->domid, (int)width, text);
        for ( n = 0; n < host->nr_nodes; n++ )
            if ( host->usable[n] )
                printf(" %8llu", (unsigned long long)g->pages[n]);
        printf("  %7llu  ", (unsigned long long)g->left);
        if ( g->error )
            printf("%s: %s\n", g->stage, strerror(g->error));
        else
            printf("%s in %.0f ms\n", g->stage, g->ms);
    }
}

void print_nodes(const struct host *moments[], const char *const names[],
                 unsigned int nr)
{
    unsigned int i, n;

    printf("\n%6s  %7s", "", "");
    for ( i = 0; i < nr; i++ )
        printf("   %-*s", i + 1 < nr ? 16 : 0, names[i]);
    printf("\n%6s  %7s", "node", "MiB");
    for ( i = 0; i < nr; i++ )
        printf("   %7s %8s", "free", "claimed");
    printf("\n");

    for ( n = 0; n < moments[0]->nr_nodes; n++ )
    {
        if ( !moments[0]->usable[n] )
            continue;
        printf("%6u  %7.1f", n, mib(moments[0]->total[n]));
        for ( i = 0; i < nr; i++ )
            printf("   %7.1f %8.1f", mib(moments[i]->free[n]),
                   mib(moments[i]->claimed[n]));
        printf("\n");
    }
}
