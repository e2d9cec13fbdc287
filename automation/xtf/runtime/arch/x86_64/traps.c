/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>

#include <private/traps.h>

/* Exceptions that come with an error code. */
#define WITH_ERROR_CODE ((1u << 8) | (0x1fu << 10) | (1u << 17) | (1u << 21))

extern const uint8_t exception_entries[];
extern const unsigned int exception_entry_size;

void exception(unsigned int vector, const unsigned long *stack) __noreturn;

void exception(unsigned int vector, const unsigned long *stack)
{
    /* Xen pushes: rcx, r11, a code or none, rip, cs, rflags, rsp, ss. */
    bool has_code = (WITH_ERROR_CODE >> vector) & 1;
    unsigned long code = has_code ? stack[2] : 0;
    const unsigned long *rip = stack + 2 + has_code;
    unsigned long cr2 = 0;

    /* Xen emulates this for a PV kernel. */
    if ( vector == 14 )
        __asm__ volatile ( "mov %%cr2, %0" : "=r" (cr2) );

    panic("Exception %u, error code %#lx, at %p, stack %p, address %p\n",
          vector, code, (void *)rip[0], (void *)rip[3], (void *)cr2);
}

void fill_trap_table(struct trap_info *traps)
{
    for ( unsigned int i = 0; i < NR_EXCEPTIONS; i++ )
        traps[i] = (struct trap_info){
            .vector = i,
            .cs = FLAT_KERNEL_CS,
            .address = (unsigned long)exception_entries +
                       i * exception_entry_size,
        };
}

void install_trap_table(void)
{
    /* One more entry, all zero, ends the table. */
    static struct trap_info traps[NR_EXCEPTIONS + 1];
    long rc;

    fill_trap_table(traps);
    rc = hypercall_set_trap_table(traps);
    if ( rc )
        panic("Cannot install the trap table: %ld\n", rc);
}
