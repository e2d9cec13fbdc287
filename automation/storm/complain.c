// SPDX-License-Identifier: GPL-2.0-only
/* What is wrong, and with which option. */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "storm.h"

unsigned int faults;

static void say(const char *fmt, va_list args)
{
    fflush(stdout);
    fprintf(stderr, "storm: ");
    vfprintf(stderr, fmt, args);
    fprintf(stderr, "\n");
}

void complain(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    say(fmt, args);
    va_end(args);
    faults++;
}

void die(int status, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    say(fmt, args);
    va_end(args);
    exit(status);
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
