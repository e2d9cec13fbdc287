# SPDX-License-Identifier: GPL-2.0-only

### The hypervisor's allocator in user space

here := $(CURDIR)
xen := $(TREE)/xen

# What the hypervisor's code is compiled with, but for the architecture.
hyp_cflags := -MMD -MP -std=gnu99 -g -Wall -Werror -Wno-unused -nostdinc \
    -fno-builtin -fno-common -fno-strict-aliasing -fno-pie -D__XEN__ \
    -include $(xen)/include/xen/config.h \
    -I$(here)/arch -I$(xen)/include -I$(O)/generated-arch -I$(here) -I$(xen) \
    $(shell grep -q 'define BITS_PER_LONG' $(xen)/include/xen/config.h && \
        echo -DBENCH_XEN_HAS_SIZES) \
    $(shell grep -q MEMF_keep_scrub $(xen)/include/xen/mm.h && \
        echo -DBENCH_XEN_KEEPS_SCRUB)

# The flavours: what they are compiled with, and the compiler.
flavours := asan tsan plain fast fuzz
flags_plain := -O1
flags_asan := -O2 -fsanitize=address,undefined -fno-sanitize=alignment \
    -fno-sanitize-recover=all -fno-omit-frame-pointer
flags_tsan := -O1 -fsanitize=thread -Wno-tsan
# What is read by ACCESS_ONCE() is meant to race.
hyp_flags_tsan := --param tsan-distinguish-volatile=1
flags_fast := -O2 -DBENCH_FAST
flags_fuzz := -O1 -fsanitize=address,undefined,fuzzer-no-link \
    -fno-sanitize=alignment,function -fno-sanitize-recover=all \
    -Wno-unknown-warning-option -Wno-typedef-redefinition
hyp_flags_fast := -include $(here)/arch/inline-locks.h
link_fuzz := -fsanitize=fuzzer
cc_fuzz := clang
cc = $(or $(cc_$(1)),$(HOSTCC))

# Architecture headers that ours does without are empty, or the generic ones.
$(O)/generated-arch/.made: bench.mk
	@rm -rf $(@D)
	@mkdir -p $(@D)/asm
	@for h in $$(grep -rhoE '^# *include <asm/[^>]*>' \
	        $(xen)/include $(xen)/common | \
	        sed 's,.*<asm/\(.*\)>,\1,' | sort -u); do \
	    mkdir -p $$(dirname $(@D)/asm/$$h); \
	    if [ -e $(xen)/include/asm-generic/$$h ]; then \
	        echo "#include <asm-generic/$$h>"; \
	    fi > $(@D)/asm/$$h; \
	done
	@touch $@

# $(1): flavour.  Objects of the hypervisor, and of what stands below it.
define flavour
$(O)/$(1)/.made:
	@mkdir -p $(O)/$(1)
	@touch $$@

$(O)/$(1)/hyp.o: hyp.c $(xen)/common/page_alloc.c \
    $(O)/generated-arch/.made $(O)/$(1)/.made
	$(call cc,$(1)) $(hyp_cflags) $(flags_$(1)) $(hyp_flags_$(1)) -c -o $$@ $$<

$(O)/$(1)/domctl.o: $(xen)/common/domctl.c $(O)/generated-arch/.made \
    $(O)/$(1)/.made
	$(call cc,$(1)) $(hyp_cflags) $(flags_$(1)) $(hyp_flags_$(1)) -c -o $$@ $$<

$(O)/$(1)/bitmap.o: $(xen)/common/bitmap.c $(O)/generated-arch/.made \
    $(O)/$(1)/.made
	$(call cc,$(1)) $(hyp_cflags) $(flags_$(1)) $(hyp_flags_$(1)) -c -o $$@ $$<

$(O)/$(1)/host.o: host.c $(O)/$(1)/.made
	$(call cc,$(1)) $(host_cflags) $(flags_$(1)) -c -o $$@ $$<

# What is still undefined, but for the C library's, aborts with its name.
$(O)/$(1)/stubs.c: $(addprefix $(O)/$(1)/,hyp.o domctl.o bitmap.o host.o)
	@nm --defined-only $$^ | awk 'NF == 3 { print $$$$3 }' > $$@.defined
	@{ echo 'void bench_bug(const char *, const char *, int);'; \
	    nm -u $$(filter-out %/host.o,$$^) | \
	        awk '$$$$1 == "U" && $$$$2 !~ /$(not_stubs)/ { print $$$$2 }' | \
	        sort -u | grep -vxFf $$@.defined | \
	        sed 's/.*/void &(void) { bench_bug("& is a stub", "", 0); }/'; \
	} > $$@.tmp
	@mv $$@.tmp $$@

$(O)/$(1)/stubs.o: $(O)/$(1)/stubs.c
	$(call cc,$(1)) -w -fno-builtin $(flags_$(1)) -c -o $$@ $$<
endef

host_cflags := -MMD -MP -std=gnu99 -g -Wall -Werror -Wno-unused-parameter -I$(here) \
    -pthread -fno-pie
not_stubs := ^(_GLOBAL_OFFSET_TABLE_|(mem|str)(cpy|set|move|cmp|len|chr)$$$$|__(asan|tsan|ubsan)_|__sanitizer_|__sancov_|__start_|__stop_|__stack_chk)

$(foreach f,$(flavours),$(eval $(call flavour,$(f))))

### libxc's wrappers, unmodified

libs := $(TREE)/tools/libs
libxc_cflags := -MMD -MP -O1 -g -w -fno-pie -ffunction-sections -std=gnu99 \
    -D__XEN_TOOLS__ -I$(O)/include -I$(TREE)/tools/include -I$(libs)/ctrl \
    -I$(libs)/ctrl/include -I$(libs)/toollog/include -I$(libs)/call/include \
    -I$(libs)/foreignmemory/include -I$(libs)/devicemodel/include

# Public headers, as tools/include/ would have them after a build of the tools.
$(O)/include/.made: bench.mk
	@rm -rf $(@D)
	@mkdir -p $(@D)/xen/sys $(@D)/xen/foreign
	@ln -s $(abspath $(xen))/include/public/* $(@D)/xen
	@ln -s $(abspath $(TREE))/tools/include/xen-sys/Linux/* $(@D)/xen/sys
	@for bits in 32 64; do \
	    for type in vcpu_guest_context shared_info start_info; do \
	        echo "typedef int $${type}_x86_$${bits}_t[1];"; \
	    done > $(@D)/xen/foreign/x86_$$bits.h; \
	done
	@touch $@

# Without coverage, which would keep functions that are not used.
libxc_flags_asan := -fsanitize=address,undefined
libxc_flags_tsan := -fsanitize=thread

define libxc
$(O)/$(1)/libxc-%.o: $(libs)/ctrl/%.c $(O)/include/.made $(O)/$(1)/.made
	$(call cc,$(1)) $(libxc_cflags) $(libxc_flags_$(1)) -c -o $$@ $$<

$(O)/$(1)/libxc.o: libxc.c $(O)/include/.made $(O)/$(1)/.made
	$(call cc,$(1)) $(libxc_cflags) -I$(here) $(flags_$(1)) -c -o $$@ $$<
endef
$(foreach f,asan tsan plain fuzz,$(eval $(call libxc,$(f))))

# Headers, as the compiler saw them.
-include $(wildcard $(flavours:%=$(O)/%/*.d))

### The tests

test_cflags := $(host_cflags) -D__XEN_TOOLS__ -I$(O)/include \
    -I$(TREE)/tools/include -I$(libs)/toollog/include
hyp_objects := hyp.o domctl.o bitmap.o host.o stubs.o
libxc_objects := libxc.o libxc-xc_domain.o libxc-xc_hcall_buf.o test.o

define test_objects
$(O)/$(1)/test.o $(O)/$(1)/unit.o $(O)/$(1)/model.o $(O)/$(1)/random.o \
    $(O)/$(1)/threads.o $(O)/$(1)/faults.o $(O)/$(1)/fuzz.o: \
    $(O)/$(1)/%.o: %.c $(O)/include/.made $(O)/$(1)/.made
	$(call cc,$(1)) $(test_cflags) $(flags_$(1)) -c -o $$@ $$<

$(O)/$(1)/test-random $(O)/$(1)/test-fuzz: $(O)/$(1)/model.o

$(O)/$(1)/test-%: $(O)/$(1)/%.o \
    $(addprefix $(O)/$(1)/,$(hyp_objects) $(libxc_objects))
	$(call cc,$(1)) $(flags_$(1)) $(link_$(1)) -no-pie -pthread \
	    -Wl,--gc-sections -o $$@ $$^
endef
$(foreach f,asan tsan plain fuzz,$(eval $(call test_objects,$(f))))

### The benchmark

$(O)/fast/speed.o: speed.c $(O)/include/.made $(O)/fast/.made
	$(HOSTCC) $(test_cflags) $(flags_fast) -c -o $@ $<

$(O)/fast/test-speed: $(addprefix $(O)/fast/,speed.o $(hyp_objects))
	$(HOSTCC) $(flags_fast) -no-pie -pthread -o $@ $^

### Running them

tests := unit faults random threads
programs := $(foreach t,$(tests),$(O)/asan/test-$(t)) $(O)/tsan/test-threads

.PHONY: run-bench clean-bench
all: $(programs)
run: run-bench
clean: clean-bench

run-bench: $(programs)
	$(O)/asan/test-unit
	$(O)/asan/test-faults
	$(O)/asan/test-random
	$(O)/asan/test-random replay steps/*.steps
	$(O)/asan/test-threads
	TSAN_OPTIONS="history_size=7 suppressions=threads.supp" \
	    $(O)/tsan/test-threads

# Each on its own and soon done, without sanitizers.
.PHONY: $(tests) $(tests:%=quick-%)
$(tests): %: $(O)/plain/test-%

$(tests:%=quick-%): quick-%: %
	FAILURES=$(O) $(O)/plain/test-$* $(quick_$*)

quick_random := 400000 1
quick_threads := 30

clean-bench:
	$(RM) -r -- $(addprefix $(O)/,$(flavours) generated-arch include)
	[ ! -d $(O) ] || rmdir --ignore-fail-on-non-empty $(O)
