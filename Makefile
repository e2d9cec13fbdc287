# SPDX-License-Identifier: GPL-2.0-only
#
# make            weave, build, boot, and storm: the main job
# make check      all tests
#
# make storm      the same: a storm of domain builders in four modes, with and
#                 without claim sets, into build/storm: report.html, summary.csv
#                 STORM=options, such as --scale: see automation/storm/run --help
# make storm-native
#                 how its cost grows, on the allocator alone: native.csv there
# make proof      one small storm, shown domain by domain
# make weave      the series woven into Xen, as a git repository: build/xen
# make series     the same as mails: build/series
# make build      hypervisor and toolstack of the woven tree
# make docs       the woven tree's guest and developer documentation
# make check-xl   tests of xl in dom0, with domains of all types
# make bench      what operations on memory cost, base and woven: build/bench
# make cost       instructions of hypercalls on the booted hypervisors, base and
#                 woven
# make soak       random operations on the allocator in user space, beside a
#                 model: STEPS=1000000000 SEED=1
# make mutants    wrong versions of the code on claims, and which test tells each
# make clean      forget what was built, but not what was downloaded
#
# XEN=tree        weave into a copy of that Xen tree (folder or git repository)
#                 instead of the base
#
# All of these install what they need (as root), or say what is missing.

include Config.mk

SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

name := xen
ifdef XEN
name := xen-own
endif

tree := build/$(name)
out := build/out/$(name)
dist := build/dist/$(name)
base-tarball := build/base/$(BASE_4.17_TARBALL)

# Shows that a step is under way, keeps its output in build/log.
step := scripts/step

comma := ,

.PHONY: all storm storm-native proof check weave series build docs clean
all: storm

### Setting up and weaving

.PHONY: setup fetch
setup:
	@scripts/setup

fetch: setup
	@[ -n '$(XEN)' ] || [ -e '$(base-tarball)' ] || $(step) fetch scripts/fetch

weave: fetch
	@$(step) weave scripts/weave --base '$(or $(XEN),$(base-tarball))' \
	    --out $(tree)
	$(if $(XEN),@echo '  woven into a copy: $(tree)')

series: weave
	@scripts/series $(tree)

### Building

.PHONY: hypervisor toolstack programs tests dom0-kernel
hypervisor: weave
	@$(step) hypervisor automation/build hypervisor $(tree) $(out) \
	    x86_64-release

toolstack: weave
	@$(step) toolstack automation/build toolstack $(tree) $(dist)

build: hypervisor toolstack

programs: toolstack
	@$(step) programs $(MAKE) -C automation/dom0 \
	    DEST=$(CURDIR)/$(dist) OUT=$(CURDIR)/$(out)/dom0
	@$(step) storm-program $(MAKE) -C automation/storm \
	    DEST=$(CURDIR)/$(dist) OUT=$(CURDIR)/$(out)/storm

tests: weave
	@$(step) test-kernels automation/build tests $(tree) $(out)/tests
	@$(step) test-kernels-arm64 automation/build tests $(tree) \
	    $(out)/tests-arm64 arm64

dom0-kernel: setup
	@[ -e build/dom0/vmlinux ] || \
	    $(step) dom0-kernel automation/dom0/kernel build/dom0

docs: weave
	@$(step) docs sphinx-build -q -b html $(tree)/docs build/docs
	@echo 'see build/docs/index.html'

### The main job

.PHONY: storm-image
storm-image: programs tests dom0-kernel
	@automation/dom0/image $(out)/storm.cpio build/dom0 $(dist) \
	    automation/storm/in-dom0=/tests/storm \
	    $(out)/storm/storm=/usr/bin/storm \
	    $(out)/storm/proof=/usr/bin/proof \
	    $(out)/tests/selftest=/boot/guest

.PHONY: base-tree stock
base-tree: setup
	@[ -e '$(base-tarball)' ] || $(step) fetch scripts/fetch
	@[ -e build/base-tree/xen/Makefile ] || { \
	    mkdir -p build/base-tree && \
	    tar -x --strip-components=1 -f '$(base-tarball)' \
	        -C build/base-tree; }

# Xen as it is without the series.
stock: base-tree
	@$(step) stock-hypervisor automation/build hypervisor build/base-tree \
	    build/out/base x86_64-release

# What claims are worth: a storm in four modes, two of them on stock Xen. The
# toolstack of another Xen can't talk to that.
storm: hypervisor $(if $(XEN),,stock) storm-image
	@automation/storm/run --xen=$(out)/x86_64-release/xen \
	    --image=$(out)/storm.cpio \
	    $(if $(XEN),--modes=claimset$(comma)steered) $(STORM)

storm-native: weave base-tree
	@automation/storm/native/run --tree=$(tree)

proof: hypervisor storm-image
	@automation/boot --show=payload --log=build/log/proof.log \
	    $(out)/x86_64-release/xen build/dom0/vmlinux $(out)/storm.cpio

### All tests

# What is booted, and what is only built: without a warning all the same.
booted := x86_64-release x86_64-debug x86_64-debug-flask
built := x86_64-release-flask arm64-release arm64-debug arm32-release \
	 arm32-debug

.PHONY: base later
base: base-tree
	@$(step) base-hypervisor automation/build hypervisor build/base-tree \
	    build/out/base x86_64-release x86_64-debug

# A later Xen, if it can be had: its tests say themselves where it is missing.
later: setup weave
	@rm -f build/out/xen-4.20/reason
	@$(step) fetch-4.20 scripts/fetch 4.20 || { [ $$? = 77 ] && \
	    mkdir -p build/out/xen-4.20 && \
	    cp build/log/fetch-4.20.log build/out/xen-4.20/reason; }
	@[ -e build/out/xen-4.20/reason ] || { \
	    $(step) weave-4.20 scripts/weave \
	        --base build/base/$(BASE_4.20_TARBALL) --out build/xen-4.20 && \
	    $(step) hypervisor-4.20 automation/build hypervisor build/xen-4.20 \
	        build/out/xen-4.20 $(booted) arm64-debug-coloring && \
	    $(step) test-kernels-4.20 automation/build tests build/xen-4.20 \
	        build/out/xen-4.20/tests && \
	    $(step) test-kernels-4.20-arm64 automation/build tests \
	        build/xen-4.20 build/out/xen-4.20/tests-arm64 arm64; }

.PHONY: check-image check-hypervisors xl-image check-xl
check-hypervisors: weave
	@$(step) hypervisors automation/build hypervisor $(tree) $(out) $(booted)

check-image: programs tests dom0-kernel
	@automation/dom0/image $(out)/check.cpio build/dom0 $(dist) \
	    automation/storm/in-dom0=/tests/storm \
	    $(out)/storm/storm=/usr/bin/storm \
	    $(out)/storm/proof=/usr/bin/proof \
	    $(out)/dom0/libxc $(out)/dom0/claims \
	    automation/dom0/unprivileged \
	    $(out)/tests/selftest=/boot/guest \
	    $(out)/tests/unprivileged=/boot/unprivileged

# The image for xl: its tests, and guests of all types.
xl-image: programs tests dom0-kernel
	@automation/dom0/image $(out)/xl.cpio build/dom0 $(dist) \
	    $(foreach test,place crowd policy kinds stock, \
	        automation/dom0/xl/$(test)=/tests/xl-$(test)) \
	    automation/dom0/xl/lib=/usr/lib/tests/xl \
	    automation/dom0/xl/silent-device-model=/usr/bin/silent-device-model \
	    $(out)/dom0/device-model=/usr/bin/device-model \
	    $(out)/dom0/firmware=/boot/firmware \
	    $(out)/dom0/pvh=/boot/pvh \
	    $(out)/storm/where=/usr/bin/where \
	    $(out)/tests/selftest=/boot/guest

check-xl: check-hypervisors base xl-image
	@automation/check -v \
	    'automation/tests/xl $(out) build/out/base/x86_64-debug/xen'

check: check-hypervisors base later check-image
	@automation/check \
	    automation/tests/style \
	    automation/tests/weave \
	    'automation/tests/builds $(tree) $(out) $(built)' \
	    automation/tests/docs \
	    'automation/tests/lab $(out)' \
	    'automation/tests/exhaustive $(tree)' \
	    'automation/tests/bench-unit $(tree) $(out)/bench' \
	    'automation/tests/bench-faults $(tree) $(out)/bench' \
	    'automation/tests/bench-random $(tree) $(out)/bench' \
	    'automation/tests/bench-threads $(tree) $(out)/bench' \
	    'automation/tests/bench-fuzz $(tree) $(out)/bench' \
	    "automation/tests/bench-speed build/base-tree $(tree) $(out)/bench \
	        build/bench" \
	    'automation/tests/cost build/out/base $(out)' \
	    'automation/tests/kernels $(out)' \
	    'automation/tests/kernels -k claim-random -r long $(out)' \
	    'automation/tests/placement build/out/base $(out)' \
	    'automation/tests/arm64 $(out)' \
	    'automation/tests/flask $(tree) $(out)' \
	    'automation/tests/patches $(tree) $(out)' \
	    "automation/tests/faults-of-the-base \
	        build/out/base/x86_64-debug/xen $(out)/tests" \
	    'automation/tests/later build/out/xen-4.20' \
	    "automation/tests/bench-unit build/xen-4.20 \
	        build/out/xen-4.20/bench" \
	    "automation/tests/bench-faults build/xen-4.20 \
	        build/out/xen-4.20/bench" \
	    "automation/tests/bench-random build/xen-4.20 \
	        build/out/xen-4.20/bench 2000000" \
	    'automation/tests/coloring build/out/xen-4.20' \
	    'automation/tests/dom0 $(out)' \
	    'automation/tests/storm $(out)'

### The allocator in user space

.PHONY: bench cost soak mutants
bench: weave base-tree
	@automation/check -v "automation/tests/bench-speed build/base-tree \
	    $(tree) $(out)/bench build/bench"

cost: hypervisor base tests
	@automation/check -v 'automation/tests/cost build/out/base $(out)'

soak: weave
	@automation/check --timeout=360000 "automation/tests/bench-random \
	    $(tree) $(out)/bench $(or $(STEPS),100000000) $(SEED)"

mutants: weave
	@automation/mutants $(tree)

clean:
	rm -rf build/out build/dist build/xen build/xen-own build/xen-4.20 \
	    build/base-tree build/series build/docs build/storm build/bench \
	    build/tmp build/log
