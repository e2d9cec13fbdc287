/* SPDX-License-Identifier: GPL-2.0-only */
/* The runtime of the test kernels itself, on any Xen. */

#include <xtf.h>

const char test_title[] = "Test kernel runtime";

void test_main(void)
{
    printk("hello %d %s\n", 42, "x");
    xtf_success(NULL);
}
