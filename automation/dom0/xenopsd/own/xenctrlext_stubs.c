// SPDX-License-Identifier: GPL-2.0-only
/*
 * The calls that xenopsd's stubs make of libxenctrl and of Xen's OCaml stubs,
 * in our own words: for who has no checkout of xen-api.
 */

#include <errno.h>

#include <xenctrl.h>

#include <caml/alloc.h>
#include <caml/custom.h>
#include <caml/fail.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>
#include <caml/signals.h>

#ifndef XEN_DOMCTL_NUMA_OP_GET_NODE_PAGES
#error xenopsd would compile its claims out
#endif
#ifndef XEN_SYSCTL_numa_meminfo
#error xenopsd would not see what is claimed
#endif

/* Of Xen's OCaml library. Takes a handle of ours. */
value stub_xc_domain_numa_get_node_pages(value handle, value domid);

static struct custom_operations handle_ops = {
    .identifier = "claims.handle",
    .finalize = custom_finalize_default,
    .compare = custom_compare_default,
    .hash = custom_hash_default,
    .serialize = custom_serialize_default,
    .deserialize = custom_deserialize_default,
};

static xc_interface *xch_of(value handle)
{
    return *(xc_interface **)Data_custom_val(handle);
}

/* Handles stay open: a program has one. */
value own_open(value unit)
{
    CAMLparam1(unit);
    CAMLlocal1(handle);
    xc_interface *xch = xc_interface_open(NULL, NULL, 0);

    if ( !xch )
        caml_failwith("xc_interface_open");
    handle = caml_alloc_custom(&handle_ops, sizeof(xch), 0, 1);
    *(xc_interface **)Data_custom_val(handle) = xch;

    CAMLreturn(handle);
}

/* Returns the errno, or 0. */
value own_claim(value handle, value domid, value node, value nr_pages)
{
    CAMLparam4(handle, domid, node, nr_pages);
    xc_interface *xch = xch_of(handle);
    uint32_t id = Int_val(domid);
    unsigned int numa_node = Int_val(node);
    unsigned long pages = Long_val(nr_pages);
    int err;

    caml_enter_blocking_section();
    err = xc_domain_claim_pages_node(xch, id, numa_node, pages) ? errno : 0;
    caml_leave_blocking_section();

    CAMLreturn(Val_int(err));
}

value own_meminfo(value handle)
{
    CAMLparam1(handle);
    CAMLlocal2(nodes, node);
    xen_sysctl_node_meminfo_t info[64];
    unsigned int nr = 0, i;

    if ( xc_numa_meminfo(xch_of(handle), &nr, NULL) || nr > 64 ||
         xc_numa_meminfo(xch_of(handle), &nr, info) )
        caml_failwith("xc_numa_meminfo");

    nodes = caml_alloc(nr, 0);
    for ( i = 0; i < nr; i++ )
    {
        node = caml_alloc_tuple(3);
        Store_field(node, 0, caml_copy_int64(info[i].size));
        Store_field(node, 1, caml_copy_int64(info[i].free));
        Store_field(node, 2, caml_copy_int64(info[i].claimed));
        Store_field(nodes, i, node);
    }

    CAMLreturn(nodes);
}

value own_node_pages(value handle, value domid)
{
    return stub_xc_domain_numa_get_node_pages(handle, domid);
}
