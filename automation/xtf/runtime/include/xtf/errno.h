/* SPDX-License-Identifier: GPL-2.0-only */
/* Xen's error numbers under their plain names: EPERM, EINVAL, ... */
#ifndef XTF_ERRNO_H
#define XTF_ERRNO_H

#define XEN_ERRNO(name, value) name = value,
enum {
#include <xen/errno.h>
};

/* Xen's own: not in its public headers, but seen by callers all the same. */
#define ERESTART 85

#endif /* XTF_ERRNO_H */
