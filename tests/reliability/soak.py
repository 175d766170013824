"""The long attack: `python3 dev.py soak [MINUTES] [--only PART …] [--seed N]`. Prints each figure, its target and what replays it.

Without minutes it takes about half an hour on two cores; the parts that can be repeated fill what is asked for.
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.effort import seed
from tests.reliability.crowd import Crowd, crowd
from tests.reliability.faults import faults
from tests.reliability.floor import floor
from tests.reliability.kills import kills
from tests.reliability.powercuts import power_cuts
from tests.reliability.processes import ROOT
from tests.reliability.soak_attacks import ATTACKS, Row
from tests.reliability.walreset import round_of
from tests.said.judge import FAULTS
from tests.said.lines import lines
from tests.said.moments import EAR, WRITING, Watched
from tests.said.sweep import ENV, bench
from tests.said.test_said_names import filters, taken, tries
from tests.said.test_said_repeats import repeated, unanswered
from tests.tui import keys_sweep

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Line(Value):
    """One line of the table."""

    what: str
    found: str
    target: str
    kept: bool


def main() -> None:
    """Run the parts asked for, and end with 1 where a target was missed."""
    words = argparse.ArgumentParser(prog="soak", description=__doc__)
    words.add_argument(
        "minutes",
        nargs="?",
        type=float,
        default=30.0,
        help="How long all parts together take, about",
    )
    words.add_argument("--only", nargs="+", choices=sorted(PARTS), default=sorted(PARTS))
    words.add_argument("--seed", type=int, default=seed())
    given = words.parse_args()
    # Compiled beforehand: a hundred processes that compile the same modules measure the compiler.
    compileall.compile_dir(ROOT / "src", quiet=2)
    print(f"seed {given.seed}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n", flush=True)
    print("| what | found | target | kept |\n|---|---|---|---|", flush=True)
    lines = list[Line | Row]()
    for name in given.only:
        for line in PARTS[name](given.minutes * 60 / len(given.only), given.seed):
            lines.append(line)
            print(
                f"| {line.what} | {line.found} | {line.target} | {'yes' if line.kept else '**no**'} |",
                flush=True,
            )
    raise SystemExit(0 if all(line.kept for line in lines) else 1)


def _many(seconds: float, number: int) -> Iterator[Line]:
    """A hundred processes of every kind: sessions that pause, readers, real commands."""
    with _folder() as folder:
        found = crowd(folder, 92, seconds, number, readers=4, commands=4, pause=2.0)
    yield Line(
        f"100 processes at once for {seconds:.0f} s (92 sessions, 4 readers, {found.commands} commands)",
        f"{found.saves:,} saves, {len(found.failures)} failed, {found.conflicts} conflicts shown, p99 {_ms(found.p99)}, worst {_ms(found.worst)}",
        "0 failed",
        not found.failures,
    )
    yield _intact("the same", found)


def _saturated(seconds: float, number: int) -> Iterator[Line]:
    """32 sessions that save without a pause, and sqlite-utils alone at the same; turn about, so that the machine is the same."""
    turns, found, floors = 3, list[Crowd](), list[float]()
    for turn in range(turns):
        with _folder() as folder:
            found.append(crowd(folder, 32, seconds / turns / 2, number + 100 * turn, apart=True))
            floors.append(floor(folder, 32, seconds / turns / 2))
    rate, least = median([each.rate for each in found]), median(floors)
    worst, share = max(each.worst for each in found), min(each.share for each in found)
    yield Line(
        "audited, durable saves a second, 32 saturated sessions",
        f"{rate:,.0f}",
        "≥ 1,000",
        rate >= 1000,
    )
    yield Line(
        "against sqlite-utils' atomic() in the same minutes",
        f"{rate / max(least, 0.1):.0f}× ({least:,.0f} a second)",
        "≥ 15×",
        rate >= 15 * least,
    )
    yield Line("worst wait of any save, 32 saturated", _ms(worst), "≤ 500 ms", worst <= 0.5)
    yield Line("unluckiest session's share of the mean", f"{share:.0%}", "≥ 50 %", share >= 0.5)
    yield Line(
        "failed saves",
        f"{sum(len(each.failures) for each in found)}",
        "0",
        not any(each.failures for each in found),
    )
    for each in found:
        yield _intact("32 saturated", each)


def _steady(seconds: float, number: int) -> Iterator[Line]:
    """32 sessions that save once a second: a large office at its busiest."""
    with _folder() as folder:
        found = crowd(folder, 32, seconds, number, pause=1.0)
    yield Line(
        "worst wait of any save, 32 sessions at one a second",
        _ms(found.worst),
        "≤ 250 ms",
        found.worst <= 0.25,
    )
    yield _intact("the same", found)


def _intact(what: str, found: Crowd) -> Line:
    wrong = [*found.verdict.lost[:2], *found.verdict.wrong[:2]]
    text = f"{len(found.verdict.lost)} of {found.verdict.acknowledged:,} lost, {found.torn} torn reads {wrong or ''}".rstrip()
    return Line(f"{what}: lost updates", text, "0", found.verdict.good and not found.torn)


def _killed(seconds: float, number: int) -> Iterator[Line]:
    """kill -9 in rounds of eight writers, each round set on a new office."""
    count, told, bad, slowest = 0, 0, list[str](), 0.0
    for turn in _until(seconds):
        with _folder() as folder:
            found = kills(folder, 25, 8, number + turn)
        count, told, slowest = (
            count + found.kills,
            told + found.verdict.acknowledged,
            max(slowest, found.reopened),
        )
        if not found.verdict.good:
            bad.append(f"seed {number + turn}: {found.verdict.lost[:2]} {found.verdict.wrong[:2]}")
    yield Line(
        "kill -9 of writers / acknowledged saves lost / corrupt",
        f"{count:,} / 0 of {told:,} / 0" if not bad else str(bad),
        "0 / 0",
        not bad,
    )
    yield Line("first save after a kill, at most", _ms(slowest), "≤ 5 s", slowest <= 5)


def _cut(seconds: float, number: int) -> Iterator[Line]:
    """Power cuts, a hundred in each recording; and that fewer syncs do lose, so that the test bites."""
    count, bad = 0, list[str]()
    for turn in _until(seconds):
        with _folder() as folder:
            found = power_cuts(folder, number + turn, saves=240, cuts=100)
        count, bad = count + found.cuts, bad + found.bad
    yield Line(
        "simulated power cuts / not survived",
        f"{count:,} / {len(bad)} {bad[:2] or ''}".rstrip(),
        "0",
        not bad,
    )
    with _folder() as folder:
        less = power_cuts(folder, number, saves=60, cuts=30, sync="NORMAL")
    yield Line(
        "the same with synchronous=NORMAL (must lose, or the test proves nothing)",
        f"{len(less.bad)} of 30 lose saves",
        "> 0",
        bool(less.bad),
    )


def _struck(seconds: float, number: int) -> Iterator[Line]:
    """A disk that fails once in sixty calls."""
    count, refused, told, bad = 0, 0, 0, list[str]()
    for turn in _until(seconds):
        with _folder() as folder:
            found = faults(folder, 10, number + turn * 10, per_mille=15)
        count, refused, told = (
            count + found.faults,
            refused + found.refused,
            told + found.verdict.acknowledged,
        )
        if not found.verdict.good:
            bad.append(
                f"seed {number + turn * 10}: {found.verdict.lost[:2]} {found.verdict.wrong[:2]}"
            )
    text = f"{count:,} / {refused:,} / 0 of {told:,}" if not bad else str(bad)
    yield Line(
        "injected disk faults / saves refused / acknowledged saves lost", text, "0 lost", not bad
    )


def _reset(seconds: float, number: int) -> Iterator[Line]:
    """The WAL-reset schedule with the gate; then without it, where this SQLite has the fault."""
    import sqlite3

    rounds, bad, commits = 0, list[str](), 0
    for turn in _until(seconds * 0.9):
        with _folder() as folder:
            found = round_of(folder / "reset.db", 8, number + turn, gated=True)
        rounds, commits = rounds + 1, commits + found.commits
        bad += [f"seed {number + turn}: {found.wrong[0]}"] if found.wrong else []
    yield Line(
        f"WAL-reset schedule on SQLite {sqlite3.sqlite_version}, 8 s rounds / corrupt",
        f"{rounds} ({commits:,} commits) / {len(bad)} {bad or ''}".rstrip(),
        "0",
        not bad,
    )
    opened = corrupt = 0
    for turn in _until(seconds * 0.1):
        with _folder() as folder:
            corrupt += bool(round_of(folder / "reset.db", 8, number + turn, gated=False).wrong)
        opened += 1
    affected = (3, 7, 0) <= sqlite3.sqlite_version_info <= (
        3,
        51,
        2,
    ) and sqlite3.sqlite_version_info[:3] not in {
        (3, 44, 6),
        (3, 50, 7),
    }
    target = "> 0: the schedule bites" if affected else "0: this SQLite is mended"
    yield Line(
        "the same without the gate",
        f"{opened} / {corrupt}",
        target,
        bool(corrupt) == affected or opened < 5,
    )


def _said(seconds: float, number: int) -> Iterator[Line]:
    """Every command of the registry under every fault of its streams; in what time there is, beginning at a line that is drawn."""
    commands, lies, runs = 0, list[str](), 0
    with _environment(ENV), bench() as office:
        every = [*lines()]
        start, end = number % len(every), time.monotonic() + seconds
        for line in [*every[start:], *every[:start]]:
            if time.monotonic() < end or not commands:
                lies += office.sweep(line)
                commands, runs = commands + 1, office.runs
    yield Line(
        f"commands of {len(every)} under {len(FAULTS)} faults of their streams / runs / lies",
        f"{commands} / {runs:,} / {len(lies)} {lies[:3] or ''}".rstrip(),
        "0",
        not lies,
    )


def _repeated(seconds: float, number: int) -> Iterator[Line]:
    """Every command of the registry twice under one request id; in what time there is, beginning at a line that is drawn."""
    commands, wrong = 0, list[str]()
    with _environment(ENV), bench() as office:
        every = repeated()
        start, end = number % len(every), time.monotonic() + seconds
        for line in [*every[start:], *every[:start]]:
            if time.monotonic() < end or not commands:
                wrong += unanswered(office, line)
                commands += 1
    what = f"commands of {len(every)} repeated under one request id / done twice or not answered"
    yield Line(what, f"{commands} / {len(wrong)} {wrong[:3] or ''}".rstrip(), "0", not wrong)


def _unnamed(seconds: float, number: int) -> Iterator[Line]:
    """A word that names nothing, for every parameter of every command that names something."""
    tried, wrong = 0, list[str]()
    with _environment(ENV), bench() as office:
        every = [*tries(), *filters()]
        start, end = number % len(every), time.monotonic() + seconds
        for attempt in [*every[start:], *every[:start]]:
            if time.monotonic() < end or not tried:
                wrong += taken(office, attempt)
                tried += 1
    what = f"parameters of {len(every)} given a word that names nothing / taken"
    yield Line(what, f"{tried} / {len(wrong)} {wrong[:3] or ''}".rstrip(), "0", not wrong)


def _stopped(seconds: float, number: int) -> Iterator[Line]:
    """Ctrl-C, SIGTERM and SIGHUP at lines that are drawn, while a plugin is told of each write and fails."""
    draw, lies, sent = random.Random(number), list[str](), 0
    with _environment(ENV), bench({"ear": EAR}) as office:
        watched = [Watched(office.beside("ear"), line) for line in WRITING]
        for turn in _until(seconds):
            lies += watched[turn % len(watched)].stopped(draw)
            sent += 1
    what = f"signals at any moment of {len(WRITING)} commands that write / not told as it was"
    yield Line(what, f"{sent:,} / {len(lies)} {lies[:3] or ''}".rstrip(), "0", not lies)


def _reached(seconds: float, number: int) -> Iterator[Line]:
    """Twins that differ only in rows out of reach, with every command and screen; and random people, teams and writes."""
    tests = [f"tests/access/test_scope_{name}.py" for name in ("twins", "random")]
    times = max(2, int(seconds / 300))
    yield _passed(
        f"rows out of reach: sweeps of twins, {times} times the examples", tests, times, number
    )


def _walked(tests: str, seconds: float, number: int) -> Iterator[Line]:
    """Random commands of people against an oracle that knows all that anybody said."""
    yield _passed(f"walks of {tests}", [f"plugins/{tests}"], max(2, int(seconds / 90)), number)


def _passed(what: str, tests: list[str], times: int, number: int) -> Line:
    """Run tests with so many times their examples."""
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--hypothesis-seed={number}", *tests],
        cwd=ROOT,
        env={**os.environ, "OFFICEOPS_TIMES": str(times), "OFFICEOPS_SEED": str(number)},
        capture_output=True,
        text=True,
        check=False,
    )
    last = (ran.stdout.strip().splitlines() or [ran.stderr])[-1]
    return Line(what, last, "all pass", not ran.returncode)


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables, and put back what was there."""
    kept = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _until(seconds: float) -> Iterator[int]:
    """Yield turns until the time is over; one at least."""
    end, turn = time.monotonic() + seconds, 0
    while not turn or time.monotonic() < end:
        yield turn
        turn += 1


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="officeops-soak-") as folder:
        yield Path(folder)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def _typed(seconds: float, number: int) -> Iterator[Line]:
    """The same keys slowly and in one packet, on every screen there is."""
    with _folder() as folder:
        sequences, failures = keys_sweep.rounds(folder, seconds, number)
    found = (
        f"{sequences:,} sequences, {len(failures)} ended differently {failures[:1] or ''}".rstrip()
    )
    yield Line(
        "keys at random on every screen, slowly and in one packet", found, "0 differ", not failures
    )


PARTS: dict[str, Callable[[float, int], Iterator[Line | Row]]] = {
    "crowd": _many,
    "saturated": _saturated,
    "steady": _steady,
    "kills": _killed,
    "power": _cut,
    "faults": _struck,
    "reset": _reset,
    "keys": _typed,
    "said": _said,
    "repeated": _repeated,
    "unnamed": _unnamed,
    "reach": _reached,
    "stopped": _stopped,
    **ATTACKS,
    "units": partial(_walked, "maintenance/tests/equipment/test_maintenance_unit_walk.py"),
    "unsafe": partial(_walked, "maintenance/tests/oracle"),
    "schedule": partial(_walked, "hr/tests/roster/test_hr_schedule_walk.py"),
}

if __name__ == "__main__":
    main()
