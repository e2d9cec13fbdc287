/* SPDX-License-Identifier: GPL-2.0-only */
/* How Xen finds and enters a 64-bit PV test kernel. */

#include <xen/elfnote.h>

#include <private/layout.h>

.macro note type:req, desc:vararg
        .pushsection .note.Xen, "a", @note
        .p2align 2
        .long   2f - 1f
        .long   4f - 3f
        .long   \type
1:      .asciz  "Xen"
2:      .p2align 2
3:      \desc
4:      .p2align 2
        .popsection
.endm

        note    XEN_ELFNOTE_GUEST_OS,       .asciz "test-kernel"
        note    XEN_ELFNOTE_XEN_VERSION,    .asciz "xen-3.0"
        note    XEN_ELFNOTE_LOADER,         .asciz "generic"
        note    XEN_ELFNOTE_VIRT_BASE,      .quad 0
        note    XEN_ELFNOTE_PADDR_OFFSET,   .quad 0
        note    XEN_ELFNOTE_ENTRY,          .quad _start
        note    XEN_ELFNOTE_HYPERCALL_PAGE, .quad hypercall_page
        note    XEN_ELFNOTE_PAE_MODE,       .asciz "yes"
        /* Writable page tables and the rights of a dom0: can do both. */
        note    XEN_ELFNOTE_SUPPORTED_FEATURES, .long (1 << 0) | (1 << 11)

        .section .text.start, "ax", @progbits
        .globl  _start
_start:
        cld
        lea     boot_stack + STACK_SIZE(%rip), %rsp
        mov     %rsi, %rdi              /* The start info page. */
        xor     %ebp, %ebp
        call    pv_main
        ud2

        .section .text.hypercall, "ax", @progbits
        .globl  hypercall_page
        .p2align PAGE_SHIFT
hypercall_page:
        .skip   PAGE_SIZE, 0x90

        .section .bss.stack, "aw", @nobits
        .globl  stack_guard
        .p2align PAGE_SHIFT
stack_guard:
        .skip   PAGE_SIZE
boot_stack:
        .skip   STACK_SIZE

        .section .note.GNU-stack, "", @progbits
