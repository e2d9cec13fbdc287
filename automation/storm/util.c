// SPDX-License-Identifier: GPL-2.0-only
/* Complaints, time, numbers. */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

xc_interface *open_xen(void)
{
    /* Calls that fail are told of where it is known whether they may. */
    xentoollog_logger *log = (xentoollog_logger *)
        xtl_createlogger_stdiostream(stderr, XTL_CRITICAL, 0);
    xc_interface *xch = xc_interface_open(log, log, 0);

    if ( !xch )
        die(2, "no access to the hypervisor (%s); run this in dom0, as root",
            strerror(errno));

    return xch;
}

double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
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

/* The constants make every bit of the seed count for every bit of a number. */
unsigned int random_below(uint64_t *seed, unsigned int limit)
{
    uint64_t x = *seed += 0x9e3779b97f4a7c15;

    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;

    return (x ^ (x >> 31)) % limit;
}
