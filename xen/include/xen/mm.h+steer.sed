# SPDX-License-Identifier: GPL-2.0-only

/^#define _MEMF_node  /i\
#define _MEMF_claimed     9 /* page_alloc.c only: on nodes that d claims on */\
#define  MEMF_claimed     (1U<<_MEMF_claimed)
