/* SPDX-License-Identifier: GPL-2.0-only */
#include "test.h"

static void boots(void)
{
    static const struct bench_range ranges[] = {
        { 0, 0x1000, 0x400 }, { 1, 0x2000, 0x400 },
    };
    struct bench_config config = { 2, 2, ranges };
    struct domain *d;
    struct page_info *pg;

    bench_boot(&config);
    CONSISTENT();
    d = bench_create_domain(1, 100);
    pg = bench_alloc(d, 3, 0);
    CHECK(pg);
    CONSISTENT();
    bench_free(pg, 3);
    bench_kill_domain(d);
    bench_put_domain(d);
    bench_reap_domains();
    CONSISTENT();
}

static const struct test tests[] = {
    { "boots", boots },
};

int main(int argc, char **argv)
{
    return run_tests(tests, sizeof(tests) / sizeof(*tests), argv + 1);
}
