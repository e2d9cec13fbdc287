/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <xtf/page.h>
#include <xtf/start_info.h>
#include <xtf/traps.h>

void xtf_main(const start_info_t *info);

void xtf_main(const start_info_t *info)
{
    start_info = info;
    install_trap_table();
    page_unmap(NULL);

    printk("--- %s ---\n", test_title);
    test_main();
    xtf_exit();
}
