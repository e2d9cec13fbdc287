# SPDX-License-Identifier: GPL-2.0-only
"""report.html: the tables and, drawn by gnuplot, what they do not show."""

import base64
import html
import math
import os
import subprocess

import tables
from modes import MODES
from records import PAGES_PER_MIB, percent

ALLOCATED, CLAIMED = "#64748b", "#f59e0b"

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1e293b; margin: 0 auto;
       max-width: 70rem; padding: 1.5rem; background: #fff; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
h1, h2 { text-wrap: balance; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .8rem; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: pre-wrap;
       padding-left: 0; }
thead th { border-bottom: 2px solid #94a3b8; }
tbody tr + tr td { border-top: 1px solid #e2e8f0; }
.scroll { overflow-x: auto; }
figure { margin: 1.5rem 0; break-inside: avoid; }
figure img { width: 100%; height: auto; }
.pair { display: grid; column-gap: 1.5rem;
        grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); }
figcaption { color: #475569; }
.pass::before { content: "PASS "; font-weight: bold; color: #15803d; }
.fail::before { content: "FAIL "; font-weight: bold; color: #b91c1c; }
code { background: #f1f5f9; padding: .1rem .3rem; border-radius: .2rem; }
dt { font-weight: bold; } dd { margin-left: 1.5rem; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; }
       h2, h3 { break-after: avoid; } table, tr { break-inside: avoid; }
       .pair { grid-template-columns: 1fr 1fr; }
       /* Two of the tall ones fit on a page. */
       figure img { max-height: 10.5cm; object-fit: contain;
       object-position: left; } }
"""


class Plots:
    """Draws into the folder; keeps (caption, path)."""

    def __init__(self, folder):
        self.folder = folder
        self.missing = None     # Why there are none.

    def draw(self, name, width, height, commands):
        """The SVG's path, or None."""
        path = os.path.join(self.folder, name + ".svg")
        script = (f"set terminal svg size {width},{height} dynamic enhanced "
                  "font 'sans-serif,13' background rgb '#ffffff'\n"
                  f"set output '{path}'\n" + commands)
        with open(os.path.join(self.folder, name + ".gnuplot"), "w",
                  encoding="utf-8") as file:
            file.write(script)
        try:
            done = subprocess.run(["gnuplot"], input=script, text=True,
                                  stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, check=False)
        except FileNotFoundError:
            self.missing = "gnuplot is missing: install gnuplot-nox"
            return None
        if done.returncode:
            self.missing = f"gnuplot failed: {done.stderr.strip()[:300]}"
            return None
        return path


def tics(end):
    """The distance of at most five tics from 0 to the end: 1, 2 or 5 times a
    power of ten."""
    step = 10.0 ** math.floor(math.log10(end / 5))
    return next(step * times for times in (1, 2, 5, 10)
                if end / (step * times) <= 5)


def table(name, rows):
    """Data that a script has in itself."""
    lines = "\n".join(" ".join(map(str, row)) for row in rows)
    return f"${name} << EOD\n{lines}\nEOD\n"


def line(mode):
    return f"lc rgb '{MODES[mode].colour}'{MODES[mode].style}"


def overview_plot(plots, runs, modes, names):
    """A group of bars for each phase, a bar for each mode."""
    rows = []
    for name in names:
        shares = []
        for mode in modes:
            phases = tables.ended(runs, mode, name)
            size = sum(phase.size() for phase in phases)
            strays = sum(phase.strays() for phase in phases)
            shares.append(percent(size - strays, size) if size else "?")
        rows.append((f'"{name}"', *shares))
    if all(share == "?" for row in rows for share in row[1:]):
        return None
    script = 'set datafile missing "?"\n' + table("shares", rows)
    script += ("set style data histograms\nset style histogram clustered gap 1"
               "\nset style fill solid 0.9 noborder\nset border 1\n"
               "set key outside top horizontal left Left reverse\n"
               "set xtics scale 0\nset ytics scale 0\nset yrange [0:109]\n"
               "set grid y lc '#e2e8f0'\nset ylabel '% of the pages'\n")
    groups = len(modes) + 1
    bars = [f"$shares using {i + 2}:xtic(1) lc rgb '{MODES[mode].colour}' "
            f"title '{mode}'" for i, mode in enumerate(modes)]
    # The middle of a group is where its tic is.
    labels = [f"'' using ($0+{(i - (len(modes) - 1) / 2) / groups}):"
              f"{i + 2}:(sprintf('%.2f', ${i + 2})) with labels offset 0,0.6 "
              "font ',10' notitle" for i in range(len(modes))]
    return plots.draw("overview", 900, 320,
                      script + "plot " + ", ".join(bars + labels) + "\n")


def memory_plot(plots, run):
    """A column for each node, a row for each phase."""
    total = run.scenario["total"]
    nodes = [node for node, pages in enumerate(total) if pages]
    phases = [phase for phase in run.phases.values() if phase.samples]
    script = ("set style fill solid noborder\nset border 3\nunset key\n"
              "set tics nomirror scale 0.5\nset format x '%g'\n"
              f"set multiplot layout {len(phases)},{len(nodes)} margins "
              f"0.06,0.99,{0.2 / len(phases)},{1 - 0.2 / len(phases)} "
              f"spacing 0.025,{0.32 / len(phases)}\n")
    for phase in phases:
        end = max(phase.samples[-1]["ms"] / 1000, 0.1)
        for node in nodes:
            rows = []
            for sample in phase.samples:
                used = total[node] - sample["free"][node]
                rows.append((sample["ms"] / 1000, used / PAGES_PER_MIB,
                             (used + sample["claimed"][node]) / PAGES_PER_MIB))
            script += table(f"data_{phase.name}_{node}", rows)
            script += (f"set title '{phase.name}, node {node}' offset 0,-0.7\n"
                       f"set xrange [0:{end}]\nset xtics {tics(end)}\n"
                       f"set yrange [0:{total[node] / PAGES_PER_MIB}]\n" +
                       ("set format y '%g'\n" if node == nodes[0] else
                        "set format y ''\n") +
                       f"plot $data_{phase.name}_{node} using 1:2:3 with "
                       f"filledcurves lc rgb '{CLAIMED}', '' using 1:2 with "
                       f"filledcurves x1 lc rgb '{ALLOCATED}'\n")
    script += "unset multiplot\n"
    return plots.draw(f"memory-{run.mode}", 230 * len(nodes) + 40,
                      190 * len(phases) + 40, script)


def locality_plot(plots, runs, modes, name):
    """Every domain's share of pages that are where they were meant to be."""
    script = ("set border 3\nset tics nomirror\nset key outside top horizontal "
              "left Left reverse\nset ylabel '% of the pages'\n"
              "set xlabel 'domains, the worst first, %'\nset yrange [0:102]\n"
              "set xrange [0:100]\n")
    plots_of = []
    for mode in modes:
        shares = sorted(100 * build.local / build.size
                        for phase in tables.ended(runs, mode, name)
                        for build in phase.built())
        if not shares:
            continue
        rows = [(0, shares[0])] + [(100 * (i + 1) / len(shares), share)
                                   for i, share in enumerate(shares)]
        script += table(mode, rows)
        # Those that lie on each other can all be seen: thick ones first.
        plots_of.append(f"${mode} with steps lw {9 - 2 * modes.index(mode)} "
                        f"{line(mode)} title '{mode}'")
    if not plots_of:
        return None
    return plots.draw(f"locality-{name}", 560, 330,
                      script + "plot " + ", ".join(plots_of) + "\n")


def time_plot(plots, runs, modes, name):
    """How many of the builds took how long."""
    script = ("set border 3\nset tics nomirror\nset key outside top horizontal "
              "left Left reverse\nset xlabel 'ms from a build\\'s begin to its "
              "end'\nset ylabel '% of the builds'\nset yrange [0:100]\n"
              "set xrange [0:*]\n").replace("\\'", "''")
    plots_of = []
    for mode in modes:
        times = sorted(build.ms for phase in tables.ended(runs, mode, name)
                       for build in phase.built())
        if not times:
            continue
        script += table(mode, [(times[0], 0)] + [
            (ms, 100 * (i + 1) / len(times)) for i, ms in enumerate(times)])
        plots_of.append(f"${mode} with steps lw 2.5 {line(mode)} "
                        f"title '{mode}'")
    if not plots_of:
        return None
    return plots.draw(f"times-{name}", 560, 330,
                      script + "plot " + ", ".join(plots_of) + "\n")


def figure(path, alt, caption):
    if not path:
        return ""
    with open(path, "rb") as file:
        data = base64.b64encode(file.read()).decode()
    return (f'<figure><img alt="{html.escape(alt)}" '
            f'src="data:image/svg+xml;base64,{data}">'
            f"<figcaption>{html.escape(caption)}</figcaption></figure>\n")


def html_table(title, modes, rows):
    head = "".join(f"<th scope=col>{mode}</th>" for mode in modes)
    body = "".join(
        "<tr><td>" + html.escape(what) + "</td>" +
        "".join(f"<td>{text}</td>" for text in texts) + "</tr>\n"
        for what, texts in rows)
    return (f"<h3>{html.escape(title)}</h3>\n<div class=scroll><table>"
            f"<thead><tr><th></th>{head}</tr></thead>\n<tbody>{body}</tbody>"
            "</table></div>\n")


PHASES = {
    "boot": "All are built when Xen has scrubbed all memory (boot).",
    "reboot": "Half of them are destroyed and built again at once, while it "
    "scrubs (reboot).",
    "crowd": "More domains than fit are built (crowd).",
    "worn": "Other domains hold single pages in many chunks of 2M, in all of a "
    "node's or in none; as many as there is room for are built (worn).",
    "faults": "All are built while builders are killed, pages go offline, and "
    "dom0 takes and returns memory (faults).",
}


def scenario_text(args, runs):
    scenario = next((run.scenario for run in runs if run.scenario), None)
    if not scenario:
        return "No storm began."
    clock = ("On its one CPU every instruction takes 4 ns: times are work, and "
             "do not depend on the machine that emulates it."
             if args.instructions else
             f"Its {args.cpus} CPUs run in parallel, in the time of the machine "
             "that emulates it and of whatever else that did.")
    total, widest = scenario["total"], max(scenario["sizes"])
    # The firmware keeps a few pages of one.
    node_mib = math.ceil(max(total) / PAGES_PER_MIB)
    wide = (f", one of them wider than a node ({widest} MiB)"
            if widest > node_mib else "")
    seeds = len(args.seeds)
    return (f"A host of {len(total)} NUMA nodes with {node_mib} MiB each, "
            f"of which dom0 has {args.dom0_mib}, in QEMU (TCG). {clock} "
            f"{scenario['builders']} builders in parallel build "
            f"{scenario['domains']} domains of {min(scenario['sizes'])} to "
            f"{max(scenario['sizes'])} MiB{wide}, {scenario['mib']} MiB "
            f"altogether{' with the first seed' if seeds > 1 else ''}. " +
            " ".join(PHASES[name] for name in tables.phases_of(runs)) +
            f" Every mode has its own boot of the host, and the same domains; "
            f"{seeds} seed{'s' if seeds > 1 else ''}.")


def write(args, runs, verdicts, command):
    """Returns the page's path."""
    plots = Plots(args.out)
    modes, names = args.modes, tables.phases_of(runs)
    parts = ["<h1>Boot storms with and without claim sets</h1>\n",
             f"<p>{html.escape(scenario_text(args, runs))}</p>\n"]
    parts += [f"<p class={'pass' if good else 'fail'}>{html.escape(text)}</p>\n"
              for good, text in verdicts]
    remarks = list(tables.remarks(runs, modes))
    if remarks:
        parts.append("<ul>" + "".join(f"<li>{html.escape(text)}</li>"
                                      for text in remarks) + "</ul>\n")

    parts.append(figure(
        overview_plot(plots, runs, modes, names),
        "locality in each mode and phase",
        "Pages that are where the domain's builder meant them to be: on the "
        "nodes of the plan that it ended up with."))

    parts.append("<h2>Side by side</h2>\n")
    parts += [html_table(title, modes, rows)
              for title, rows in tables.sections(runs, modes)]
    parts.append("<p>Where the pages are is what the hypervisor says of them "
                 "afterwards (debug key <code>u</code>), checked against each "
                 "domain's page count. A page is where it was meant to be if it "
                 "is on a node of the plan that its builder ended up with, "
                 "which under claimset and steered is the claim set.</p>\n")

    parts.append("<h2>Where the domains' pages are</h2>\n<div class=pair>\n")
    for name in names:
        parts.append(figure(
            locality_plot(plots, runs, modes, name),
            f"locality of each domain in phase {name}",
            f"{name}: each domain's share of pages that are where its builder "
            "meant them to be. A line at 100 % all the way is ideal."))
    parts.append("</div>\n<h2>How long a build took</h2>\n"
                 "<div class=pair>\n")
    for name in names:
        parts.append(figure(
            time_plot(plots, runs, modes, name),
            f"time per build in phase {name}",
            f"{name}: the share of builds that ended within so many ms, "
            "waiting for memory included."))

    parts.append("</div>\n<h2>Memory of each node over time</h2>\n")
    for mode in modes:
        run = next((run for run in runs if run.mode == mode and
                    any(phase.samples for phase in run.phases.values())), None)
        if run:
            parts.append(figure(
                memory_plot(plots, run), f"memory per node under {mode}",
                f"{mode}, seed {run.seed}: MiB of each node over seconds. Grey "
                "is allocated, yellow claimed on the node; a host-wide claim "
                "is on none."))
    native = os.path.join(args.out, "native.svg")
    if os.path.exists(native):
        parts.append("<h2>How cost grows</h2>\n")
        parts.append(figure(
            native, "time of a claim and of a build against size",
            "The allocator alone, natively: what a claim takes (above), and "
            "the claim and populating 2 MiB (below), against the domains and "
            "nodes of the host and the entries of a claim set."))
    if plots.missing:
        parts.append(f"<p class=fail>No plots: "
                     f"{html.escape(plots.missing)}</p>\n")

    parts.append("<h2>The modes</h2>\n<dl>")
    parts += [f"<dt>{mode}</dt><dd>{html.escape(MODES[mode].text)}</dd>\n"
              for mode in modes]
    parts.append("</dl>\n<h2>To repeat it</h2>\n"
                 f"<p><code>{html.escape(command)}</code></p>\n")

    path = os.path.join(args.out, "report.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write("<!DOCTYPE html>\n<!-- SPDX-License-Identifier: CC-BY-4.0 "
                   "-->\n<html lang=en><head><meta charset=utf-8>\n"
                   '<meta name=viewport content="width=device-width">\n'
                   "<title>Boot storms with and without claim sets</title>\n"
                   f"<style>{STYLE}</style></head>\n<body>\n" +
                   "".join(parts) + "</body></html>\n")
    if plots.missing:
        print(f"no plots: {plots.missing}")
    return path
