// SPDX-License-Identifier: GPL-2.0-only
/* What is wrong, and with which option. */

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storm.h"

unsigned int faults;

void complain(const char *fmt, ...)
{
    va_list args;

    fflush(stdout);
    va_start(args, fmt);
    vwarnx(fmt, args);
    va_end(args);
    faults++;
}

void die(int status, const char *fmt, ...)
{
    va_list args;

    fflush(stdout);
    va_start(args, fmt);
    verrx(status, fmt, args);
}

unsigned int number(const char *name, const char *text, unsigned int least,
                    unsigned int most)
{
    char *end;
    unsigned long value;

    errno = 0;
    value = strtoul(text, &end, 10);
    if ( *text < '0' || *text > '9' || *end || errno || value < least ||
         value > most )
        die(2, "--%s %s: must be a number from %u to %u", name, text, least,
            most);

    return value;
}

const char *kernel_argument(int argc, char *argv[], void (*usage)(FILE *to))
{
    if ( optind != argc - 1 )
    {
        usage(stderr);
        exit(2);
    }
    if ( access(argv[optind], R_OK) )
        die(2, "%s: %s; name a PV kernel", argv[optind], strerror(errno));

    return argv[optind];
}
