# SPDX-License-Identifier: GPL-2.0-only
#
# What the tests on claims need, each of which includes this between common.mk
# and gen.mk.

numa-claims := $(ROOT)/numa-claims
numa-claims-objs := $(patsubst %.c,%.o,$(wildcard $(numa-claims)/*.c))

obj-perenv += $(numa-claims-objs)

# Xen's public headers before XTF's of the same names, in what is not XTF's.
main-pv64.o $(numa-claims-objs:.o=-pv64.o): CFLAGS_pv64 := \
	-I$(numa-claims)/include $(CFLAGS_pv64) \
	-include $(numa-claims)/include/names.h
