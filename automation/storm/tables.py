# SPDX-License-Identifier: GPL-2.0-only
"""What the runs of a storm amount to: tables for people and for programs."""

import csv
import os
import statistics

from modes import STOCK, XL
from records import PAGES_PER_GIANT, PAGES_PER_MIB, percent

# So many storms tell which mode finds room for more domains.
ENOUGH_STORMS = 10


def phases_of(runs):
    """Names, in the order in which they were run."""
    return list(dict.fromkeys(name for run in runs for name in run.phases))


def ended(runs, mode, name):
    """The phases of that name of all runs in that mode that ended."""
    return [run.phases[name] for run in runs if run.mode == mode and
            name in run.phases and run.phases[name].storm_ms is not None]


def ratios_to_host(runs, mode, name):
    """A storm's time by that of the one with host-wide claims, seed by seed;
    where all are of xl, by that of stock xl."""
    reference = "stockxl" if mode in XL else "host"
    times = {}
    for run in runs:
        phase = run.phases.get(name)
        if phase and phase.storm_ms:
            times[run.mode, run.seed] = phase.storm_ms
    return [time / times[reference, seed]
            for (other, seed), time in times.items()
            if other == mode and (reference, seed) in times]


# --- For programs ---------------------------------------------------------

def write_rows(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def summary_rows(runs):
    for run in runs:
        for name, phase in run.phases.items():
            if phase.storm_ms is None:
                continue
            yield (run.mode, name, run.seed, len(phase.built()),
                   phase.total("refused"), phase.total("failed"),
                   phase.total("retries"), phase.local_percent(),
                   phase.wholly_local(), f"{phase.median_ms():.1f}",
                   f"{phase.p95_ms():.1f}", f"{phase.storm_ms:.1f}",
                   phase.scrubbed, sum(phase.taken or []))


def build_rows(runs):
    for run in runs:
        for name, phase in run.phases.items():
            for build in phase.builds:
                yield (run.mode, name, run.seed, build.guest, build.mib,
                       build.state, build.ms, build.waited, build.retries,
                       build.refused, build.failed, build.killed,
                       build.wasted, build.giants, build.chunks,
                       " ".join(map(str, build.plan)),
                       " ".join(map(str, build.pages)),
                       build.local_percent())


def memory_rows(runs):
    for run in runs:
        for name, phase in run.phases.items():
            for sample in phase.samples:
                for node, total in enumerate(run.scenario["total"]):
                    free = sample["free"][node]
                    claimed = sample["claimed"][node]
                    yield (run.seed, name, sample["ms"], node, *(
                        f"{pages / PAGES_PER_MIB:.1f}"
                        for pages in (total - free, claimed, free - claimed)),
                        sample["building"], sample["built"])


def write_csv(folder, runs):
    write_rows(os.path.join(folder, "summary.csv"),
               "mode,phase,seed,builds,refused,failed,retries,local_percent,"
               "wholly_local,median_ms,p95_ms,storm_ms,scrubbed_pages,"
               "taken_pages", summary_rows(runs))
    write_rows(os.path.join(folder, "builds.csv"),
               "mode,phase,seed,domain,mib,state,ms,waited_ms,retries,refused,"
               "failed,killed,wasted_pages,chunks_1g,chunks_2m,planned_pages,"
               "pages,"
               "local_percent", build_rows(runs))
    for mode in dict.fromkeys(run.mode for run in runs):
        write_rows(os.path.join(folder, f"memory-{mode}.csv"),
                   "seed,phase,ms,node,allocated_mib,claimed_mib,free_mib,"
                   "building,built",
                   memory_rows([run for run in runs if run.mode == mode]))


# --- For people -----------------------------------------------------------

def measures(runs, mode, name):
    """{what: text} for a phase in a mode, over all seeds."""
    phases = ended(runs, mode, name)
    if not phases:
        return {}
    builds = [build for phase in phases for build in phase.built()]

    def total(key):
        return str(sum(phase.total(key) for phase in phases))

    def median(key):
        return f"{statistics.median(getattr(p, key)() for p in phases):.0f}"

    def median_of(key):
        return f"{statistics.median(getattr(p, key) for p in phases):.0f}"

    taken = sum(sum(phase.taken or []) for phase in phases)
    wasted = sum(phase.total("wasted") for phase in phases) / PAGES_PER_MIB
    ratios = ratios_to_host(runs, mode, name)
    storm_ms = statistics.median(phase.storm_ms for phase in phases)
    dirty = statistics.median(phase.dirty for phase in phases) / PAGES_PER_MIB
    # What a mode or a phase does not have is left out of the table.
    rows = [
        ("domains built",
         f"{len(builds)} of {sum(phase.domains for phase in phases)}"),
        ("refused before they populated", total("refused")),
        ("builds failed half-way", total("failed")),
        ("  MiB populated for nothing", f"{wasted:.0f}"),
        ("retries", total("retries")),
        ("pages where they were meant to be, %",
         percent(sum(build.local for build in builds),
                 sum(build.size for build in builds))),
        ("domains wholly there",
         f"{sum(phase.wholly_local() for phase in phases)} of {len(builds)}"),
        mode not in STOCK and mode not in XL and
        ("pages where they were claimed, %",
         percent(sum(build.exact for build in builds),
                 sum(build.size for build in builds))),
        taken and
        ("  pages elsewhere",
         str(sum(phase.strays("exact") for phase in phases))),
        taken and
        ("  free pages that went offline", str(taken)),
        ("nodes that a domain is meant for",
         f"{statistics.mean(p.nodes_per_domain() for p in phases):.2f}"),
        any(phase.pages_1g() for phase in phases) and
        ("pages in chunks of 1G",
         str(sum(phase.pages_1g() for phase in phases))),
        any(phase.pages_1g() for phase in phases) and mode not in STOCK and
        ("  at most, for what is claimed",
         str(PAGES_PER_GIANT * sum(build.most_giants() for build in builds))),
        mode not in XL and
        ("pages in chunks of 2M",
         str(sum(phase.pages_2m() for phase in phases))),
        mode not in XL and
        ("single pages of 4K",
         str(sum(phase.pages_4k() for phase in phases))),
        ("ms per build: median", median("median_ms")),
        ("  95 % of the builds within", median("p95_ms")),
        ("ms for the storm", f"{storm_ms:.0f}"),
        (f"  by that under {'stockxl' if mode in XL else 'host'}", f"{statistics.median(ratios):.3f}"
         if ratios else "-"),
        ("MiB that were left to scrub", f"{dirty:.0f}"),
        ("pages scrubbed meanwhile", median_of("scrubbed")),
    ]
    if len(phases) > 1:
        worst = min(phases, key=lambda phase: float(phase.local_percent()))
        rows.insert(6, ("  the worst seed", worst.local_percent()))
    return dict(filter(None, rows))


def cost_rows(runs, modes):
    """What populating a page costs, where that was measured."""
    rows = []
    for order, text in (("9", "in chunks of 2M"), ("0", "one by one"),
                        ("scrub", "more where it is scrubbed")):
        costs = [next((run.costs[order] for run in runs if run.mode == mode and
                       order in run.costs), None) for mode in modes]
        # An instruction takes 4 ns.
        costs = [cost and cost / 4 for cost in costs]
        if any(costs):
            rows.append((text, [f"{cost:.1f}" if cost else "-"
                                for cost in costs]))
    return rows


def sections(runs, modes):
    """(title, [(what, [text for each mode])])"""
    for name in phases_of(runs):
        columns = [measures(runs, mode, name) for mode in modes]
        yield name, [(what, [column.get(what, "-") for column in columns])
                     for what in max(columns, key=len)]
    rows = cost_rows(runs, modes)
    if rows:
        yield "instructions for a page", rows


def side_by_side(runs, modes):
    lines = []
    for title, rows in sections(runs, modes):
        if lines:
            lines.append("")
        lines.append(f"{title:<38}" + "".join(f"{mode:>11}" for mode in modes))
        lines += [f"  {what:<36}" + "".join(f"{text:>11}" for text in texts)
                  for what, texts in rows]
    return "\n".join(lines)


def verdicts(runs, modes):
    """(good, text): what claim sets promise, and whether it was kept."""
    unfinished = [run for run in runs if not run.done]
    yield (not unfinished,
           f"{len(runs) - len(unfinished)} of {len(runs)} storms ended, with "
           "every domain accounted for, no claim left, and all memory back")

    scenarios = {(run.seed, tuple(run.scenario["sizes"])) for run in runs
                 if run.scenario}
    if len(scenarios) > len({seed for seed, _ in scenarios}):
        yield (False, "the modes did not build the same domains, for Xen left "
               "them more or less memory: give --total a bit less than "
               f"{min(sum(sizes) for _, sizes in scenarios)}")

    for mode in modes:
        if mode in STOCK:
            continue
        phases = [phase for name in phases_of(runs)
                  for phase in ended(runs, mode, name)]
        if not phases:
            continue
        size = sum(phase.size() for phase in phases)
        # How xl divides a domain between nodes is its own affair.
        strays = sum(phase.strays("local" if mode in XL else "exact")
                     for phase in phases)
        unaccounted = strays if mode in XL else \
            sum(phase.unaccounted() for phase in phases)
        taken = sum(sum(phase.taken or []) for phase in phases)
        missing = sum(phase.domains - len(phase.built()) for phase in phases
                      if phase.name != "crowd")
        failed = sum(phase.total("failed") for phase in phases)
        killed = sum(phase.total("killed") for phase in phases)
        left = sum(phase.total("left") for phase in phases)
        # Whoever disturbs a build on purpose may make it fail.
        good = not unaccounted and not missing and not left and (not failed or killed)
        yield (bool(good),
               f"{mode}: {size - strays} of {size} pages "
               f"({percent(size - strays, size)} %) are " +
               ("on the nodes that it chose" if mode in XL else
                "where they were claimed") +
               (f" ({taken} free pages went offline)" if taken else "") +
               f"; {failed} "
               f"builds failed half-way, {missing} domains were not built "
               "though there was room")

    for enough, good, text in crowds(runs, modes):
        if enough:
            yield good, text


def crowds(runs, modes):
    """(enough storms, good, text): who found room for how many domains."""
    under_host = ended(runs, "host", "crowd")
    most = sum(len(phase.built()) for phase in under_host)
    for mode in modes:
        phases = ended(runs, mode, "crowd")
        built = sum(len(phase.built()) for phase in phases)
        if mode not in STOCK and len(phases) == len(under_host) > 0:
            yield (len(phases) >= ENOUGH_STORMS, built >= most,
                   f"crowd: {mode} built {built} domains, host {most}")


def remarks(runs, modes):
    """What else is worth knowing, good or bad."""
    names = phases_of(runs)
    for enough, _, text in crowds(runs, modes):
        if not enough:
            yield text
    for name in names:
        for mode in modes:
            phases = ended(runs, mode, name)
            if mode in STOCK and phases and \
               all(phase.strays() == 0 for phase in phases):
                yield (f"{name}: stock Xen did as well under {mode}: every "
                       "page is where it was meant to be")
    for mode in modes:
        ratios = [(name, ratios_to_host(runs, mode, name)) for name in names]
        texts = [f"{statistics.median(values):.3f} ({name})"
                 for name, values in ratios if values]
        if mode not in STOCK and texts:
            one = max(len(values) for _, values in ratios) == 1
            yield (f"{mode}: the storm's time by that under "
                   f"{'stockxl' if mode in XL else 'host'} is "
                   f"{', '.join(texts)}" +
                   one * "; two runs of one seed differ by that and more, see "
                         "the medians of --seeds 1-20")
