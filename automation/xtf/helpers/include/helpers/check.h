/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checks that say what was wrong and go on, so that one boot shows everything
 * that fails. A test ends with xtf_success(NULL), which changes nothing after
 * a failure.
 */
#ifndef HELPERS_CHECK_H
#define HELPERS_CHECK_H

#include <xtf.h>
#include <helpers/limits.h>

/* Each returns whether it held. */
#define CHECK(cond)                                                     \
    check_true(!!(cond), #cond, __FILE__, __LINE__)

/* Two whole numbers; shown as signed, and small negative ones as errnos. */
#define CHECK_EQ(got, expected)                                         \
    check_equal((long)(got), (long)(expected), #got, __FILE__, __LINE__)

/* For helpers that check for their callers: one more line to say where. */
#define CHECK_EQ_AT(got, expected, what, file, line)                    \
    check_equal((long)(got), (long)(expected), what, file, line)

bool check_true(bool holds, const char *what, const char *file,
                unsigned int line);
bool check_equal(long got, long expected, const char *what, const char *file,
                 unsigned int line);

/* How many checks have failed so far. */
unsigned int checks_failed(void);

/* "EINVAL" for 22 and for -22; NULL for what is no errno. */
const char *errno_name(long error);

#endif /* HELPERS_CHECK_H */
