# SPDX-License-Identifier: GPL-2.0-only
#
# make            weave, build, boot, and storm: the main job
# make check      all tests that take less than an hour
# make check-all  all tests, on all bases
#
# make storm      the same: a storm of domain builders in four modes, with and
#                 without claim sets, into build/storm: report.html, summary.csv
#                 STORM=options, such as --scale: see automation/storm/run --help
# make locality   the picture of README, from the last storm's summary.csv
# make storm-native
#                 how its cost grows, on the allocator alone: native.csv there
# make proof      one small storm, shown domain by domain
# make weave      the series woven into Xen, as a git repository: build/xen-4.20
# make port       into XEN=tree, built and tested in short: a table of its parts
# make series     the same as mails: build/series
# make build      hypervisor and toolstack of the woven tree
# make docs       the woven tree's guest and developer documentation
# make check-xl   tests of xl in dom0, with domains of all types
# make bench      what operations on memory cost, base and woven: build/bench
# make figures    the table of costs in the documentation, from the last bench
# make cost       instructions of hypercalls on the booted hypervisors, base and
#                 woven
# make xtf        the test kernels, put into a checkout of XTF: XTF=~/xtf
# make soak       random operations on the allocator in user space, beside a
#                 model: STEPS=1000000000 SEED=1
# make mutants    wrong versions of the code on claims, and which test tells each
# make check-xenopsd XEN_API=checkout
#                 the stubs of a checkout of xen-api, unmodified, against the
#                 woven tree, in dom0
# make check-debians
#                 weaves in each Debian that has a base: the same hashes
# make clean      forget what was built, but not what was downloaded
#
# BASE=4.17       that version of Xen, instead of the first one in Config.mk
# XEN=tree        a copy of that Xen tree (folder or git repository) instead
#
# All of these install what they need (as root), or say what is missing.

include Config.mk

SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

ifdef XEN
BASE := own
base := $(XEN)
else
# Which of the bases is to be had is found out once, and then said.
ifndef BASE
ifneq ($(MAKECMDGOALS),clean)
include build/base/default.mk
endif
endif
base := build/base/xen-$(BASE)
endif
name := xen-$(BASE)

# Woven, what is built of it, and the toolstack; Xen as it is, likewise.
tree := build/$(name)
out := build/out/$(name)
dist := build/dist/$(name)
stock-tree := build/stock/$(name)
stock-out := build/out/stock-$(name)
stock-dist := build/dist/stock-$(name)

# Shows that a step is under way, keeps its output in build/log.
step := scripts/step

comma := ,

.PHONY: all storm storm-native proof check weave series build docs clean
all: storm

### Setting up and weaving

.PHONY: setup fetch
setup:
	@scripts/setup

build/base/default.mk: Config.mk
	@scripts/setup
	@scripts/step fetch scripts/fetch

fetch: setup
	@[ -e '$(base)' ] || $(step) fetch-$(BASE) scripts/fetch $(BASE)

weave: fetch
	@$(step) weave-$(BASE) scripts/weave --base '$(base)' --out $(tree)
	$(if $(XEN),@echo '  woven into a copy: $(tree)')

series: weave
	@scripts/series $(tree)

# Is it far to another Xen?  What became of each part, and whether it works.
.PHONY: port
port: setup
	@[ '$(XEN)' ] || { echo 'make port needs XEN=tree'; exit 2; }
	@mkdir -p build/log
	@scripts/weave --table --base '$(base)' --out $(tree) > build/log/port \
	    || { cat build/log/port; exit 1; }
	@$(step) hypervisors-$(BASE) automation/build hypervisor $(tree) $(out) \
	        x86_64-release x86_64-debug && \
	    $(step) test-kernels-$(BASE) automation/build tests $(tree) \
	        $(out)/tests && \
	    automation/check 'automation/tests/bench-unit $(tree) $(out)/bench' \
	        'automation/tests/kernels $(out)'; rc=$$?; cat build/log/port; exit $$rc

### Building

.PHONY: hypervisor toolstack programs tests xtf dom0-kernel setup-docs
hypervisor: weave
	@$(step) hypervisor-$(BASE) automation/build hypervisor $(tree) $(out) \
	    x86_64-release

toolstack: weave
	@$(step) toolstack-$(BASE) automation/build toolstack $(tree) $(dist)

build: hypervisor toolstack

programs: toolstack
	@$(step) programs-$(BASE) $(MAKE) -C automation/dom0 \
	    DEST=$(CURDIR)/$(dist) OUT=$(CURDIR)/$(out)/dom0
	@$(step) storm-program-$(BASE) $(MAKE) -C automation/storm \
	    DEST=$(CURDIR)/$(dist) OUT=$(CURDIR)/$(out)/storm

tests: weave
	@$(step) test-kernels-$(BASE) automation/build tests $(tree) $(out)/tests
	@$(step) test-kernels-arm64-$(BASE) automation/build tests $(tree) \
	    $(out)/tests-arm64 arm64

xtf: weave
	@[ -n '$(XTF)' ] || { echo 'Name a checkout of XTF: XTF=' >&2; exit 2; }
	@automation/xtf/export $(tree) $(XTF)

dom0-kernel: setup
	@[ -e build/dom0/vmlinux ] || \
	    $(step) dom0-kernel automation/dom0/kernel build/dom0

setup-docs:
	@scripts/setup docs

# Without the script that draws diagrams, the pages say that it is missing.
docs: setup-docs weave
	@$(step) docs automation/docs/build $(tree) build/docs
	@echo 'see build/docs/html/index.html, build/docs/epub/Xen.epub, build/docs/Xen.pdf'

### The main job

# Only where the storm is one of xl.
stock-xl := $(if $(findstring stockxl,$(STORM)),stock-toolstack)

.PHONY: storm-image stock-toolstack
stock-toolstack: stock-tree
	@$(step) stock-toolstack-$(BASE) automation/build toolstack \
	    $(stock-tree) $(stock-dist)

storm-image: programs tests dom0-kernel $(stock-xl)
	@automation/dom0/image $(out)/storm.cpio build/dom0 $(dist) \
	    $(if $(stock-xl),$$(automation/storm/stock-xl $(stock-dist))) \
	    automation/storm/in-dom0=/tests/storm \
	    $(out)/storm/storm=/usr/bin/storm \
	    $(out)/storm/proof=/usr/bin/proof \
	    $(out)/tests/selftest=/boot/guest

.PHONY: stock-tree stock
# The pristine base, which the woven tree has as its first commit.
stock-tree: weave
	@scripts/stock $(tree) $(stock-tree)

# Xen as it is without the series.
stock: stock-tree
	@$(step) stock-hypervisor-$(BASE) automation/build hypervisor \
	    $(stock-tree) $(stock-out) x86_64-release

# What claims are worth: a storm in four modes, two of them on stock Xen.
storm: hypervisor stock storm-image
	@automation/storm/run --xen=$(out)/x86_64-release/xen \
	    --stock-xen=$(stock-out)/x86_64-release/xen \
	    --image=$(out)/storm.cpio $(STORM)

.PHONY: locality
locality:
	@automation/storm/locality build/storm/summary.csv \
	    > build/storm/locality.svg
	@cp build/storm/locality.svg automation/storm/

storm-native: weave stock-tree
	@automation/storm/native/run --tree=$(tree) \
	    --stock-tree=$(stock-tree)

proof: hypervisor storm-image
	@automation/boot --show=payload --log=build/log/proof.log \
	    $(out)/x86_64-release/xen build/dom0/vmlinux $(out)/storm.cpio

### All tests

# What is booted, and what is only built: without a warning all the same.
booted := x86_64-release x86_64-debug x86_64-debug-flask x86_64-release-flask
built := arm64-release arm64-debug arm32-release arm32-debug

.PHONY: base
base: stock-tree
	@$(step) stock-hypervisors-$(BASE) automation/build hypervisor \
	    $(stock-tree) $(stock-out) x86_64-release x86_64-debug

.PHONY: check-image check-hypervisors xl-image check-xl
check-hypervisors: weave
	@$(step) hypervisors-$(BASE) automation/build hypervisor $(tree) $(out) $(booted)

check-image: programs tests dom0-kernel
	@automation/dom0/image $(out)/check.cpio build/dom0 $(dist) \
	    automation/storm/in-dom0=/tests/storm \
	    $(out)/storm/storm=/usr/bin/storm \
	    $(out)/storm/proof=/usr/bin/proof \
	    $(out)/dom0/libxc $(out)/dom0/claims \
	    automation/dom0/unprivileged \
	    automation/dom0/examples \
	    $(out)/dom0/on_two_nodes=/usr/bin/on_two_nodes \
	    $(out)/dom0/placement=/usr/bin/placement \
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
	    $(out)/dom0/soft-reset=/boot/soft-reset \
	    $(out)/dom0/pvh=/boot/pvh \
	    $(out)/storm/where=/usr/bin/where \
	    $(out)/tests/selftest=/boot/guest

check-xl: check-hypervisors base xl-image
	@automation/check -v \
	    'automation/tests/xl $(out) $(stock-out)/x86_64-debug/xen'

# Only where the base has LLC colouring, on arm64.
coloring-tree = $(wildcard $(tree)/xen/common/llc-coloring.c)
.PHONY: check-coloring
check-coloring: weave
	@[ -z '$(coloring-tree)' ] || $(step) hypervisor-coloring-$(BASE) \
	    automation/build hypervisor $(tree) $(out) arm64-debug-coloring

# All of what is tested with one base.
suites = \
	'automation/tests/builds $(tree) $(out) $(built)' \
	'automation/tests/exhaustive $(tree)' \
	'automation/tests/bench-unit $(tree) $(out)/bench' \
	'automation/tests/bench-faults $(tree) $(out)/bench' \
	'automation/tests/bench-random $(tree) $(out)/bench' \
	'automation/tests/bench-threads $(tree) $(out)/bench' \
	'automation/tests/bench-fuzz $(tree) $(out)/bench' \
	'automation/tests/bench-speed $(stock-tree) $(tree) $(out)/bench \
	    build/bench' \
	'automation/tests/cost $(stock-out) $(out)' \
	'automation/tests/xtf $(tree) $(out) $(XTF)' \
	'automation/tests/kernels $(out)' \
	'automation/tests/kernels -k claim-random -r long $(out)' \
	'automation/tests/placement $(stock-out) $(out)' \
	'automation/tests/arm64 $(out)' \
	'automation/tests/coloring $(out)' \
	'automation/tests/flask $(tree) $(out)' \
	'automation/tests/patches $(tree) $(out)' \
	'automation/tests/faults-of-the-base \
	    $(stock-out)/x86_64-debug/xen $(out)/tests $(tree)' \
	'automation/tests/dom0 $(out)' \
	'automation/tests/libxl $(tree) $(out)/libxl' \
	'automation/tests/golang $(tree) $(dist)' \
	'automation/tests/xl $(out) $(stock-out)/x86_64-debug/xen' \
	'automation/tests/xenopsd $(out) $(dist) $(XEN_API)' \
	'automation/tests/storm $(out)'

# What is tested with the second base, in short. Why not is in a file.
second := $(filter-out $(BASE),$(BASES))
second-out := build/out/xen-$(second)
second-suites = \
	'automation/tests/unless $(second-out)/no-hypervisor kernels $(second-out)' \
	'automation/tests/unless $(second-out)/no-hypervisor \
	    flask build/xen-$(second) $(second-out)' \
	'automation/tests/unless $(second-out)/no-base \
	    bench-unit build/xen-$(second) $(second-out)/bench' \
	'automation/tests/unless $(second-out)/no-base \
	    bench-faults build/xen-$(second) $(second-out)/bench' \
	'automation/tests/unless $(second-out)/no-base \
	    bench-random build/xen-$(second) $(second-out)/bench 2000000' \
	'automation/tests/unless $(second-out)/no-toolstack storm $(second-out)'

.PHONY: check-built check-second check-all all-built
check-built: check-hypervisors check-coloring base check-image xl-image

# Fails where the series is to blame, not where this machine is.
check-second:
	@automation/second $(second) $(second-out)

own-suites := automation/tests/style automation/tests/weave \
	'automation/tests/docs $(tree)' 'automation/tests/lab $(out) $(tree)'

check: $(if $(XEN),,setup-docs) check-built $(if $(XEN),,check-second)
	@automation/check $(if $(XEN),,$(own-suites)) $(suites) \
	    $(if $(XEN),,$(second-suites))

.PHONY: check-debians
check-debians:
	@scripts/setup debians
	@automation/check -v 'automation/tests/debians $(BASES)'

# On each base as much as on the default one.
check-all: check check-debians
	@for base in $(filter-out $(BASE),$(BASES)); do \
	    $(MAKE) BASE=$$base check-one || exit; \
	done

.PHONY: check-one
check-one: check-built
	@automation/check $(suites)

.PHONY: check-xenopsd
check-xenopsd: check-hypervisors toolstack dom0-kernel
	@[ -n '$(XEN_API)' ] || { \
	    echo 'XEN_API= must name a checkout of xen-api' >&2; exit 2; }
	@automation/check -v \
	    'automation/tests/xenopsd $(out) $(dist) $(XEN_API)'

### The allocator in user space

.PHONY: bench cost soak mutants
bench: weave stock-tree
	@automation/check -v "automation/tests/bench-speed $(stock-tree) \
	    $(tree) $(out)/bench build/bench"

.PHONY: figures
figures:
	@automation/docs/figures $(BASE) build/bench/bench.csv > build/bench/figures
	@cp build/bench/figures docs/designs/claims/figures.inc

cost: hypervisor base tests
	@automation/check -v 'automation/tests/cost $(stock-out) $(out)'

soak: weave
	@automation/check --timeout=360000 "automation/tests/bench-random \
	    $(tree) $(out)/bench $(or $(STEPS),100000000) $(SEED)"

mutants: weave
	@automation/mutants $(tree)

clean:
	rm -rf build/out build/dist build/xen-* build/stock build/series \
	    build/docs build/storm build/bench build/tmp build/log
