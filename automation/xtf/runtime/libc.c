/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory and string functions; the compiler calls some of them by itself. */

#include <xtf/libc.h>

void *(memset)(void *s, int c, size_t n)
{
    uint8_t *to = s;

    while ( n-- )
        *to++ = c;

    return s;
}

void *(memcpy)(void *dst, const void *src, size_t n)
{
    uint8_t *to = dst;
    const uint8_t *from = src;

    while ( n-- )
        *to++ = *from++;

    return dst;
}

int (memcmp)(const void *s1, const void *s2, size_t n)
{
    const uint8_t *a = s1, *b = s2;

    for ( ; n--; a++, b++ )
        if ( *a != *b )
            return *a - *b;

    return 0;
}

size_t (strlen)(const char *s)
{
    return strnlen(s, ~(size_t)0);
}

size_t strnlen(const char *s, size_t max)
{
    size_t len = 0;

    while ( len < max && s[len] )
        len++;

    return len;
}

char *(strcpy)(char *dst, const char *src)
{
    return memcpy(dst, src, strlen(src) + 1);
}

char *(strncpy)(char *dst, const char *src, size_t n)
{
    size_t len = strnlen(src, n);

    memcpy(dst, src, len);
    memset(dst + len, 0, n - len);

    return dst;
}

int (strcmp)(const char *s1, const char *s2)
{
    return strncmp(s1, s2, ~(size_t)0 >> 1);
}

int (strncmp)(const char *s1, const char *s2, size_t n)
{
    for ( ; n--; s1++, s2++ )
        if ( *s1 != *s2 || !*s1 )
            return (uint8_t)*s1 - (uint8_t)*s2;

    return 0;
}
