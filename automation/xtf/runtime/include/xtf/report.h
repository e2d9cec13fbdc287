/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The result of a test. It can be reported several times: the worst one counts.
 * Success is the mildest, so a test may end with xtf_success() after checks
 * that failed.
 */
#ifndef XTF_REPORT_H
#define XTF_REPORT_H

#include <xtf/compiler.h>
#include <xtf/types.h>

/* Everything that was tried works. NULL for no text. */
void xtf_success(const char *fmt, ...) __printf(1, 2);

/* Something to look at that decides nothing. */
void xtf_warning(const char *fmt, ...) __printf(1, 2);

/* This host cannot run the test. */
void xtf_skip(const char *fmt, ...) __printf(1, 2);

/* The test itself went wrong. */
void xtf_error(const char *fmt, ...) __printf(1, 2);

/* What is tested went wrong. */
void xtf_failure(const char *fmt, ...) __printf(1, 2);

/* Is there a result already? */
bool xtf_status_reported(void);

/* Ends the test with the result reported so far. */
void xtf_exit(void) __noreturn;

#endif /* XTF_REPORT_H */
