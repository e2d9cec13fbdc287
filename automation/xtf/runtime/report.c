/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>

#include <private/exit.h>

/* From mild to severe. */
enum status {
    STATUS_RUNNING,
    STATUS_SUCCESS,
    STATUS_SKIP,
    STATUS_ERROR,
    STATUS_FAILURE,
    STATUS_CRASH,
};

static enum status status;

static void report(enum status new, const char *what, const char *fmt,
                   va_list args)
{
    if ( fmt )
    {
        char text[512];

        vsnprintf(text, sizeof(text), fmt, args);

        /* Some tests write the name of the result themselves. */
        printk("%s%s", strncmp(text, what, strlen(what)) ? what : "", text);
        if ( text[0] && text[strlen(text) - 1] != '\n' )
            printk("\n");
    }

    /* Two vCPUs may report at the same time. */
    for ( enum status old = status; old < new; )
        if ( __atomic_compare_exchange_n(&status, &old, new, false,
                                         __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) )
            break;
}

#define REPORT(new, what)                       \
    do {                                        \
        va_list args;                           \
                                                \
        va_start(args, fmt);                    \
        report(new, what, fmt, args);           \
        va_end(args);                           \
    } while ( 0 )

void xtf_success(const char *fmt, ...)
{
    REPORT(STATUS_SUCCESS, "Success: ");
}

void xtf_warning(const char *fmt, ...)
{
    REPORT(STATUS_RUNNING, "Warning: ");
}

void xtf_skip(const char *fmt, ...)
{
    REPORT(STATUS_SKIP, "Skip: ");
}

void xtf_error(const char *fmt, ...)
{
    REPORT(STATUS_ERROR, "Error: ");
}

void xtf_failure(const char *fmt, ...)
{
    REPORT(STATUS_FAILURE, "Failure: ");
}

bool xtf_status_reported(void)
{
    return status != STATUS_RUNNING;
}

void xtf_exit(void)
{
    static const char *const names[] = {
        [STATUS_SUCCESS] = "SUCCESS",
        [STATUS_SKIP]    = "SKIP",
        [STATUS_ERROR]   = "ERROR",
        [STATUS_FAILURE] = "FAILURE",
        [STATUS_CRASH]   = "CRASHED",
    };

    if ( !xtf_status_reported() )
        xtf_error("The test ended without a result\n");

    printk("Test result: %s\n", names[status]);
    xtf_stop(status, status == STATUS_SUCCESS);
}

void panic(const char *fmt, ...)
{
    REPORT(STATUS_CRASH, "Panic: ");
    xtf_exit();
}
