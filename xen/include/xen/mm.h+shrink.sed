# SPDX-License-Identifier: GPL-2.0-only

/^#define _MEMF_node  /i\
#define _MEMF_elsewhere   10 /* an extent may come from where d has no claim */\
#define  MEMF_elsewhere   (1U<<_MEMF_elsewhere)
