/* SPDX-License-Identifier: GPL-2.0-only */
/* Where Xen enters for an exception: no way back, so registers are free. */

        .text

        .globl  exception_entries
        .p2align 4
exception_entries:
        .rept 32
1:      mov     $(1b - exception_entries) / 16, %edi
        mov     %rsp, %rsi
        jmp     common
        .p2align 4
        .endr

common:
        cld
        and     $~15, %rsp
        xor     %ebp, %ebp
        call    exception
        ud2

        .section .rodata
        .globl  exception_entry_size
        .p2align 2
exception_entry_size:
        .long   16

        .section .note.GNU-stack, "", @progbits
