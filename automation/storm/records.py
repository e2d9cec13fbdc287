# SPDX-License-Identifier: GPL-2.0-only
"""What a storm told: the lines that records.c writes, and what they mean."""

import statistics

PAGES_PER_MIB = 256
PAGES_PER_CHUNK = 512
PAGES_PER_GIANT = 512 * PAGES_PER_CHUNK
# Where a PVH domain's memory has a hole, which ends at 4 GiB.
HOLE_MIB = 0xfee

INTEGERS = {"seed", "builders", "domains", "mib", "dirty", "scrubbed",
            "building", "built", "given_up", "retries", "refused", "failed", "killed", "wasted",
            "chunks", "giants", "left", "guest", "claimed_any", "count"}
NUMBERS = {"ms", "waited", "ns_per_page"}
LISTS = {"total", "free", "claimed", "sizes", "plan", "pages"}


def percent(part, whole):
    """With two digits, none of them rounded up: 100.00 is all of it."""
    hundredths = 10000 * part // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02}"


def parse_record(line):
    """("kind", {key: value}), or None where the line is no record."""
    if not line.startswith("@"):
        return None
    kind, *words = line[1:].split()
    fields = dict(word.split("=", 1) for word in words)
    for key, value in fields.items():
        # A phase has a number of domains, a list of them has not.
        if key in INTEGERS or key in NUMBERS and kind == "sample":
            fields[key] = int(value)
        elif key in NUMBERS:
            fields[key] = float(value)
        elif key in LISTS:
            fields[key] = [int(number) for number in value.split(",")]
    return kind, fields


class Build:
    """One domain, and where it came to be."""

    def __init__(self, fields):
        self.__dict__.update(fields)
        self.done = fields["state"] == "built"
        self.size = fields["mib"] * PAGES_PER_MIB
        # On any node of the plan; and as many there as the plan says.
        plan, pages = fields["plan"], fields["pages"]
        # A PVH domain has a few more, which nobody claims.
        self.local = min(self.size, sum(have for have, want in zip(pages, plan)
                                        if want))
        self.exact = sum(map(min, pages, plan))
        self.nodes = sum(1 for want in plan if want)

    def local_percent(self):
        return percent(self.local, self.size)

    def most_giants(self):
        """Chunks of 1G that it could have at most if it has what it claimed."""
        places = min(self.mib, HOLE_MIB) // 1024 + \
            max(0, self.mib - HOLE_MIB) // 1024
        return min(places, sum(want // PAGES_PER_GIANT for want in self.plan))


def quantile(values, part):
    """The smallest value that so much of all values does not exceed."""
    values = sorted(values)
    return values[max(0, -int(-part * len(values) // 1) - 1)] if values else 0


class Phase:
    """One phase of one run, and its measures."""

    def __init__(self, name, domains):
        self.name = name
        self.domains = domains
        self.samples = []
        self.builds = []
        self.storm_ms = None    # None: it did not end.
        self.dirty = 0          # Free pages that Xen still had to scrub then.
        self.scrubbed = 0       # Pages that it scrubbed until then.
        self.taken = None       # Free pages of each node that went offline.

    def built(self):
        return [build for build in self.builds if build.done]

    def total(self, key):
        return sum(getattr(build, key) for build in self.builds)

    def size(self):
        return sum(build.size for build in self.built())

    def local_percent(self):
        return percent(self.size() - self.strays(), self.size())

    def wholly_local(self):
        return sum(build.local == build.size for build in self.built())

    def strays(self, key="local"):
        """Pages that are not where they were meant to be."""
        return sum(build.size - getattr(build, key) for build in self.built())

    def unaccounted(self):
        """Pages that are not where they were claimed, although none that was
        free, and may have been claimed, was taken away there."""
        missing = [sum(max(0, want - have) for want, have in pairs)
                   for pairs in zip(*(zip(build.plan, build.pages)
                                      for build in self.built()))]
        taken = self.taken or [0] * len(missing)
        return sum(max(0, pages - away) for pages, away in zip(missing, taken))

    def pages_1g(self):
        return PAGES_PER_GIANT * self.total("giants")

    def pages_2m(self):
        return PAGES_PER_CHUNK * sum(build.chunks for build in self.built())

    def pages_4k(self):
        return (sum(build.size for build in self.built()) - self.pages_2m() -
                self.pages_1g())

    def nodes_per_domain(self):
        built = self.built()
        return statistics.mean(build.nodes for build in built) if built else 0

    def median_ms(self):
        built = self.built()
        return statistics.median(build.ms for build in built) if built else 0

    def p95_ms(self):
        return quantile([build.ms for build in self.built()], 0.95)


class Run:
    """A storm in one mode, with one seed."""

    def __init__(self, mode, seed):
        self.mode = mode
        self.seed = seed
        self.scenario = None
        self.phases = {}
        self.costs = {}         # ns per page, by order
        self.notes = {}         # counts of what disturbed it, by kind
        self.done = False

    def add(self, kind, fields):
        if kind == "scenario":
            self.scenario = fields
        elif kind == "phase":
            self.phases[fields["name"]] = Phase(fields["name"],
                                                fields["domains"])
        elif kind == "sample":
            self.phases[fields["phase"]].samples.append(fields)
        elif kind == "build":
            self.phases[fields["phase"]].builds.append(Build(fields))
        elif kind == "end":
            self.phases[fields["phase"]].storm_ms = fields["ms"]
            self.phases[fields["phase"]].dirty = fields["dirty"]
            self.phases[fields["phase"]].scrubbed = fields["scrubbed"]
        elif kind == "done":
            self.done = True
        else:
            self.notes[kind] = fields.get("count", 0)
            if kind == "offlined":
                list(self.phases.values())[-1].taken = fields["free"]


class Boot:
    """What a host's dom0 wrote: storms, one after the other."""

    def __init__(self):
        self.runs = []
        self.costs = {}         # measured before the first storm
        self.said = []          # What is no record: complaints.

    def feed(self, line):
        """Returns the record's kind, or None."""
        try:
            record = parse_record(line)
        except ValueError:
            record = None
        if record is None:
            self.said.append(line)
            return None
        kind, fields = record

        if kind == "cost":
            self.costs[fields["order"]] = fields["ns_per_page"]
        elif kind == "scenario":
            self.runs.append(Run(fields["mode"], fields["seed"]))
            self.runs[-1].costs = self.costs
        elif not self.runs:
            return "cost"       # the end of what was measured
        if self.runs:
            self.runs[-1].add(kind, fields)
        return kind

    def completed(self, mode, seeds, ended):
        """The runs, and for those that never began empty ones."""
        if self.runs:
            self.runs[-1].done = self.runs[-1].done and ended
        begun = {run.seed for run in self.runs}
        return self.runs + [Run(mode, seed) for seed in seeds
                            if seed not in begun]
