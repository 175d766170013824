"""Many at once: writers in every form, readers that stay, and the same work through sqlite-utils alone to measure against."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.effort import PATIENCE
from tests.reliability.practice import Verdict, judge, make, read_acks
from tests.reliability.processes import command, soon, start, told, worker

from officeops.model.immutable import Value

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


class Crowd(Value):
    """What a crowd did. Times in seconds."""

    writers: int
    saves: int
    rate: float
    conflicts: int
    failures: list[str]
    p99: float
    worst: float
    share: float
    commands: int
    reads: int
    torn: int
    verdict: Verdict


def crowd(
    folder: Path,
    writers: int,
    seconds: float,
    seed: int,
    *,
    readers: int = 0,
    commands: int = 0,
    pause: float = 0.0,
    apart: bool = False,
) -> Crowd:
    """Let so many write at once, each an item of its own where they keep `apart`, beside readers and real commands."""
    file = folder / "office.db"
    make(file, max(50, writers))
    begin = soon(writers + readers)
    acks = [folder / f"acks-{n}" for n in range(writers)]
    common: dict[str, Any] = {"start": begin, "seconds": seconds}
    crew = [
        worker(
            "write",
            file,
            seed=seed + n,
            acks=acks[n],
            pause=pause,
            own=n + 1 if apart else 0,
            **common,
        )
        for n in range(writers)
    ]
    beside = [worker("read", file, **common) for _ in range(readers)]
    ran, failures = _commands(file, begin, seconds, commands)
    tales = [told(each, seconds + 120) for each in crew]
    views = [told(each) for each in beside]
    failures += [sentence for tale in tales for sentence in tale["failures"]]
    saves = [tale["done"] for tale in tales]
    verdict = judge(file, read_acks(acks))
    return Crowd(
        writers=writers,
        saves=sum(saves),
        rate=sum(saves) / seconds,
        conflicts=sum(tale["conflicts"] for tale in tales),
        failures=failures,
        p99=sorted(tale["p99"] for tale in tales)[len(tales) // 2],
        worst=max(tale["worst"] for tale in tales),
        share=min(saves) * writers / max(1, sum(saves)),
        commands=ran,
        reads=sum(view["done"] for view in views),
        torn=sum(view["torn"] for view in views),
        verdict=verdict,
    )


def _commands(file: Path, begin: float, seconds: float, at_once: int) -> tuple[int, list[str]]:
    """Run real command lines, so many at once, until the time is over. Returns how many, and what failed."""
    running: list[subprocess.Popen[str]] = []
    done, failures = 0, []
    while at_once and time.time() < begin + seconds:
        running += [_add(file, done + len(running)) for _ in range(at_once - len(running))]
        ended = running.pop(0)
        _, errors = ended.communicate(timeout=PATIENCE)
        done += 1
        if ended.returncode:
            failures.append(errors)
    for each in running:
        failures += [
            errors for errors in [each.communicate(timeout=PATIENCE)[1]] if each.returncode
        ]
    return done + len(running), failures


def _add(file: Path, number: int) -> subprocess.Popen[str]:
    return start(
        command(
            file,
            "item",
            "add",
            "--sku",
            f"C-{number}-{time.monotonic_ns()}",
            "--name",
            "Added by a command",
        )
    )
