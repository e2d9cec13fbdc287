# SPDX-License-Identifier: GPL-2.0-only

# Is the hook given the whole domctl, or only its number?
# May miss: only the number, before XSA-492.
/^        return flask_domctl_scheduler_op(d, op->u\.scheduler_op\.cmd);$/a\
\
    case XEN_DOMCTL_claim_memory:\
        return op->u.claim_memory.mode == XEN_DOMCTL_CLAIM_MEMORY_SET\
               ? flask_claim_pages(d) : flask_getdomaininfo(d);

# May miss: the whole of it, since XSA-492.
/^    \/\* These have individual XSM hooks (common\/domctl\.c) \*\/$/a\
    case XEN_DOMCTL_claim_memory: /* claim_pages or getdomaininfo, by mode */

# Just one of the two.
/^    case XEN_DOMCTL_claim_memory:/b
