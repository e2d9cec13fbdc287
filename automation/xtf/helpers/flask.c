/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/flask.h>

#include <xen/xsm/flask_op.h>

static long flask_op(xen_flask_op_t *op)
{
    op->interface_version = XEN_FLASK_INTERFACE_VERSION;

    return HYPERCALL1(long, __HYPERVISOR_xsm_op, op);
}

bool flask_enforcing(void)
{
    xen_flask_op_t op = { .cmd = FLASK_GETENFORCE };

    return flask_op(&op) > 0;
}

uint32_t flask_sid(const char *label)
{
    xen_flask_op_t op = {
        .cmd = FLASK_CONTEXT_TO_SID,
        /* With the NUL, which later versions of Xen insist on. */
        .u.sid_context.size = strlen(label) + 1,
    };
    long rc;

    set_xen_guest_handle(op.u.sid_context.context, (char *)label);
    rc = flask_op(&op);
    if ( rc == -ENOSYS )
        return 0;
    if ( rc )
        panic("No label %s: %ld\n", label, rc);

    return op.u.sid_context.sid;
}

long flask_relabel(domid_t domid, const char *label)
{
    xen_flask_op_t op = {
        .cmd = FLASK_RELABEL_DOMAIN,
        .u.relabel = { .domid = domid, .sid = flask_sid(label) },
    };

    return flask_op(&op);
}
