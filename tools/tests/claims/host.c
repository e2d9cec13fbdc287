/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the hypervisor needs of its host: locks, memory, guest memory, and a
 * console.  Compiled with the C library's headers: nothing knows Xen's types.
 */
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bench.h"

/* Bugs and messages. */

bool bench_verbose;

static void die(const char *what, const char *file, int line)
{
    fflush(stdout);
    fprintf(stderr, "# BUG: %s at %s:%d\n", what, file, line);
    abort();
}

void (*bench_on_bug)(const char *what, const char *file, int line) = die;

void bench_bug(const char *what, const char *file, int line)
    __attribute__((__noreturn__));

void bench_bug(const char *what, const char *file, int line)
{
    bench_on_bug(what, file, line);
    abort();
}

#define BUG_ON(p) do { if ( p ) bench_bug(#p, __FILE__, __LINE__); } while (0)

int printk(const char *format, ...)
{
    va_list args;

    if ( !bench_verbose )
        return 0;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);

    return 0;
}

/*
 * Locks.  The first four bytes of Xen's locks, 0 to begin with, number a mutex.
 *
 * Order: page_alloc_lock, then heap_lock; never two of one kind, and none after
 * heap_lock.  So heap_lock is always the last, and no memory is allocated, and
 * no guest accessed, with it held.
 */

#ifndef BENCH_FAST

struct mutex {
    pthread_mutex_t mutex;
    enum bench_lock class;
    unsigned int depth;                 /* by the owner only */
    unsigned int next_free;
    pthread_t owner;
};

#define MAX_LOCKS 65536U
static struct mutex locks[MAX_LOCKS];
static unsigned int nr_locks, first_free;
static pthread_mutex_t locks_mutex = PTHREAD_MUTEX_INITIALIZER;

static __thread unsigned int held[LOCK_HEAP + 1];

static struct mutex *mutex_of(void *lock)
{
    unsigned int *nr = lock, i = __atomic_load_n(nr, __ATOMIC_ACQUIRE);

    if ( !i )
    {
        pthread_mutex_lock(&locks_mutex);
        i = *nr;
        if ( !i )
        {
            i = first_free;
            if ( i )
                first_free = locks[i].next_free;
            else
                i = ++nr_locks;
            BUG_ON(i >= MAX_LOCKS);
            pthread_mutex_init(&locks[i].mutex, NULL);
            locks[i].class = LOCK_OTHER;
            __atomic_store_n(nr, i, __ATOMIC_RELEASE);
        }
        pthread_mutex_unlock(&locks_mutex);
    }

    return &locks[i];
}

void bench_lock_classify(void *lock, enum bench_lock class)
{
    mutex_of(lock)->class = class;
}

void bench_lock_forget(void *lock)
{
    struct mutex *m = mutex_of(lock);

    BUG_ON(m->depth);
    pthread_mutex_destroy(&m->mutex);
    pthread_mutex_lock(&locks_mutex);
    m->next_free = first_free;
    first_free = m - locks;
    pthread_mutex_unlock(&locks_mutex);
    *(unsigned int *)lock = 0;
}

/* Only a thread that has the lock finds itself as its owner. */
static bool is_mine(struct mutex *m)
{
    return __atomic_load_n(&m->depth, __ATOMIC_RELAXED) &&
           pthread_equal(__atomic_load_n(&m->owner, __ATOMIC_RELAXED),
                         pthread_self());
}

static void locked(struct mutex *m)
{
    __atomic_store_n(&m->owner, pthread_self(), __ATOMIC_RELAXED);
    __atomic_store_n(&m->depth, 1, __ATOMIC_RELAXED);
    held[m->class]++;
}

static void lock_it(void *lock, bool recursive)
{
    struct mutex *m = mutex_of(lock);

    if ( is_mine(m) )
    {
        if ( !recursive )
            bench_bug("a lock is taken twice", __FILE__, __LINE__);
        __atomic_store_n(&m->depth, m->depth + 1, __ATOMIC_RELAXED);
        return;
    }

    if ( held[LOCK_HEAP] )
        bench_bug("a lock is taken under the heap lock", __FILE__, __LINE__);
    if ( m->class == LOCK_PAGE_ALLOC && held[LOCK_PAGE_ALLOC] )
        bench_bug("two page_alloc_locks are taken", __FILE__, __LINE__);

    pthread_mutex_lock(&m->mutex);
    locked(m);
}

static void unlock_it(void *lock)
{
    struct mutex *m = mutex_of(lock);

    if ( !is_mine(m) )
        bench_bug("a lock is dropped that is not held", __FILE__, __LINE__);

    __atomic_store_n(&m->depth, m->depth - 1, __ATOMIC_RELAXED);
    if ( m->depth )
        return;
    held[m->class]--;
    pthread_mutex_unlock(&m->mutex);
}

void _spin_lock(void *lock)
{
    lock_it(lock, false);
}

void _spin_unlock(void *lock)
{
    unlock_it(lock);
}

/* Calls back as long as it has to wait: the owner may wait for that. */
void _spin_lock_cb(void *lock, void (*cb)(void *data), void *data)
{
    struct mutex *m = mutex_of(lock);

    BUG_ON(is_mine(m) || held[LOCK_HEAP]);
    while ( pthread_mutex_trylock(&m->mutex) )
    {
        cb(data);
        sched_yield();
    }
    locked(m);
}

int _spin_trylock(void *lock)
{
    struct mutex *m = mutex_of(lock);

    if ( is_mine(m) || pthread_mutex_trylock(&m->mutex) )
        return 0;
    locked(m);

    return 1;
}

int _spin_is_locked(void *lock)
{
    return is_mine(mutex_of(lock));
}

void _spin_lock_recursive(void *lock)
{
    lock_it(lock, true);
}

void _spin_unlock_recursive(void *lock)
{
    unlock_it(lock);
}

/* Later versions name uses of recursive locks that do not recurse. */
void _nrspin_lock(void *lock)
{
    lock_it(lock, false);
}

void _nrspin_unlock(void *lock)
{
    unlock_it(lock);
}

void _rspin_lock(void *lock)
{
    lock_it(lock, true);
}

void _rspin_unlock(void *lock)
{
    unlock_it(lock);
}

int _rspin_is_locked(const void *lock)
{
    return is_mine(mutex_of((void *)lock));
}

#define ASSERT_UNLOCKED(class) BUG_ON(held[class])

#else /* In line, see arch/inline-locks.h. */

void bench_lock_classify(void *lock, enum bench_lock class)
{
}

void bench_lock_forget(void *lock)
{
}

#define ASSERT_UNLOCKED(class) ((void)0)

#endif

void bench_relax(void)
{
    sched_yield();
}

/* Xen's memory. */

static unsigned long nr_allocs, allocs_until_failure;

void bench_fail_alloc(unsigned long nth)
{
    allocs_until_failure = nth;
}

unsigned long bench_nr_allocs(void)
{
    return __atomic_load_n(&nr_allocs, __ATOMIC_RELAXED);
}

void *_xmalloc(unsigned long size, unsigned long align)
{
    void *p = NULL;

    ASSERT_UNLOCKED(LOCK_HEAP);
    ASSERT_UNLOCKED(LOCK_PAGE_ALLOC);
    if ( allocs_until_failure && !--allocs_until_failure )
        return NULL;

    if ( posix_memalign(&p, align < sizeof(p) ? sizeof(p) : align, size) )
        return NULL;
    memset(p, 0xa5, size);
    __atomic_fetch_add(&nr_allocs, 1, __ATOMIC_RELAXED);

    return p;
}

void *_xzalloc(unsigned long size, unsigned long align)
{
    void *p = _xmalloc(size, align);

    return p ? memset(p, 0, size) : NULL;
}

/* A TLSF free may take locks and unmap: not under any of these. */
void xfree(void *p)
{
    ASSERT_UNLOCKED(LOCK_HEAP);
    ASSERT_UNLOCKED(LOCK_PAGE_ALLOC);
    if ( p )
        __atomic_fetch_sub(&nr_allocs, 1, __ATOMIC_RELAXED);
    free(p);
}

void *bench_map(unsigned long size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    BUG_ON(p == MAP_FAILED);
    return p;
}

/* Guest memory. */

#ifndef BENCH_FAST

struct area {
    const char *start, *end, *fault_from, *fault_to;
};

#define MAX_AREAS 256
static struct area areas[MAX_AREAS];
static unsigned int nr_areas;
static pthread_rwlock_t areas_lock = PTHREAD_RWLOCK_INITIALIZER;
unsigned long bench_guest_copies;

void bench_guest_add(const void *start, unsigned long size)
{
    unsigned int i;

    pthread_rwlock_wrlock(&areas_lock);
    for ( i = 0; i < nr_areas && areas[i].start; i++ )
        ;
    BUG_ON(i == MAX_AREAS);
    areas[i] = (struct area){ .start = start,
                              .end = (const char *)start + size };
    if ( i == nr_areas )
        nr_areas++;
    pthread_rwlock_unlock(&areas_lock);
}

void bench_guest_remove(const void *start)
{
    unsigned int i;

    pthread_rwlock_wrlock(&areas_lock);
    for ( i = 0; i < nr_areas && areas[i].start != start; i++ )
        ;
    BUG_ON(i == nr_areas);
    areas[i] = (struct area){};
    pthread_rwlock_unlock(&areas_lock);
}

void bench_guest_fault(const void *from, const void *to)
{
    unsigned int i;

    pthread_rwlock_wrlock(&areas_lock);
    for ( i = 0; i < nr_areas; i++ )
        if ( !from || ((const char *)from >= areas[i].start &&
                       (const char *)from < areas[i].end) )
        {
            areas[i].fault_from = from;
            areas[i].fault_to = to;
        }
    pthread_rwlock_unlock(&areas_lock);
}

/* How many bytes from @guest on can be accessed. */
static unsigned int accessible(const char *guest, unsigned int len)
{
    unsigned int i, n = 0;

    ASSERT_UNLOCKED(LOCK_HEAP);
    ASSERT_UNLOCKED(LOCK_PAGE_ALLOC);
    __atomic_fetch_add(&bench_guest_copies, 1, __ATOMIC_RELAXED);

    pthread_rwlock_rdlock(&areas_lock);
    for ( i = 0; i < nr_areas; i++ )
        if ( guest >= areas[i].start && guest < areas[i].end )
        {
            const struct area *a = &areas[i];

            n = a->end - guest < len ? a->end - guest : len;
            if ( a->fault_from && guest < a->fault_to &&
                 guest + n > a->fault_from )
                n = guest < a->fault_from ? a->fault_from - guest : 0;
            break;
        }
    pthread_rwlock_unlock(&areas_lock);

    return n;
}

unsigned int raw_copy_from_guest(void *to, const void *from, unsigned int len)
{
    unsigned int n = accessible(from, len);
    memcpy(to, from, n);
    memset((char *)to + n, 0, len - n);

    return len - n;
}

unsigned int raw_copy_to_guest(void *to, const void *from, unsigned int len)
{
    unsigned int n = accessible(to, len);
    memcpy(to, from, n);

    return len - n;
}

#endif

/* ThreadSanitizer's view of volatile accesses: none. */

#define VOLATILE_ACCESS(size) \
    void __tsan_volatile_read##size(void *p); \
    void __tsan_volatile_write##size(void *p); \
    void __tsan_volatile_read##size(void *p) {} \
    void __tsan_volatile_write##size(void *p) {}
VOLATILE_ACCESS(1)
VOLATILE_ACCESS(2)
VOLATILE_ACCESS(4)
VOLATILE_ACCESS(8)

/* The only one that the allocator sends tells of low memory. */

unsigned long bench_low_mem_virqs;

void send_global_virq(uint32_t virq)
{
    __atomic_fetch_add(&bench_low_mem_virqs, 1, __ATOMIC_RELAXED);
}

/* Other calls that the allocator makes, and that have no effect here. */

void process_pending_softirqs(void)
{
}

void register_keyhandler(unsigned char key, void *fn, const char *desc,
                         bool diag)
{
}

long get_s_time(void)
{
    return 0;
}

int parse_bool(const char *s, const char *e)
{
    return -1;
}
