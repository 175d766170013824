"""kill -9: writers die at random moments, again and again; what they were told must be there.

`python -m tests.reliability.kills FILE ACKS ROUNDS WRITERS SEED` forks the writers, which is faster than starting them.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.effort import PATIENCE
from tests.reliability.practice import Verdict, judge, make, read_acks
from tests.reliability.processes import start
from tests.reliability.worker import Writer

from officeops.model.immutable import Value


class Kills(Value):
    """How many writers were killed, what was found afterwards, and how long the first save after it took at most, in seconds."""

    kills: int
    reopened: float
    verdict: Verdict


def kills(folder: Path, rounds: int, writers: int, seed: int) -> Kills:
    """Kill so many writers so many times, then judge."""
    file, acks = folder / "office.db", folder / "acks"
    make(file)
    words = [
        sys.executable,
        "-m",
        "tests.reliability.kills",
        str(file),
        str(acks),
        str(rounds),
        str(writers),
        str(seed),
    ]
    out, err = start(words).communicate(timeout=PATIENCE + 5 * rounds)
    if not out:
        raise RuntimeError(err[-2000:])
    return Kills(
        rounds * writers, float(out), judge(file, read_acks(sorted(folder.glob("acks-*"))))
    )


def _attack(file: Path, acks: str, rounds: int, writers: int, seed: int) -> float:
    draw, slowest = random.Random(seed), 0.0
    for turn in range(rounds):
        crew = [
            _fork(file, f"{acks}-{n}", seed * 1000 + turn * writers + n) for n in range(writers)
        ]
        time.sleep(draw.uniform(0.02, 0.4))
        for victim in draw.sample(crew, len(crew)):
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
        began = time.monotonic()
        os.waitpid(_fork(file, f"{acks}-after", seed * 1000 + 999_000_000 + turn, saves=1), 0)
        slowest = max(slowest, time.monotonic() - began)
    return slowest


def _fork(file: Path, acks: str, seed: int, saves: int = 10**9) -> int:
    child = os.fork()
    if child:
        return child
    given = argparse.Namespace(
        file=file,
        acks=acks,
        seed=seed,
        start=0.0,
        seconds=60.0,
        saves=saves,
        pause=0.0,
        items=50,
        own=0,
        strikes=False,
        sync="FULL",
    )
    try:
        Writer(given).run()
    finally:
        os._exit(0)


if __name__ == "__main__":
    FILE, ACKS, *NUMBERS = sys.argv[1:]
    print(_attack(Path(FILE), ACKS, *map(int, NUMBERS)))
