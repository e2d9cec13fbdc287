/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_LIB_H
#define XTF_LIB_H

#include <xtf/compiler.h>
#include <xtf/console.h>
#include <xtf/types.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof(*(a)))

#define ACCESS_ONCE(x) (*(volatile typeof(x) *)&(x))

/* Of one and the same type. */
#define min(a, b)                               \
    ({                                          \
        const typeof(a) min_a_ = (a);           \
        const typeof(b) min_b_ = (b);           \
                                                \
        (void)(&min_a_ == &min_b_);             \
        min_a_ < min_b_ ? min_a_ : min_b_;      \
    })

#define max(a, b)                               \
    ({                                          \
        const typeof(a) max_a_ = (a);           \
        const typeof(b) max_b_ = (b);           \
                                                \
        (void)(&max_a_ == &max_b_);             \
        max_a_ > max_b_ ? max_a_ : max_b_;      \
    })

#define BUILD_BUG_ON(cond) _Static_assert(!(cond), "!(" #cond ")")

/* Ends the test as crashed. */
void panic(const char *fmt, ...) __noreturn __printf(1, 2);

#define ASSERT(x)                                                       \
    do {                                                                \
        if ( !(x) )                                                     \
            panic("Assertion '%s' failed at %s:%d\n",                   \
                  #x, __FILE__, __LINE__);                              \
    } while ( 0 )

#endif /* XTF_LIB_H */
