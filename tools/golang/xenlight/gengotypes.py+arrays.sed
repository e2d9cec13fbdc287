# SPDX-License-Identifier: LGPL-2.1-only
# Of an array of numbers, room for as many as there are, each of its size.

/C\.malloc(C\.size_t({[0-9]}\*{[0-9]}))/{
    s/C\.size_t(\({[0-9]}\)\*\({[0-9]}\))/C.size_t(\1)*C.sizeof_\2/
    n
    s/golenvar,golenvar)/golenvar,ctypename)/
}
