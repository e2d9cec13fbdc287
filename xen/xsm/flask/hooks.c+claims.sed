# SPDX-License-Identifier: GPL-2.0-only

# Is the hook given the whole domctl, or only its number?
# May miss: only the number, before XSA-492.
/^static int flask_domctl_scheduler_op(/i\
static int flask_domctl_claim_memory(struct domain *d, unsigned int mode)\
{\
    switch ( mode )\
    {\
    case XEN_DOMCTL_CLAIM_MEMORY_SET:\
        return flask_claim_pages(d);\
\
    case XEN_DOMCTL_CLAIM_MEMORY_GET:\
        return flask_getdomaininfo(d);\
\
    default:\
        return -EOPNOTSUPP;\
    }\
}\


# May miss: as above.
/^        return flask_domctl_scheduler_op(d, op->u\.scheduler_op\.cmd);$/a\
\
    case XEN_DOMCTL_claim_memory:\
        return flask_domctl_claim_memory(d, op->u.claim_memory.mode);

# May miss: the whole of it, since XSA-492.
/^    \/\* These have individual XSM hooks (common\/domctl\.c) \*\/$/a\
    case XEN_DOMCTL_claim_memory: /* claim_pages or getdomaininfo, by mode */

# Just one of the two.
/^    case XEN_DOMCTL_claim_memory:/b
