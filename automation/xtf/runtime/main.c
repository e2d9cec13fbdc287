/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>

#include <private/arch.h>

void xtf_main(void)
{
    printk("--- %s ---\n", test_title);
    test_main();
    xtf_exit();
}
