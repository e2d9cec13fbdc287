// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builders that leave everything to `xl create`: it places the domain, claims
 * as its configuration and version have it, and builds. All that is seen of it
 * from outside is whether it succeeded, and the domain.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenario.h"

#define POLL_US 50000

/* By which Xen's list of domains shows which one is this builder's. */
static void make_handle(xen_domain_handle_t handle)
{
    pid_t pid = getpid();

    memset(handle, 0, sizeof(xen_domain_handle_t));
    memcpy(handle, "storm", 5);
    memcpy(handle + 8, &pid, sizeof(pid));
}

static bool write_config(const struct guest *g, const char *path)
{
    xen_domain_handle_t handle;
    FILE *file = fopen(path, "w");
    unsigned int i;

    if ( !file )
        return false;

    make_handle(handle);
    fprintf(file, "name = \"storm-%d\"\nuuid = \"", getpid());
    for ( i = 0; i < sizeof(handle); i++ )
        fprintf(file, "%s%02x",
                i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
                handle[i]);
    fprintf(file, "\"\ntype = \"pv\"\nkernel = \"%s\"\nmemory = %u\n",
            opt.kernel, g->mib);

    return !fclose(file);
}

static pid_t start_xl(const char *config, const char *log)
{
    pid_t pid = fork();

    if ( !pid )
    {
        int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);

        dup2(fd, STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
        if ( opt.mode->stock )
        {
            setenv("LD_LIBRARY_PATH", "/usr/stock:/usr/lib", 1);
            execl("/usr/stock/xl", "xl", "create", "-q", "-e", "-p", config,
                  NULL);
        }
        else
            execlp("xl", "xl", "create", "-q", "-e", "-p", config, NULL);
        _exit(127);
    }

    return pid;
}

/* An earlier one that xl gave up may still be on its way out. */
static bool is_mine(const xc_domaininfo_t *info)
{
    xen_domain_handle_t handle;

    make_handle(handle);

    return !(info->flags & XEN_DOMINF_dying) &&
           !memcmp(info->handle, handle, sizeof(handle));
}

/*
 * The domain with this builder's handle, or false if there is none now. Where
 * it was last is looked at first, for many builders ask often.
 */
static bool find_domain(xc_interface *xch, xc_domaininfo_t *found)
{
    static xc_domaininfo_t info[2 * MAX_DOMAINS];
    static uint32_t last = DOMID_INVALID;
    int nr;

    if ( last != DOMID_INVALID &&
         xc_domain_getinfolist(xch, last, 1, found) == 1 &&
         is_mine(found) && found->domain == last )
        return true;

    /* With those that are on their way out. */
    nr = xc_domain_getinfolist(xch, 1, 2 * (nr_guests + nr_crowd), info);
    while ( nr-- > 0 )
        if ( is_mine(&info[nr]) )
        {
            *found = info[nr];
            last = found->domain;
            return true;
        }

    return false;
}

/* Where it is meant to be: the nodes of its affinity. */
static bool read_plan(xc_interface *xch, struct guest *g)
{
    xc_nodemap_t nodes = xc_nodemap_alloc(xch);
    uint64_t pages = g->mib * PAGES_PER_MIB;
    struct host host;
    unsigned int n;

    if ( !nodes || xc_domain_node_getaffinity(xch, g->domid, nodes) ||
         read_memory(xch, &host) )
        return false;

    for ( g->nr_claims = n = 0; n < host.nr_nodes; n++ )
        if ( host.usable[n] && (nodes[n / 8] & (1 << n % 8)) )
            g->claims[g->nr_claims++].target = n;
    for ( n = 0; n < g->nr_claims; n++ )
    {
        g->claims[n].pages = pages / (g->nr_claims - n);
        pages -= g->claims[n].pages;
    }
    free(nodes);

    return g->nr_claims;
}

/* The domain is built, or xl gave it up: g->error is ENOMEM then. */
bool create_by_xl(xc_interface *xch, struct guest *g)
{
    char config[64], log[64];
    xc_domaininfo_t info;
    uint64_t peak = 0;
    int status;
    pid_t pid;

    snprintf(config, sizeof(config), "/tmp/storm-%d.cfg", getpid());
    snprintf(log, sizeof(log), "/tmp/storm-%d.log", getpid());

    g->stage = "xl create";
    g->error = 0;
    if ( !write_config(g, config) || (pid = start_xl(config, log)) < 0 )
    {
        g->error = errno ?: EIO;
        return false;
    }

    while ( !waitpid(pid, &status, WNOHANG) )
    {
        if ( find_domain(xch, &info) && info.tot_pages > peak )
            peak = info.tot_pages;
        usleep(POLL_US);
    }

    if ( WIFEXITED(status) && WEXITSTATUS(status) == 127 )
        g->error = ENOENT;
    else if ( status )
    {
        g->error = ENOMEM;
        g->refused += !peak;
        g->failed += !!peak;
        g->wasted += peak;
    }
    else if ( !find_domain(xch, &info) )
        g->error = ESRCH;
    else
    {
        g->domid = info.domain;
        if ( !read_plan(xch, g) )
            g->error = errno ?: EIO;
    }
    unlink(config);
    if ( !g->error )
        unlink(log);

    return !g->error;
}
