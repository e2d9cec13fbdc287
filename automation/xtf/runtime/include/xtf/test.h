/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_TEST_H
#define XTF_TEST_H

#include <xtf/types.h>

/* What each test brings. */
extern const char test_title[];
void test_main(void);

#endif /* XTF_TEST_H */
