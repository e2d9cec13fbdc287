/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Below libxc's wrappers, which are linked as they are: hypercalls, and memory
 * for them.  Buffers are of their exact size, so that AddressSanitizer sees
 * what goes beyond them, and only they are accessible to the hypervisor.
 */
#include "xc_private.h"

#include "bench.h"
#include "test.h"

static struct xc_interface_core handle;
static unsigned long buffers;
unsigned int test_add_entries;

xc_interface *test_xch(void)
{
    return &handle;
}

unsigned long test_nr_buffers(void)
{
    return buffers;
}

void *xencall_alloc_buffer(xencall_handle *xcall, size_t size)
{
    void *p = malloc(size);

    if ( !p )
        return NULL;
    bench_guest_add(p, size);
    __atomic_fetch_add(&buffers, 1, __ATOMIC_RELAXED);

    return p;
}

void xencall_free_buffer(xencall_handle *xcall, void *p)
{
    if ( !p )
        return;
    bench_guest_remove(p);
    __atomic_fetch_sub(&buffers, 1, __ATOMIC_RELAXED);
    free(p);
}

int xencall1(xencall_handle *xcall, unsigned int op, uint64_t arg1)
{
    struct xen_domctl *domctl = (void *)(unsigned long)arg1;
    long rc = op == __HYPERVISOR_domctl ? bench_domctl(domctl) : -ENOSYS;

    if ( !rc )
        domctl->u.claim_memory.nr_entries += test_add_entries;

    if ( rc >= 0 )
        return rc;
    errno = -rc;
    return -1;
}

void xc_report(xc_interface *xch, xentoollog_logger *lg, xentoollog_level level,
               int code, const char *format, ...)
{
}

void xc_report_error(xc_interface *xch, int code, const char *format, ...)
{
}

const char *xc_strerror(xc_interface *xch, int errcode)
{
    return "";
}
