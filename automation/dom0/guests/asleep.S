/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A domain that can be saved, restored and migrated, and does nothing else: it
 * suspends itself, and does so again whenever it is resumed. With PVH defined
 * Xen's note names the entry; without, it takes the place of hvmloader. With
 * SOFT_RESET it first asks for one, once.
 */

#include <xen/elfnote.h>

/* xen/sched.h and xen/xen.h are for C. */
#define HYPERVISOR_sched_op 29
#define SCHEDOP_shutdown    2
#define SHUTDOWN_suspend    2
#define SHUTDOWN_soft_reset 5

#ifdef SOFT_RESET
#define FIRST_REASON        SHUTDOWN_soft_reset
#else
#define FIRST_REASON        SHUTDOWN_suspend
#endif

/* Of the CPUID leaves that Xen adds, the one on hypercall pages. */
#define CPUID_HYPERCALL_PAGE 0x40000002

#ifdef PVH
        .section .note.Xen, "a", @note
        .p2align 2
        .long   2f - 1f, 4f - 3f, XEN_ELFNOTE_PHYS32_ENTRY
1:      .asciz  "Xen"
2:      .p2align 2
3:      .long   _start
4:
#endif

        .text
        .code32
        .globl  _start
_start:
        mov     $stack_end, %esp
        mov     $CPUID_HYPERCALL_PAGE, %eax
        cpuid
        mov     %ebx, %ecx              /* The MSR that sets up the page. */
        mov     $hypercall_page, %eax
        xor     %edx, %edx
        wrmsr
1:      mov     $SCHEDOP_shutdown, %ebx
        mov     $reason, %ecx
        call    hypercall_page + HYPERVISOR_sched_op * 32
        movl    $SHUTDOWN_suspend, reason
        jmp     1b

        .data
        .p2align 12
hypercall_page:
        .skip   4096
reason: .long   FIRST_REASON
        .skip   64
stack_end:

        .section .note.GNU-stack, "", @progbits
