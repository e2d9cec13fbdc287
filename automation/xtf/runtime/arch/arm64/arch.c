/* SPDX-License-Identifier: GPL-2.0-only */
/* A 64-bit Arm domain: dom0, on one vCPU. */

#include <xtf.h>

#include <private/arch.h>
#include <private/exit.h>

/* Where start.S found the image, which is linked to _start. */
extern unsigned long load_address;
extern const uint8_t _start[];

void exception(unsigned int entry) __noreturn;
void arm64_main(void) __noreturn;

#define READ_SYSREG(name)                                               \
    ({                                                                  \
        unsigned long value_;                                           \
                                                                        \
        __asm__ volatile ( "mrs %0, " #name : "=r" (value_) );          \
        value_;                                                         \
    })

void exception(unsigned int entry)
{
    panic("Exception %u, syndrome %#lx, at %#lx, address %#lx\n", entry,
          READ_SYSREG(esr_el1), READ_SYSREG(elr_el1), READ_SYSREG(far_el1));
}

void arch_console_write(const char *buf, size_t count)
{
}

/* Xen's page takes the place of this one. */
shared_info_t shared_info __page_aligned_bss;

/* At once, for it costs the host a page: a table to map the page alone. */
static void map_shared_info(void)
{
    xen_add_to_physmap_t map = {
        .domid = DOMID_SELF,
        .space = XENMAPSPACE_shared_info,
        .gpfn = (load_address + (_u(&shared_info) - _u(_start))) >> PAGE_SHIFT,
    };
    long rc = hypercall_memory_op(XENMEM_add_to_physmap, &map);

    if ( rc )
        panic("Cannot map the shared info page: %ld\n", rc);
}

void arm64_main(void)
{
    map_shared_info();
    xtf_main();
}

void xtf_stop(unsigned int status, bool success)
{
    for ( ; ; )
        hypercall_shutdown(success ? SHUTDOWN_poweroff : SHUTDOWN_crash);
}
