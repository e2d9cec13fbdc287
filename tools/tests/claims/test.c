/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

void test_fail(const char *file, int line, const char *format, ...)
{
    va_list args;

    printf("%s:%d: ", file, line);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
    fflush(stdout);
    _exit(1);
}

static bool run_test(const struct test *test, FILE *output)
{
    int status;
    pid_t pid;

    fflush(stdout);
    rewind(output);
    if ( ftruncate(fileno(output), 0) )
        return false;

    pid = fork();
    if ( pid < 0 )
        return false;
    if ( !pid )
    {
        dup2(fileno(output), STDOUT_FILENO);
        dup2(fileno(output), STDERR_FILENO);
        test->run();
        fflush(stdout);
        _exit(0);
    }

    return waitpid(pid, &status, 0) == pid && !status;
}

static void show(FILE *output)
{
    char line[512];

    rewind(output);
    while ( fgets(line, sizeof(line), output) )
        printf("# %s%s", line, strchr(line, '\n') ? "" : "\n");
}

int run_tests(const struct test *tests, unsigned int nr, char **args)
{
    unsigned int i, count = 0, failed = 0;
    FILE *output = tmpfile();

    if ( !output )
    {
        printf("Bail out! cannot create a temporary file\n");
        return 1;
    }

    for ( i = 0; i < nr; i++ )
    {
        char **arg;
        bool ok;

        for ( arg = args; *arg && strcmp(*arg, tests[i].name); arg++ )
            ;
        if ( *args && !*arg )
            continue;

        ok = run_test(&tests[i], output);
        failed += !ok;
        printf("%sok %u - %s\n", ok ? "" : "not ", ++count, tests[i].name);
        show(output);
    }

    if ( !count )
        printf("Bail out! no such test\n");
    else
        printf("1..%u\n", count);

    return failed || !count;
}
