// SPDX-License-Identifier: GPL-2.0-only
/* Many builders at a time, each a process, watched by this one. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenario.h"

/* In a disturbed phase one builder of so many is killed, once or oftener, */
#define KILL_ONE_OF 3
/* so many ms after it began at most. */
#define KILL_WITHIN 150

struct builder {
    pid_t pid;                  /* 0: not running */
    double killed_at;           /* 0: it is spared */
};

static struct {
    struct builder *builders;   /* one for each guest */
    unsigned int running;
    uint64_t seed;
    int gate[2];                /* ends when all may begin */
} pool;

static void start_builder(const struct phase *phase, unsigned int guest)
{
    struct builder *b = &pool.builders[guest];
    struct guest *g = &guests[guest];
    uint64_t seed = ((uint64_t)guest << 32) + pool.seed;
    char c;

    g->state = BUILDING;
    b->pid = fork();
    if ( b->pid < 0 )
        die(2, "fork: %s", strerror(errno));
    if ( !b->pid )
    {
        sigset_t none;

        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        alarm(opt.limit);
        close(pool.gate[1]);
        if ( read(pool.gate[0], &c, 1) )
            _exit(1);
        bring_up(g, phase->patience ?: opt.patience, seed);
    }

    pool.running++;
    b->killed_at = 0;
    if ( phase->disturbed && !random_below(&pool.seed, KILL_ONE_OF) )
        b->killed_at = now_ms() + 1 + random_below(&pool.seed, KILL_WITHIN);
}

static void kill_builders(const unsigned int *chosen, unsigned int nr)
{
    while ( nr-- )
    {
        struct builder *b = &pool.builders[chosen[nr]];

        if ( b->pid && b->killed_at && now_ms() > b->killed_at )
        {
            kill(b->pid, SIGKILL);
            b->killed_at = 0;
        }
    }
}

/* True if it was killed, and its domain is left to be reaped. */
static bool reap_builder(unsigned int guest, int status)
{
    struct guest *g = &guests[guest];

    pool.builders[guest].pid = 0;
    pool.running--;

    if ( WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL )
    {
        g->killed++;
        return true;
    }

    if ( status || g->state == BROKEN )
    {
        if ( status )
            g->state = BROKEN;
        complain("the builder of a domain of %u MiB: %s: %s", g->mib,
                 g->stage ?: "start",
                 WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) :
                 strerror(g->error));
    }

    return false;
}

static void reap_builders(const struct phase *phase, const unsigned int *chosen,
                          unsigned int nr)
{
    unsigned int i;
    int status;
    pid_t pid;

    while ( (pid = waitpid(-1, &status, WNOHANG)) > 0 )
    {
        for ( i = 0; i < nr && pool.builders[chosen[i]].pid != pid; i++ )
            ;
        if ( i < nr && reap_builder(chosen[i], status) )
            /* Its successor begins with destroying what is there. */
            start_builder(phase, chosen[i]);
    }
}

static void await_children(double until)
{
    sigset_t child;
    double ms = until - now_ms();
    struct timespec t = { .tv_nsec = (ms < 1 ? 1 : ms > 900 ? 900 : ms) * 1e6 };

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigtimedwait(&child, NULL, &t);
}

static void __attribute__((noreturn)) give_up(const unsigned int *chosen,
                                              unsigned int nr)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
    {
        const struct guest *g = &guests[chosen[i]];

        if ( pool.builders[chosen[i]].pid )
            complain("domain %u of %u MiB is not ready after '%s'", g->domid,
                     g->mib, g->stage ?: "nothing");
    }
    die(3, "stuck; see --limit");
}

double run_phase(xc_interface *xch, const struct phase *phase,
                 const unsigned int *chosen, unsigned int nr)
{
    struct disturbers disturbers;
    unsigned int started = 0, i;
    double start, sample, end = 0;
    sigset_t child;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    fflush(stdout);

    /* Before there is a gate, of which they must not have an end. */
    if ( phase->disturbed )
        start_disturbers(&disturbers);

    pool.builders = calloc(nr_guests + nr_crowd, sizeof(*pool.builders));
    pool.seed = opt.seed;
    if ( !pool.builders || pipe(pool.gate) )
        die(2, "starting the builders: %s", strerror(errno));

    while ( started < nr && pool.running < opt.builders )
        start_builder(phase, chosen[started++]);

    close(pool.gate[1]);
    pool.gate[1] = -1;
    start = now_ms();
    sample = start;

    while ( pool.running )
    {
        if ( now_ms() > start + opt.limit * 1e3 )
            give_up(chosen, nr);
        if ( now_ms() >= sample )
        {
            record_sample(xch, phase, now_ms() - start, chosen, nr);
            /* From now on, not from when it should have been. */
            sample = now_ms() + opt.sample;
        }
        if ( phase->disturbed )
            kill_builders(chosen, nr);
        await_children(phase->disturbed ? now_ms() + 5 : sample);
        reap_builders(phase, chosen, nr);
        while ( started < nr && pool.running < opt.builders )
            start_builder(phase, chosen[started++]);
    }
    record_sample(xch, phase, now_ms() - start, chosen, nr);

    /* The last one that was built. Processes take their time to die. */
    for ( i = 0; i < nr; i++ )
        if ( guests[chosen[i]].state == BUILT && guests[chosen[i]].end > end )
            end = guests[chosen[i]].end;

    if ( phase->disturbed )
        stop_disturbers(&disturbers);
    close(pool.gate[0]);
    free(pool.builders);

    return end ? end - start : 0;
}
