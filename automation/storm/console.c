// SPDX-License-Identifier: GPL-2.0-only
/* What the hypervisor tells only on its console, asked for by debug keys. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storm.h"

/* All that Xen wrote to its console ring since *index. Free it. */
static char *read_console(xc_interface *xch, uint32_t *index)
{
    enum { CHUNK = 16 << 10 };
    char *text = NULL;
    size_t len = 0;

    for ( ; ; )
    {
        unsigned int nr = CHUNK;
        char *more = realloc(text, len + CHUNK + 1);

        if ( !more || xc_readconsolering(xch, more + len, &nr, 0, 1, index) )
        {
            complain("reading Xen's console: %s", strerror(errno));
            free(more ?: text);
            return NULL;
        }

        text = more;
        len += nr;
        text[len] = '\0';
        if ( !nr )
            return text;
    }
}

/* What Xen writes to its console for a debug key. Free it. */
static char *press_key(xc_interface *xch, const char *key)
{
    uint32_t index = 0;
    char *text = read_console(xch, &index);

    if ( !text )
        return NULL;
    free(text);

    if ( xc_send_debug_keys(xch, key) )
    {
        complain("sending debug key '%s': %s", key, strerror(errno));
        return NULL;
    }

    return read_console(xch, &index);
}

static struct guest *find_guest(struct guest *guests, unsigned int nr,
                                uint32_t domid)
{
    while ( nr-- )
        if ( guests[nr].domid == domid )
            return &guests[nr];

    return NULL;
}

/*
 * Lines look like "(XEN) Domain 3 (total: 16384):", in later versions
 * "(XEN) d3 (total: 16384):", and "(XEN)     Node 0: 16384" follow.
 */
static int parse_placement(char *text, const struct host *host,
                           struct guest *guests, unsigned int nr,
                           uint64_t *totals)
{
    char *line, *save, *where;
    struct guest *g = NULL;

    text = strstr(text, "Memory location of each domain:");
    if ( !text )
    {
        complain("debug key 'u' left no list of the domains' memory in Xen's "
                 "console; a larger conring_size= may help");
        return -1;
    }

    for ( line = strtok_r(text, "\n", &save); line;
          line = strtok_r(NULL, "\n", &save) )
    {
        unsigned int id;
        unsigned long long pages;

        where = strstr(line, " (total: ");
        if ( where )
        {
            char *digits = where;

            while ( digits > line && digits[-1] >= '0' && digits[-1] <= '9' )
                digits--;
            g = NULL;
            if ( digits < where &&
                 sscanf(digits, "%u (total: %llu)", &id, &pages) == 2 )
                g = id ? find_guest(guests, nr, id) : NULL;
            if ( g )
                totals[g - guests] = pages;
            continue;
        }

        where = strstr(line, " Node ");
        if ( g && where &&
             sscanf(where, " Node %u: %llu", &id, &pages) == 2 &&
             id < host->nr_nodes )
            g->pages[id] = pages;
    }

    return 0;
}

/* What Xen itself counts. -1, or errno of a Xen that does not count. */
static int read_counts(xc_interface *xch, const struct host *host,
                       struct guest *guests, unsigned int nr, uint64_t *totals)
{
    unsigned int i, n;

    for ( i = 0; i < nr; i++ )
    {
        uint32_t room = MAX_NODES;

        if ( !guests[i].domid )
            continue;

        if ( xc_domain_numa_get_node_pages(xch, guests[i].domid, &room,
                                           guests[i].pages) )
        {
            if ( errno == ENOSYS || errno == EOPNOTSUPP )
                return errno;
            complain("reading where the pages of domain %u are: %s",
                     guests[i].domid, strerror(errno));
            return -1;
        }

        for ( n = 0; n < host->nr_nodes; n++ )
            totals[i] += guests[i].pages[n];
    }

    return 0;
}

/* Pages kept for populating on demand, which key 'u' passes over. */
static uint64_t cached_pages(xc_interface *xch, uint32_t domid)
{
    uint64_t total, cached, entries;

    return xc_domain_get_pod_target(xch, domid, &total, &cached, &entries) ?
           0 : cached;
}

int read_placement(xc_interface *xch, const struct host *host,
                   struct guest *guests, unsigned int nr)
{
    uint64_t totals[MAX_DOMAINS] = {};
    unsigned int i, n;
    bool counted;
    char *text;
    int rc;

    for ( i = 0; i < nr; i++ )
        memset(guests[i].pages, 0, sizeof(guests[i].pages));

    rc = read_counts(xch, host, guests, nr, totals);
    counted = rc <= 0;
    if ( !counted )
    {
        /* Without the series only key 'u' makes Xen tell. */
        text = press_key(xch, "u");
        if ( !text )
            return -1;
        rc = parse_placement(text, host, guests, nr, totals);
        free(text);
    }

    /* What was read must be all there is, or it shows nothing. */
    for ( i = 0; !rc && i < nr; i++ )
    {
        uint64_t sum = 0;
        xc_domaininfo_t info;

        if ( !guests[i].domid )
            continue;

        for ( n = 0; n < host->nr_nodes; n++ )
            sum += guests[i].pages[n];

        if ( xc_domain_getinfolist(xch, guests[i].domid, 1, &info) != 1 ||
             info.domain != guests[i].domid )
        {
            complain("domain %u is gone", guests[i].domid);
            rc = -1;
        }
        else if ( info.tot_pages != totals[i] ||
                  sum + (counted ? 0 : cached_pages(xch, info.domain)) !=
                  totals[i] )
        {
            complain("Xen tells of %llu pages of domain %u, which has %llu%s",
                     (unsigned long long)sum, guests[i].domid,
                     (unsigned long long)info.tot_pages,
                     counted ? "" : "; a larger conring_size= may help");
            rc = -1;
        }
    }

    return rc;
}

/* Lines look like "(XEN) NODE1 start->163840 size->163840 free->163323". */
int read_spans(xc_interface *xch, uint64_t *starts, uint64_t *ends)
{
    char *text = press_key(xch, "u"), *line;
    unsigned long long start, size;
    unsigned int n;

    if ( !text )
        return -1;

    memset(ends, 0, MAX_NODES * sizeof(*ends));
    for ( line = text; (line = strstr(line, "NODE")); line++ )
        if ( sscanf(line, "NODE%u start->%llu size->%llu", &n, &start,
                    &size) == 3 && n < MAX_NODES )
        {
            starts[n] = start;
            ends[n] = start + size;
        }
    free(text);

    return 0;
}

/* Free pages that Xen has yet to scrub. */
int read_dirty(xc_interface *xch, uint64_t *pages)
{
    char *text = press_key(xch, "H"), *line;
    unsigned long long more;

    if ( !text )
        return -1;

    *pages = 0;
    for ( line = text; (line = strstr(line, "Node ")); line++ )
        if ( sscanf(line, "Node %*u has %llu unscrubbed", &more) == 1 )
            *pages += more;
    free(text);

    return 0;
}

void await_clean(xc_interface *xch)
{
    double end = now_ms() + SCRUB_MS;
    uint64_t dirty;

    while ( !read_dirty(xch, &dirty) && dirty )
    {
        if ( now_ms() > end )
        {
            complain("Xen does not finish scrubbing its free memory");
            break;
        }
        usleep(200000);
    }
}

int read_consistent(xc_interface *xch)
{
    char *text = press_key(xch, "m"), *verdict;
    int rc = 0;

    if ( !text )
        return -1;

    verdict = strstr(text, "Claims: ");
    if ( verdict && !strstr(verdict, "    consistent") )
    {
        complain("Xen finds its claims inconsistent; see its console");
        rc = -1;
    }
    free(text);

    return rc;
}
