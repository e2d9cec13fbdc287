/* SPDX-License-Identifier: GPL-2.0-only */
/* Two of the C library's functions. */
#ifndef HELPERS_STRING_H
#define HELPERS_STRING_H

char *strstr(const char *haystack, const char *needle);

/* Decimal, or hexadecimal after 0x; stops at the first other character. */
unsigned long strtoul(const char *s, char **end, int base);

#endif /* HELPERS_STRING_H */
