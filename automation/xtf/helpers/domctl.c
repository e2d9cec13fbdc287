/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/arch.h>
#include <helpers/domctl.h>

void needs_dom0(void)
{
    if ( is_dom0() )
        return;

    xtf_skip("Skip: this is for the control domain; boot it as dom0\n");
    xtf_exit();
}
