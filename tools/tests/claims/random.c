/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random sequences of all that a host does, compared with the model.
 *
 *   test-random [STEPS [SEED]]   so many steps, in sequences of their own hosts
 *   test-random replay FILE...   sequences that failed once
 *
 * A failing sequence is made as short as it can be, and saved as SEED.steps in
 * $FAILURES, or the current directory.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "model.h"

#define SEQUENCE 20000U

struct sequence {
    uint64_t seed;
    unsigned int nr;
    struct step *steps;
};

/* Which step failed, from the process that ran it. */
struct result {
    unsigned int step;
    char why[300];
};

static bool quiet;

/* In a process of its own: nothing survives it. */
static bool passes(const struct sequence *s, struct result *result)
{
    int channel[2], status;
    pid_t pid;

    memset(result, 0, sizeof(*result));
    fflush(stdout);
    if ( pipe(channel) || (pid = fork()) < 0 )
    {
        printf("Bail out! no process to run it in\n");
        exit(1);
    }

    if ( !pid )
    {
        const char *fault = NULL;
        unsigned int i;
        ssize_t ignored;

        if ( !freopen("/dev/null", "w", stdout) ||
             (quiet && !freopen("/dev/null", "w", stderr)) )
            _exit(2);
        model_boot(s->seed);
        for ( i = 0; i < s->nr && !fault; i++ )
        {
            /* Should it die there. */
            if ( s->nr < 2000 )
                ignored = write(channel[1], &i, sizeof(i));
            fault = model_step(&s->steps[i]);
            if ( !fault && !(i % 256) )
                fault = model_check_all();
        }
        if ( !fault )
            fault = model_end();
        if ( fault )
        {
            unsigned int end = ~0U;

            result->step = i ? i - 1 : 0;
            snprintf(result->why, sizeof(result->why), "%s", fault);
            ignored = write(channel[1], &end, sizeof(end));
            ignored = write(channel[1], result, sizeof(*result));
        }
        (void)ignored;
        _exit(!!fault);
    }

    close(channel[1]);
    {
        unsigned int i;

        while ( read(channel[0], &i, sizeof(i)) == sizeof(i) )
        {
            if ( i == ~0U )
            {
                if ( read(channel[0], result, sizeof(*result)) !=
                     sizeof(*result) )
                    break;
            }
            else
                result->step = i;
        }
    }
    close(channel[0]);

    if ( waitpid(pid, &status, 0) != pid )
        status = 1;
    if ( status && !result->why[0] )
        snprintf(result->why, sizeof(result->why),
                 "the process ended with status %#x", status);

    return !status;
}

/* Leave out what can be left out, in ever smaller pieces. */
static void shrink(struct sequence *s)
{
    struct result result;
    unsigned int size, at, runs = 0;

    quiet = true;
    for ( size = s->nr / 2; size; size /= 2 )
        for ( at = 0; at + size <= s->nr && runs++ < 4000; )
        {
            struct sequence less = { s->seed, s->nr - size };

            less.steps = malloc((less.nr + 1) * sizeof(*less.steps));
            memcpy(less.steps, s->steps, at * sizeof(*s->steps));
            memcpy(less.steps + at, s->steps + at + size,
                   (less.nr - at) * sizeof(*s->steps));
            if ( passes(&less, &result) )
            {
                free(less.steps);
                at += size;
            }
            else
            {
                free(s->steps);
                *s = less;
            }
        }
    quiet = false;
}

static void save(const struct sequence *s)
{
    const char *folder = getenv("FAILURES");
    char name[512];
    unsigned int i;
    FILE *file;

    snprintf(name, sizeof(name), "%s/%#llx.steps", folder ?: ".",
             (unsigned long long)s->seed);
    file = fopen(name, "w");
    if ( !file )
    {
        printf("# cannot write %s\n", name);
        return;
    }

    fprintf(file, "# SPDX-License-Identifier: GPL-2.0-only\n");
    fprintf(file, "seed %#llx\n", (unsigned long long)s->seed);
    for ( i = 0; i < s->nr; i++ )
        fprintf(file, "%s %u %u %u %u\n", step_name(s->steps[i].kind),
                s->steps[i].a, s->steps[i].b, s->steps[i].c, s->steps[i].d);
    fclose(file);
    printf("# saved %u steps as %s\n", s->nr, name);
}

static bool load(const char *name, struct sequence *s)
{
    char line[256], kind[32];
    unsigned long long seed;
    FILE *file = fopen(name, "r");

    memset(s, 0, sizeof(*s));
    if ( !file )
        return false;

    s->steps = calloc(SEQUENCE, sizeof(*s->steps));
    while ( fgets(line, sizeof(line), file) )
    {
        struct step *step = &s->steps[s->nr];

        if ( line[0] == '#' )
            continue;
        if ( sscanf(line, "seed %lli", &seed) == 1 )
        {
            s->seed = seed;
            continue;
        }
        if ( s->nr == SEQUENCE ||
             sscanf(line, "%31s %u %u %u %u", kind, &step->a, &step->b,
                    &step->c, &step->d) != 5 )
            break;
        for ( step->kind = 0; step->kind < nr_step_kinds; step->kind++ )
            if ( !strcmp(step_name(step->kind), kind) )
                break;
        if ( step->kind == nr_step_kinds )
            break;
        s->nr++;
    }
    if ( !feof(file) )
    {
        fclose(file);
        return false;
    }
    fclose(file);

    return true;
}

static void report(const struct sequence *s, const struct result *result)
{
    printf("# seed %#llx, step %u of %u (%s): %s\n",
           (unsigned long long)s->seed, result->step, s->nr,
           result->step < s->nr ? step_name(s->steps[result->step].kind)
                                : "the end", result->why);
}

static int replay(char **names)
{
    unsigned int n = 0, failed = 0;

    for ( ; *names; names++ )
    {
        struct sequence s;
        struct result result;
        bool ok = false;

        if ( !load(*names, &s) )
            printf("# %s is no file of steps\n", *names);
        else
        {
            ok = passes(&s, &result);
            if ( !ok )
                report(&s, &result);
        }
        printf("%sok %u - %s\n", ok ? "" : "not ", ++n,
               strrchr(*names, '/') ? strrchr(*names, '/') + 1 : *names);
        failed += !ok;
        free(s.steps);
    }
    printf("1..%u\n", n);

    return !!failed;
}

int main(int argc, char **argv)
{
    unsigned long long steps = 1000000, done = 0;
    uint64_t seed = time(NULL), random;
    struct sequence s = {};
    struct result result;

    if ( argc > 1 && !strcmp(argv[1], "replay") )
        return replay(argv + 2);

    if ( argc > 1 )
        steps = strtoull(argv[1], NULL, 0);
    if ( argc > 2 )
        seed = strtoull(argv[2], NULL, 0);
    if ( !steps )
    {
        printf("Bail out! %s: no number of steps\n", argv[1]);
        return 1;
    }

    printf("# first seed %#llx\n", (unsigned long long)seed);
    s.steps = calloc(SEQUENCE, sizeof(*s.steps));
    for ( ; done < steps; done += s.nr )
    {
        random = (s.seed = seed++) * 2 + 1;
        random_next(&random);
        for ( s.nr = 0; s.nr < SEQUENCE && done + s.nr < steps; s.nr++ )
            s.steps[s.nr] = model_random_step(&random);
        if ( passes(&s, &result) )
        {
            if ( (done + s.nr) / 50000000 != done / 50000000 )
                printf("# %llu steps so far\n", done + s.nr);
            continue;
        }

        printf("not ok 1 - %llu random steps agree with the model\n", steps);
        report(&s, &result);
        s.nr = result.why[0] && result.step ? result.step + 1 : s.nr;
        if ( passes(&s, &result) )
            s.nr = SEQUENCE;
        shrink(&s);
        passes(&s, &result);
        report(&s, &result);
        save(&s);
        printf("1..1\n");
        return 1;
    }

    free(s.steps);
    printf("ok 1 - %llu random steps agree with the model\n1..1\n", done);
    return 0;
}
