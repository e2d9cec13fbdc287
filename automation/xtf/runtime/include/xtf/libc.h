/* SPDX-License-Identifier: GPL-2.0-only */
/* The few C library functions that test kernels have. */
#ifndef XTF_LIBC_H
#define XTF_LIBC_H

#include <xtf/compiler.h>
#include <xtf/types.h>

void *memset(void *s, int c, size_t n);
void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
int memcmp(const void *s1, const void *s2, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
char *strcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);
int strcmp(const char *s1, const char *s2);
int strncmp(const char *s1, const char *s2, size_t n);
char *strstr(const char *haystack, const char *needle);

/* Decimal, or hexadecimal after 0x; stops at the first other character. */
unsigned long strtoul(const char *s, char **end, int base);

/*
 * %c %s %d %i %u %x %X %p %% with h hh l ll z, the flags - 0 # + and space,
 * width and precision.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
    __printf(3, 0);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

#endif /* XTF_LIBC_H */
