/* SPDX-License-Identifier: GPL-2.0-only */
/* The few C library functions that XTF has; some are macros there. */
#ifndef XTF_LIBC_H
#define XTF_LIBC_H

#include <xtf/compiler.h>
#include <xtf/types.h>

void *memset(void *s, int c, size_t n);
void *memcpy(void *dst, const void *src, size_t n);
int memcmp(const void *s1, const void *s2, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
char *strcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);
int strcmp(const char *s1, const char *s2);
int strncmp(const char *s1, const char *s2, size_t n);

#define memset(s, c, n)     __builtin_memset(s, c, n)
#define memcpy(dst, src, n) __builtin_memcpy(dst, src, n)
#define memcmp(s1, s2, n)   __builtin_memcmp(s1, s2, n)
#define strlen(s)           __builtin_strlen(s)
#define strcpy(dst, src)    __builtin_strcpy(dst, src)
#define strncpy(dst, src, n) __builtin_strncpy(dst, src, n)
#define strcmp(s1, s2)      __builtin_strcmp(s1, s2)
#define strncmp(s1, s2, n)  __builtin_strncmp(s1, s2, n)

/*
 * %c %s %d %i %u %x %X %p %% with h hh l ll z, the flags - 0 # + and space,
 * width and precision.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
    __printf(3, 0);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

#endif /* XTF_LIBC_H */
