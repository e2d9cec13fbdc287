/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory and string functions; the compiler calls some of them by itself. */

#include <xtf/libc.h>

void *memset(void *s, int c, size_t n)
{
    uint8_t *to = s;

    while ( n-- )
        *to++ = c;

    return s;
}

void *memcpy(void *dst, const void *src, size_t n)
{
    uint8_t *to = dst;
    const uint8_t *from = src;

    while ( n-- )
        *to++ = *from++;

    return dst;
}

void *memmove(void *dst, const void *src, size_t n)
{
    uint8_t *to = dst;
    const uint8_t *from = src;

    if ( to <= from )
        return memcpy(dst, src, n);

    while ( n-- )
        to[n] = from[n];

    return dst;
}

int memcmp(const void *s1, const void *s2, size_t n)
{
    const uint8_t *a = s1, *b = s2;

    for ( ; n--; a++, b++ )
        if ( *a != *b )
            return *a - *b;

    return 0;
}

size_t strlen(const char *s)
{
    return strnlen(s, SIZE_MAX);
}

size_t strnlen(const char *s, size_t max)
{
    size_t len = 0;

    while ( len < max && s[len] )
        len++;

    return len;
}

char *strcpy(char *dst, const char *src)
{
    return memcpy(dst, src, strlen(src) + 1);
}

char *strncpy(char *dst, const char *src, size_t n)
{
    size_t len = strnlen(src, n);

    memcpy(dst, src, len);
    memset(dst + len, 0, n - len);

    return dst;
}

int strcmp(const char *s1, const char *s2)
{
    return strncmp(s1, s2, SIZE_MAX);
}

int strncmp(const char *s1, const char *s2, size_t n)
{
    for ( ; n--; s1++, s2++ )
        if ( *s1 != *s2 || !*s1 )
            return (uint8_t)*s1 - (uint8_t)*s2;

    return 0;
}

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
