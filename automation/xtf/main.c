/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <xtf/page.h>
#include <xtf/start_info.h>

void xtf_main(const start_info_t *info);

void xtf_main(const start_info_t *info)
{
    start_info = info;
    page_unmap(NULL);

    printk("--- %s ---\n", test_title);
    test_main();
    xtf_exit();
}
