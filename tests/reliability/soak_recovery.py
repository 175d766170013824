"""The parts of the soak that break the store and bring it back: kills inside recovery, damaged files."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from unittest import mock

from tests.reliability.clock_jumps import jumped
from tests.reliability.full_disk import on_full_disk
from tests.reliability.recovery import KILLS, Practice, attempt, practice, try_damage
from tests.reliability.tampering import WAYS, tampered
from tests.said.lines import lines
from tests.said.sweep import ENV, bench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Row(NamedTuple):
    """One row of the table: what was done, what came of it, the target, and whether it was kept."""

    what: str
    found: str
    target: str
    kept: bool


#: The plugins of the attacked office: sealed fields are those of HR.
PLUGINS: Final = {"OFFICEOPS_PLUGINS": "hr,inventory,vendors"}


@contextmanager
def attacked() -> Iterator[tuple[Practice, Path]]:
    """Yield a whole office, and the folder to attack copies of it in."""
    folder = Path(tempfile.mkdtemp(prefix="officeops-recovery-"))
    try:
        with mock.patch.dict(os.environ, PLUGINS):
            yield practice(folder / "whole"), folder / "attacked"
    finally:
        shutil.rmtree(folder)


def recovered(seconds: float, number: int) -> Iterator[Row]:
    """Kill live restores, restores into place, backups, upgrades and rotations at random moments."""
    chance = random.Random(number)
    with attacked() as (whole, to):
        for name, kill in KILLS.items():
            # The first run imports what the later ones find imported: only a later one is as long as they are.
            whole_line = min(attempt(kill, whole, to).seconds for _ in range(2))
            rounds, kills, bad = 0, 0, list[str]()
            end = time.monotonic() + seconds / len(KILLS)
            while not rounds or time.monotonic() < end:
                delay = chance.uniform(0, whole_line)
                tried = attempt(kill, whole, to, delay)
                bad += [f"{delay:.4f} s: {what}" for what in tried.wrong]
                rounds, kills = rounds + 1, kills + tried.was_killed
                if not tried.was_killed:
                    whole_line = min(whole_line, tried.seconds)
            # A line that ended before its moment was not killed, and does not count as one.
            found = f"{kills:,} / {len(bad)} {bad[:2] or ''}".rstrip()
            yield Row(f"kill -9 inside a {name} / not whole afterwards", found, "0", not bad)


def damaged(seconds: float, number: int) -> Iterator[Row]:
    """Damage files at random, use them, and bring each back."""
    count, restored, bad = 0, 0, list[str]()
    end = time.monotonic() + seconds
    with attacked() as (whole, to):
        while not count or time.monotonic() < end:
            was_restored, wrong = try_damage(whole, to, number + count)
            count, restored, bad = count + 1, restored + was_restored, bad + wrong
    found = f"{count:,} / {restored:,} / {len(bad)} {bad[:2] or ''}".rstrip()
    what = "files damaged at random / restored into place / without a sentence and a way back"
    yield Row(what, found, "0", not bad)


def jumps(seconds: float, number: int) -> Iterator[Row]:
    """Save, back up and restore by clocks that jump ten years either way."""
    count, bad = 0, list[str]()
    end = time.monotonic() + seconds
    with attacked() as (whole, to):
        while not count or time.monotonic() < end:
            bad += jumped(whole, to, number + count)
            count += 1
    found = f"{count:,} / {len(bad)} {bad[:2] or ''}".rstrip()
    what = "clocks that jump ten years, three times / lost, refused or not said"
    yield Row(what, found, "0", not bad)


def filled(seconds: float, number: int) -> Iterator[Row]:
    """Run every command of the registry on a full disk; as many as there is time for."""
    count, answered, bad = 0, 0, list[str]()
    with mock.patch.dict(os.environ, ENV), bench() as office:
        every = [*lines()]
        start, end = number % len(every), time.monotonic() + seconds
        for line in [*every[start:], *every[:start]]:
            if time.monotonic() < end or not count:
                is_answered, wrong = on_full_disk(office, line)
                count, answered, bad = count + 1, answered + is_answered, bad + wrong
    found = f"{count:,} / {answered:,} / {len(bad)} {bad[:2] or ''}".rstrip()
    what = f"commands of {len(every)} on a full disk / answered / refused without a sentence on it"
    yield Row(what, found, "0", not bad)


def found_out(_: float, __: int) -> Iterator[Row]:
    """Tamper with an office in each of the ways."""
    with attacked() as (whole, to):
        named = {way for way in WAYS if tampered(whole, to, way)}
    secret = {way for way in WAYS if way.startswith("not found: ")}
    wrong = sorted(named ^ (WAYS.keys() - secret))
    found = f"{len(named)} of {len(WAYS)} {wrong or ''}".rstrip()
    what = "ways of tampering that a check of every morning finds"
    yield Row(what, found, f"all but {len(secret)}", not wrong)


#: Each part by its name, for the command of the soak.
ATTACKS: Final[dict[str, Callable[[float, int], Iterator[Row]]]] = {
    "clock": jumps,
    "damage": damaged,
    "full": filled,
    "recovery": recovered,
    "tampering": found_out,
}
