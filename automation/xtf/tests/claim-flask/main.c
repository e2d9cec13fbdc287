/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-flask/main.c
 * @ref test-claim-flask
 *
 * @page test-claim-flask claim-flask
 *
 * FLASK, enforcing: setting claims needs domain2/setclaim, and reading them, or
 * on which nodes a domain's pages are, needs domain/getdomaininfo, each for the
 * domain in question.  The arguments
 * name the permissions that the policy does not give to dom0.
 *
 * @see tests/claim-flask/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/flask.h>
#include <helpers/node_pages.h>
#include <helpers/start_info.h>
#include <helpers/string.h>

const char test_title[] = "Claim sets: FLASK";

void test_main(void)
{
    const char *denied = command_line();
    long set = strstr(denied, "setclaim") ? -EACCES : 0;
    long get = strstr(denied, "getdomaininfo") ? -EACCES : 0;
    memory_claim_t claims[MAX_CLAIMS];
    uint64_t pages[8];
    uint32_t nr = MAX_CLAIMS;
    int d = domain_create(DOMAIN_PV, 1000);

    if ( !flask_enforcing() )
        return xtf_error("Error: FLASK does not enforce a policy\n");
    if ( d < 0 )
        return xtf_error("Error: no domain: %d\n", d);

    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 10)), set);
    CHECK_EQ(claim_memory(d, XEN_DOMCTL_CLAIM_MEMORY_GET, claims, &nr), get);
    if ( !get )
        CHECK_EQ(nr, set ? 0 : 1);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 0)), set);
    nr = ARRAY_SIZE(pages);
    CHECK_EQ(numa_op(d, XEN_DOMCTL_NUMA_OP_GET_NODE_PAGES, &nr, pages), get);

    /* The old call passes on what FLASK says. */
    CHECK_EQ(claim_pages(d, 10), set ? -EACCES : 0);
    CHECK_EQ(claim_pages(d, 0), set ? -EACCES : 0);

    /* Which mode it is must be known to ask for the permission. */
    CHECK_EQ(claim_memory(d, 2, claims, &nr), -EOPNOTSUPP);

    CHECK_EQ(domain_kill(d), 0);
    xtf_success(NULL);
}
