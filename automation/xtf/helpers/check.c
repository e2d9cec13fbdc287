/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/check.h>

static unsigned int failed;

unsigned int checks_failed(void)
{
    return ACCESS_ONCE(failed);
}

const char *errno_name(long error)
{
#define NAME(errno) { errno, #errno }
    static const struct {
        int number;
        const char *name;
    } errnos[] = {
        NAME(EPERM), NAME(ENOENT), NAME(ESRCH), NAME(EIO), NAME(ENXIO),
        NAME(E2BIG), NAME(ENOEXEC), NAME(EAGAIN), NAME(ENOMEM),
        NAME(EACCES), NAME(EFAULT), NAME(EBUSY), NAME(EEXIST), NAME(ENODEV),
        NAME(EINVAL), NAME(ENOSPC), NAME(ERANGE), NAME(ENOSYS), NAME(EOVERFLOW),
        NAME(EILSEQ), NAME(ERESTART), NAME(EOPNOTSUPP), NAME(ENOBUFS),
    };
#undef NAME

    for ( unsigned int i = 0; i < ARRAY_SIZE(errnos); i++ )
        if ( error == errnos[i].number || error == -errnos[i].number )
            return errnos[i].name;

    return NULL;
}

/* The errno's name with the number where it looks like one. */
static const char *describe(char *buf, size_t size, long value)
{
    const char *name = value < 0 ? errno_name(value) : NULL;

    if ( name )
        snprintf(buf, size, "%ld (-%s)", value, name);
    else
        snprintf(buf, size, "%ld", value);

    return buf;
}

bool check_true(bool holds, const char *what, const char *file,
                unsigned int line)
{
    if ( holds )
        return true;

    __atomic_add_fetch(&failed, 1, __ATOMIC_RELAXED);
    xtf_failure("Failure: %s:%u: %s does not hold\n", file, line, what);

    return false;
}

bool check_equal(long got, long expected, const char *what, const char *file,
                 unsigned int line)
{
    char got_text[40], expected_text[40];

    if ( got == expected )
        return true;

    __atomic_add_fetch(&failed, 1, __ATOMIC_RELAXED);
    xtf_failure("Failure: %s:%u: %s: expected %s, got %s\n", file, line, what,
                describe(expected_text, sizeof(expected_text), expected),
                describe(got_text, sizeof(got_text), got));

    return false;
}
