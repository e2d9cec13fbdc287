/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/limits.h>
#include <helpers/string.h>

char *strstr(const char *haystack, const char *needle)
{
    size_t len = strlen(needle);

    for ( ; strncmp(haystack, needle, len); haystack++ )
        if ( !*haystack )
            return NULL;

    return (char *)haystack;
}

static unsigned int digit_value(char c)
{
    if ( c >= '0' && c <= '9' )
        return c - '0';
    if ( c >= 'a' && c <= 'z' )
        return c - 'a' + 10;
    if ( c >= 'A' && c <= 'Z' )
        return c - 'A' + 10;

    return UINT_MAX;
}

unsigned long strtoul(const char *s, char **end, int base)
{
    unsigned long value = 0;

    if ( (base == 0 || base == 16) && s[0] == '0' && (s[1] | 0x20) == 'x' )
    {
        base = 16;
        s += 2;
    }
    else if ( base == 0 )
        base = 10;

    for ( ; digit_value(*s) < (unsigned int)base; s++ )
        value = value * base + digit_value(*s);

    if ( end )
        *end = (char *)s;

    return value;
}
