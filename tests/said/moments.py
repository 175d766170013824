"""Moments: a signal at any line that a command runs, drawn from a seed, and what is in the office afterwards."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING, Final

from tests.said.judge import CODES, untrue
from tests.said.lines import Line

from officeops.model.exit_codes import SIGNAL

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tests.said.runner import Ran
    from tests.said.sweep import Bench

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: Commands that write, each in a way of its own.
WRITING: Final = (
    Line("vendor add", ["vendor", "add", "--name", "New"]),
    Line("vendor add --json", ["vendor", "add", "--name", "New", "--json"]),
    Line("vendor edit", ["vendor", "edit", "Medline", "--phone", "555-0100"]),
    Line("vendor archive", ["vendor", "archive", "Medline"]),
    Line("item receive", ["item", "receive", "A", "--quantity", "1"]),
    Line("order approve", ["order", "approve", "PO-1"]),
    Line("count", ["count", "Main", "A=49"]),
    Line("item import", ["item", "import", "-"], "sku,name\nX,New\nY,New too\n"),
    Line("reorder draft", ["reorder", "draft"]),
    Line("today --mark-seen", ["today", "--new", "--mark-seen"]),
    Line("undo", ["undo"]),
    Line("purge", ["purge"]),
    Line("settings edit", ["settings", "edit", "--name", "Other"]),
    Line("backup", ["backup"]),
    Line("backup restore", ["backup", "restore", "latest", "--live", "--yes"], first="backup"),
    Line("seal rotate", ["seal", "rotate"]),
    Line("plugins disable", ["plugins", "disable", "vendors"]),
    Line("init", ["--db", "new.db", "init", "--name", "Another"]),
)
#: A plugin that is told of each write: for long, and then it fails.
EAR: Final = """\
from __future__ import annotations

from officeops import *

PLUGIN = Plugin("ear", "Hears of every write, slowly, and fails", api=2)


@hookimpl
def changed(office, change):
    heard = 0
    for _ in range(400):
        heard += 1
    raise ValueError("deaf")
"""


class Watched:
    """A line, how it ends by itself, and how many moments that takes."""

    def __init__(self, bench: Bench, line: Line) -> None:
        self.bench, self.line, self.ready = bench, line, bench.ready(line)
        counted = self.ready.parent / "moments"
        self.normal = bench.run(line, self.ready, count=str(counted))
        self.moments = int(counted.read_text())

    def stopped(self, draw: random.Random, plant: str = "") -> Iterator[str]:
        """Send a signal at a moment that is drawn, and yield what then is not true.

        A planted fault shows once something is saved, which is in the last tenth.
        """
        first = self.moments * 9 // 10 if plant else 1
        number, moment = draw.choice(SIGNALS), draw.randint(first, self.moments)
        ran = self.bench.run(self.line, self.ready, signal=int(number), moment=moment, plant=plant)
        for lie in [*untrue(ran), *self._unended(ran, number)]:
            yield f"{self.line.name}, {number.name} at {moment} of {self.moments}: {lie}"

    def _unended(self, ran: Ran, number: signal.Signals) -> Iterator[str]:
        done = ran.code == self.normal.code and ran.change.kind == self.normal.change.kind
        if ran.code != SIGNAL + number and not done:
            what = "which is no code" if ran.code not in CODES else f"not with {SIGNAL + number}"
            yield f"ends with {ran.code}, {what}: {ran.err[-200:]}"
        if (
            ran.change.verbs
            and ran.change.verbs != self.normal.change.verbs[: len(ran.change.verbs)]
        ):
            yield f"wrote {ran.change.verbs}, which it never does by itself"

    def close(self) -> None:
        """Take the copy away."""
        shutil.rmtree(self.ready)
