/* SPDX-License-Identifier: GPL-2.0-only */
/* What the test programs have in common. */
#ifndef TEST_H
#define TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "bench.h"

struct test {
    const char *name;
    void (*run)(void);
};

/*
 * Runs the tests, each in a process of its own, so that each boots a host of
 * its own and one that dies fails alone.  Prints TAP.  @args: names of those to
 * run, all if there are none.  Returns main()'s exit code.
 */
int run_tests(const struct test *tests, unsigned int nr, char **args);

/* Ends the test. */
void test_fail(const char *file, int line, const char *format, ...)
    __attribute__((__noreturn__, __format__(__printf__, 3, 4)));

#define CHECK(p) do { \
    if ( !(p) ) \
        test_fail(__FILE__, __LINE__, "%s", #p); \
} while (0)

#define EQUAL(a, b) do { \
    long long a_ = (a), b_ = (b); \
    if ( a_ != b_ ) \
        test_fail(__FILE__, __LINE__, "%s is %lld, not %lld (%s)", #a, a_, \
                  b_, #b); \
} while (0)

/* All invariants. */
#define CONSISTENT() do { \
    const char *fault_ = bench_fault(); \
    if ( !fault_ ) \
        fault_ = bench_claims_fault(); \
    if ( fault_ ) \
        test_fail(__FILE__, __LINE__, "%s", fault_); \
} while (0)

/* libxc's handle, and how much hypercall memory is in use. */
struct xc_interface_core *test_xch(void);
unsigned long test_nr_buffers(void);
/* So many entries more than there are, a domctl is to return. */
extern unsigned int test_add_entries;

/* xorshift64*: small, fast, the same everywhere. */
static inline uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * 0x2545f4914f6cdd1dULL;
}

static inline unsigned int random_below(uint64_t *seed, unsigned int n)
{
    return (random_next(seed) >> 32) * n >> 32;
}

#endif
