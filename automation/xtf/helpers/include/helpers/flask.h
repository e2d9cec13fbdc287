/* SPDX-License-Identifier: GPL-2.0-only */
/* Security labels, in a hypervisor with FLASK. */
#ifndef HELPERS_FLASK_H
#define HELPERS_FLASK_H

#include <xtf.h>

/* What the default policy has for domains of all sorts. */
#define FLASK_DOMU "system_u:system_r:domU_t"

/* Is there a policy, and is it enforced? */
bool flask_enforcing(void);

/* The number of a label; 0 without FLASK. An unknown label ends the test. */
uint32_t flask_sid(const char *label);

long flask_relabel(domid_t domid, const char *label);

#endif /* HELPERS_FLASK_H */
