/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_BITOPS_H
#define BENCH_ASM_BITOPS_H

#include <xen/stdbool.h>

/* Words of 32 bits, as generic code has them. */
#define BENCH_WORD(addr, nr) ((unsigned int *)(addr) + (nr) / 32)
#define BENCH_BIT(nr) (1U << ((nr) % 32))

#if defined(BENCH_FAST) && defined(__x86_64__)

/* As few instructions as there. */
#define BENCH_BITOP(name, insn) \
static inline bool name(int nr, volatile void *addr) \
{ \
    bool old; \
    asm volatile ( "lock " insn " %[nr], %[word]" \
                   : "=@ccc" (old), [word] "+m" (*(volatile int *)addr) \
                   : [nr] "Ir" (nr) : "memory" ); \
    return old; \
}
BENCH_BITOP(test_and_set_bit, "btsl")
BENCH_BITOP(test_and_clear_bit, "btrl")
BENCH_BITOP(test_and_change_bit, "btcl")

#else

#define BENCH_BITOP(name, op, mask) \
static inline bool name(int nr, volatile void *addr) \
{ \
    return __atomic_fetch_##op(BENCH_WORD(addr, nr), mask, \
                               __ATOMIC_SEQ_CST) & BENCH_BIT(nr); \
}
BENCH_BITOP(test_and_set_bit, or, BENCH_BIT(nr))
BENCH_BITOP(test_and_clear_bit, and, ~BENCH_BIT(nr))
BENCH_BITOP(test_and_change_bit, xor, BENCH_BIT(nr))

#endif

#define set_bit(nr, addr) ((void)test_and_set_bit(nr, addr))
#define clear_bit(nr, addr) ((void)test_and_clear_bit(nr, addr))
#define change_bit(nr, addr) ((void)test_and_change_bit(nr, addr))

static inline void __set_bit(int nr, volatile void *addr)
{
    *BENCH_WORD(addr, nr) |= BENCH_BIT(nr);
}

static inline void __clear_bit(int nr, volatile void *addr)
{
    *BENCH_WORD(addr, nr) &= ~BENCH_BIT(nr);
}

#define BENCH_FFS(x, type) ((x) ? 1 + __builtin_ctz##type(x) : 0)
#define BENCH_FLS(x, type) \
    ((x) ? 8 * (int)sizeof(x) - __builtin_clz##type(x) : 0)

#ifdef BITOP_MASK /* Generic code has the rest. */

#define arch_ffs(x) BENCH_FFS(x, )
#define arch_ffsl(x) BENCH_FFS(x, l)
#define arch_fls(x) BENCH_FLS(x, )
#define arch_flsl(x) BENCH_FLS(x, l)

/* Newer processors have an instruction for it. */
#define arch_hweightl(x) bench_hweight(x)
static inline unsigned int bench_hweight(unsigned long x)
{
    unsigned int weight = 0;

    for ( ; x; x &= x - 1 )
        weight++;

    return weight;
}

#else

static inline int test_bit(int nr, const volatile void *addr)
{
    return !!(*BENCH_WORD(addr, nr) & BENCH_BIT(nr));
}

static inline int __test_and_set_bit(int nr, volatile void *addr)
{
    int old = test_bit(nr, addr);

    __set_bit(nr, addr);
    return old;
}

static inline int __test_and_clear_bit(int nr, volatile void *addr)
{
    int old = test_bit(nr, addr);

    __clear_bit(nr, addr);
    return old;
}

static inline int ffs(unsigned int x)
{
    return BENCH_FFS(x, );
}

static inline int ffsl(unsigned long x)
{
    return BENCH_FFS(x, l);
}

static inline int fls(unsigned int x)
{
    return BENCH_FLS(x, );
}

static inline int flsl(unsigned long x)
{
    return BENCH_FLS(x, l);
}

static inline unsigned int find_first_set_bit(unsigned long word)
{
    return __builtin_ctzl(word);
}

#define hweight64(x) generic_hweight64(x)
#define hweight32(x) generic_hweight32(x)
#define hweight16(x) generic_hweight16(x)
#define hweight8(x) generic_hweight8(x)

#endif

/* Masks of nodes are a word, which other architectures make use of, too. */
static always_inline unsigned int bench_find(const unsigned long *addr,
                                             unsigned int size,
                                             unsigned int bit,
                                             unsigned long flip)
{
    unsigned long word;

    if ( bit >= size )
        return size;

    if ( __builtin_constant_p(size) && size <= 64 )
    {
        word = (*addr ^ flip) >> bit;
        return bit + (word ? __builtin_ctzl(word) : size);
    }

    word = (addr[bit / 64] ^ flip) & (~0UL << (bit % 64));
    while ( !word )
    {
        bit = (bit | 63) + 1;
        if ( bit >= size )
            return size;
        word = addr[bit / 64] ^ flip;
    }

    bit = (bit & ~63U) + __builtin_ctzl(word);
    return bit < size ? bit : size;
}

#define find_next_bit(addr, size, off) bench_find(addr, size, off, 0)
#define find_first_bit(addr, size) bench_find(addr, size, 0, 0)
#define find_next_zero_bit(addr, size, off) bench_find(addr, size, off, ~0UL)
#define find_first_zero_bit(addr, size) bench_find(addr, size, 0, ~0UL)

#endif
