/* SPDX-License-Identifier: GPL-2.0-only */
/* How Xen enters an arm64 test kernel: with the MMU off, anywhere in RAM. */

#include <private/layout.h>

#define BLOCK           0x701           /* Normal memory, inner shareable. */
#define TABLE           0x3
#define MAIR_WRITEBACK  0xff            /* For attribute index 0. */
/* 39 bits of virtual addresses, pages of 4k, tables in cached memory. */
#define TCR             (25 | (1 << 8) | (1 << 10) | (3 << 12) | \
                         (1 << 23) | (2 << 32))
#define SCTLR_MMU_CACHES ((1 << 0) | (1 << 2) | (1 << 12))

        .section .text.start, "ax", @progbits

        /* The header of Linux's Image. */
        .globl  _start
_start:
        b       start
        .long   0
        .quad   0                       /* Offset from a multiple of 2 MiB. */
        .quad   _end - _start
        .quad   0, 0, 0, 0
        .ascii  "ARM\x64"
        .long   0

start:
        adr     x0, _start
        adr     x1, load_address
        str     x0, [x1]
        adrp    x1, level1
        adrp    x2, level2
        mov     x3, BLOCK

        /* The 2 MiB where this is, at the address that it is linked to. */
        orr     x4, x0, x3
        str     x4, [x2, #8]
        orr     x4, x2, TABLE
        str     x4, [x1]

        /* The 1 GiB around it as it is; RAM is not in the first one. */
        lsr     x5, x0, #30
        lsl     x4, x5, #30
        orr     x4, x4, x3
        str     x4, [x1, x5, lsl #3]

        mov     x3, MAIR_WRITEBACK
        msr     mair_el1, x3
        ldr     x3, =TCR
        msr     tcr_el1, x3
        msr     ttbr0_el1, x1
        dsb     sy
        isb
        mrs     x3, sctlr_el1
        ldr     x4, =SCTLR_MMU_CACHES
        orr     x3, x3, x4
        msr     sctlr_el1, x3
        isb

        ldr     x3, =mapped
        br      x3
mapped:
        ldr     x3, =boot_stack + STACK_SIZE
        mov     sp, x3
        ldr     x3, =vectors
        msr     vbar_el1, x3
        isb
        mov     x29, xzr
        mov     x30, xzr
        b       arm64_main

        .ltorg

        .globl  load_address
        .p2align 3
load_address:
        .quad   0

        /* No way back, so registers are free. */
        .text
        .p2align 11
vectors:
        .set    entry, 0
        .rept   16
        .p2align 7
        mov     w0, entry
        b       exception
        .set    entry, entry + 1
        .endr

        .section .bss.start, "aw", @nobits
        .p2align PAGE_SHIFT
level1: .skip   PAGE_SIZE
level2: .skip   PAGE_SIZE
boot_stack:
        .skip   STACK_SIZE

        .section .note.GNU-stack, "", @progbits
