/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-coloring/main.c
 * @ref test-claim-coloring
 *
 * @page test-claim-coloring claim-coloring
 *
 * Where domains get their memory by cache colour (LLC colouring), the heap that
 * claims are about does not serve them: claiming is refused, after all that can
 * be wrong with a claim set.  Releasing and reading claims work.
 *
 * @see tests/claim-coloring/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>

const char test_title[] = "Claim sets: LLC colouring";

void test_main(void)
{
    /* This domain: others would need colours first. */
    const domid_t d = 0;

    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 1)), -EOPNOTSUPP);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(HOST, 1)), -EOPNOTSUPP);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(LEGACY, 1)), -EOPNOTSUPP);
    CHECK_EQ(claim_pages(d, 1), -EOPNOTSUPP);
    CHECK_CLAIMS(d);

    CHECK_EQ(claims_release(d), 0);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 0), CLAIM(HOST, 0)), 0);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(LEGACY, 0)), 0);

    /* What is wrong with the set, or its sum, comes first; the limit after. */
    CHECK_EQ(SET_CLAIMS(d, CLAIM(64, 1)), -ENOENT);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 1), CLAIM(0, 1)), -EINVAL);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 1UL << 32)), -EINVAL);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, UINT_MAX), CLAIM(HOST, 1)), -EINVAL);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(LEGACY, 1UL << 32)), -EINVAL);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, UINT_MAX)), -EOPNOTSUPP);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(LEGACY, UINT_MAX)), -EOPNOTSUPP);

    xtf_success(NULL);
}
