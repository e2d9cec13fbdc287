/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_BUG_H
#define BENCH_ASM_BUG_H

void bench_bug(const char *what, const char *file, int line)
    __attribute__((__noreturn__));

/* Never linked: nothing in the bench raises exceptions. */
struct bug_frame { int unused; };
#define BUG_FRAME_STRUCT
#define BUG_FRAME(type, line, ptr, second_frame, msg) \
    bench_bug(#type, __FILE__, line)
#define run_in_exception_handler(fn) bench_bug("exception", __FILE__, __LINE__)

#define BUG() bench_bug("BUG", __FILE__, __LINE__)
#define WARN() bench_bug("WARN", __FILE__, __LINE__)
#define assert_failed(msg) bench_bug("ASSERT(" msg ")", __FILE__, __LINE__)

#endif
