/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Any bytes as arguments of the domctl, between other things that a host does,
 * with the model as the judge: for libFuzzer.
 *
 * Input: records of a byte each that tells their kind, and what that needs.
 *   even    the domctl: domain, mode, entries, flags, array's length, array
 *   odd     a step of the model: eight bytes of arguments
 */
#include <stdlib.h>
#include <string.h>

#include "model.h"

struct input {
    const uint8_t *data;
    size_t size;
};

static unsigned int take(struct input *in, unsigned int bytes)
{
    unsigned int n = 0;

    while ( bytes-- && in->size )
    {
        n = n << 8 | *in->data++;
        in->size--;
    }

    return n;
}

static const char *domctl(struct input *in)
{
    unsigned int domain = take(in, 1) % 10, mode = take(in, 1);
    unsigned int nr = take(in, 1), flags = take(in, 1), size = take(in, 1);
    uint8_t *array = NULL;
    const char *fault;

    /* Numbers beyond a byte. */
    if ( mode > 127 )
        mode = take(in, 4);
    else
        mode %= 3;
    if ( nr > 80 )
        nr = take(in, 4);
    if ( flags & 1 )
        size *= 8;                      /* up to more than any set has */
    if ( size > in->size )
        size = in->size;

    /* Of its exact size, for AddressSanitizer. */
    if ( !(flags & 2) )
    {
        array = malloc(size ?: 1);
        memcpy(array, in->data, size);
    }
    fault = model_domctl(domain, mode, nr, array, size);
    free(array);
    in->data += size;
    in->size -= size;

    return fault;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool booted;
    struct input in = { data, size };
    const char *fault = NULL;

    if ( !booted )
    {
        model_boot(4);
        fault = model_restart();
        booted = true;
    }

    while ( in.size && !fault )
    {
        unsigned int kind = take(&in, 1);

        if ( kind & 1 )
        {
            struct step s = { .kind = kind / 2 % nr_step_kinds };

            s.a = take(&in, 2);
            s.b = take(&in, 2);
            s.c = take(&in, 2) << 16 | s.b;
            s.d = take(&in, 2);
            /* A broken page would be one less for all inputs to come. */
            if ( !strcmp(step_name(s.kind), "offline") )
                s.c |= 1;
            fault = model_step(&s);
        }
        else
            fault = domctl(&in);
    }

    if ( !fault )
        fault = model_check_all();
    if ( !fault )
        fault = model_restart();
    if ( fault )
    {
        fprintf(stderr, "%s\n", fault);
        abort();
    }

    return 0;
}
