# SPDX-License-Identifier: GPL-2.0-only
"""A storm while it runs: a bar for each node on a terminal, lines in a pipe."""

import os
import shutil
import sys
import threading
import time

from records import PAGES_PER_MIB

# allocated, claimed, free: told apart without colours, too
FILLS = (("█", "#"), ("▒", "="), ("·", "."))
COLOURS = ("\x1b[34m", "\x1b[33m", "\x1b[90m")
SECONDS_PER_LINE = 2


def mib(pages):
    return pages // PAGES_PER_MIB


def stretches(width, amounts, fills, colours):
    """amounts, of which the whole bar is the sum, as stretches of it."""
    whole = sum(amounts) or 1
    text, used, upto = "", 0, 0
    for amount, fill, colour in zip(amounts, fills, colours):
        upto += amount
        end = round(width * upto / whole)
        text += colour + fill * (end - used)
        used = end
    return text


class Display:
    """All storms that are on. Draws over what it drew before, or writes a line
    now and then. Others' threads call it."""

    def __init__(self, total, stream=sys.stdout):
        self.total = total
        self.stream = stream
        self.terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
        encoding = (stream.encoding or "").lower().replace("-", "")
        self.fills = [fill[0 if encoding == "utf8" else 1] for fill in FILLS]
        self.lock = threading.Lock()
        self.height = 0         # of what is to be drawn over
        self.begun = 0
        self.storms = []
        if self.terminal:
            # Nothing comes from a host that boots, but its time passes.
            threading.Thread(target=self.tick, daemon=True).start()

    def tick(self):
        while True:
            time.sleep(1)
            with self.lock:
                if self.storms:
                    self.draw()

    def begin(self, title):
        with self.lock:
            self.begun += 1
            storm = Storm(self, f"[{self.begun}/{self.total}] {title}")
            self.storms.append(storm)
        storm.preparing()
        return storm

    def wipe(self):
        if self.height:
            self.stream.write(f"\x1b[{self.height}A\r\x1b[J")
            self.height = 0

    def draw(self):
        size = shutil.get_terminal_size()
        lines = [line for storm in self.storms for line in storm.lines]
        # What is higher than the terminal can't be drawn over.
        lines = lines[:size.lines - 1]
        text = f"\x1b[{self.height}A" if self.height else ""
        for line in lines:
            text += "\r" + line(size.columns) + "\x1b[0m\x1b[K\n"
        # What is left of a higher picture.
        self.stream.write(text + "\x1b[J")
        self.stream.flush()
        self.height = len(lines)

    def write(self, text):
        """A line that stays."""
        with self.lock:
            self.wipe()
            self.stream.write(text + "\n")
            self.stream.flush()


class Storm:
    """One storm's part of the display."""

    def __init__(self, display, title):
        self.display = display
        self.title = title
        self.lines = []         # functions of the terminal's columns
        self.start = time.monotonic()
        self.last = 0

    def show(self, lines):
        with self.display.lock:
            self.lines = lines
            self.display.draw()

    def seconds(self):
        return time.monotonic() - self.start

    def preparing(self):
        if self.display.terminal:
            self.show([lambda columns: f"{self.title}: preparing, "
                       f"{self.seconds():.0f} s"[:columns]])

    def end(self, text):
        with self.display.lock:
            self.display.storms.remove(self)
        self.display.write(f"{self.title}: {text}")

    def node_line(self, node, amounts):
        counts = " ".join(f"{mib(pages):6}" for pages in amounts)
        fills = self.display.fills

        def line(columns):
            width = max(10, columns - 11 - len(counts))
            return (f"  node {node:<2}"
                    f"{stretches(width, amounts, fills, COLOURS)}"
                    f"\x1b[0m {counts}")
        return line

    def legend(self, columns):
        words = [f"{colour}{fill * 2}\x1b[0m {name}" for colour, fill, name in
                 zip(COLOURS, self.display.fills,
                     ("allocated", "claimed", "free, MiB"))]
        return "         " + "  ".join(words) if columns >= 60 else ""

    def sample(self, run, fields):
        phase = run.phases[fields["phase"]]
        waiting = phase.domains - fields["building"] - fields["built"] - \
            fields["given_up"]
        state = (f"{fields['phase']}, {fields['ms'] / 1000:5.2f} s: "
                 f"{fields['built']} of {phase.domains} domains built, "
                 f"{fields['building']} building, {waiting} to come")
        for key, words in (("refused", "claims refused"),
                           ("failed", "failed half-way"),
                           ("killed", "builders killed"),
                           ("given_up", "given up")):
            if fields[key]:
                state += f", {words}: {fields[key]}"

        nodes = []
        # A host-wide claim is on no node.
        for node, total in enumerate(run.scenario["total"]):
            free, claimed = fields["free"][node], fields["claimed"][node]
            nodes.append((total - free, claimed, free - claimed))

        if self.display.terminal:
            lines = [lambda columns: f"{self.title}: {state}"[:columns]]
            lines += [self.node_line(node, amounts)
                      for node, amounts in enumerate(nodes) if any(amounts)]
            any_mib = mib(fields["claimed_any"])
            lines.append(lambda columns: self.legend(columns) + (
                f"; {any_mib} MiB claimed host-wide" if any_mib else ""))
            self.show(lines)
        elif time.monotonic() - self.last > SECONDS_PER_LINE:
            self.last = time.monotonic()
            free = " ".join(str(mib(node[1] + node[2])) for node in nodes)
            self.display.write(f"{self.title}: {state}; MiB free: {free}")
