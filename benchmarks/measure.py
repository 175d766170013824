"""Measure programs and functions against each other: interleaved rounds, medians, ratios taken round by round."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


class Figure(NamedTuple):
    """One line of the table: what, against which floor, the ratio, the limit, where we want to be, and both times in ms."""

    what: str
    floor: str
    ratio: float
    limit: float
    aim: float
    mine_ms: float
    floor_ms: float

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.ratio <= self.limit


def environment(**more: str) -> dict[str, str]:
    """Return this environment without what would measure the compiler or another plugin."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "OFFICEOPS"))
    }
    return {**kept, **more}


def cpu(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Run a program and return the CPU time it took, user and system, in seconds. Raises where it fails."""
    child = subprocess.Popen(
        command,
        env=dict(env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in {0, 3}:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime


def timed(function: Callable[[], object]) -> float:
    """Return how long a call takes, in seconds of this process's CPU and, for I/O, of the clock; the larger."""
    start, busy = time.perf_counter(), time.process_time()
    function()
    return max(time.process_time() - busy, time.perf_counter() - start)


def busy(function: Callable[[], object]) -> float:
    """Return the CPU time a call takes: none of it waits for a disk, and others' work on the machine is not its cost."""
    start = time.process_time()
    function()
    return time.process_time() - start


def against(
    mine: Callable[[], float], floor: Callable[[], float], rounds: int
) -> tuple[float, float, float]:
    """Return (median ratio, my median, the floor's median) over interleaved rounds, after one to warm up."""
    mine()
    floor()
    pairs = [(mine(), floor()) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    return ratio, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def figure(
    what: str,
    floor_name: str,
    mine: Callable[[], float],
    floor: Callable[[], float],
    *,
    limit: float,
    aim: float,
    rounds: int = 15,
) -> Figure:
    """Measure one line of the table."""
    ratio, a, b = against(mine, floor, rounds)
    return Figure(what, floor_name, ratio, limit, aim, a * 1000, b * 1000)


def python(script: Path) -> list[str]:
    """Return the command that runs a floor's script with this interpreter."""
    return [sys.executable, str(script)]


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| what | floor | ratio | limit | aim | ours ms | floor ms |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for f in figures:
        mark = "" if f.kept else " **over**"
        lines.append(
            f"| {f.what} | {f.floor} | {f.ratio:.2f}{mark} | {f.limit:g} | {f.aim:g} | {f.mine_ms:.1f} | {f.floor_ms:.1f} |"
        )
    return "\n".join(lines)
