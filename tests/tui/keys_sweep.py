"""The same keys slowly and as one packet, on every screen: the file and the screen end the same.

The tests run a sample; `python3 dev.py soak 60 --only keys` goes on for an hour.
"""

from __future__ import annotations

import difflib
import io
import random
import re
import shutil
import sqlite3
import time
from contextlib import redirect_stdout
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from tests.made_once import copied
from tests.tui.keys_tools import BYTES, Line, sent, timeless

from officeops.cli import run
from officeops.office.office import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from officeops.office.office import Office

#: The keys pressed; keys that move and edit come more often. `q` ends the program, and has a test
#: of its own.
KEYS: Final = (
    *"abcdefghijklmnoprstuvwxyz", *"0123456789", *"ABGRTUVX", *"/?:!][-.,",
    *("enter", "tab", "down", "up", "escape", "space", "backspace", "ctrl+s", "ctrl+u", "y") * 3,
    *(key for key in BYTES if not key.startswith(("enter", "escape"))),
)  # fmt: skip
#: What a terminal sends alike: Esc and these are an arrow key, a function key, and Alt with
#: Backspace.
UNLIKE_ESCAPE: Final = frozenset({"[", "O", "backspace"})
_SCAN = re.compile(r"[A-Za-z0-9]{6,}[\r\t]|\][A-Za-z][A-Za-z0-9][^\x1b\r\t]+[\r\t]")
#: Screens that are reached from another one: from which subject, by which keys.
DEEPER: Final = {
    "the count sheet": ("screen count", ("enter",)),
    "the review of a count": ("screen count", ("enter", "3", "enter", "1", "d")),
    "the coverage of a week": ("screen schedule", (*":coverage", "enter")),
    "the people for a gap": ("screen schedule", ("]", *":coverage", "enter", "down", "down", "l")),
}


class Failure(AssertionError):
    """The same keys ended differently."""


class Subject(NamedTuple):
    """A screen, form or question, and the keys that lead to it from Today."""

    name: str
    way: tuple[str, ...]


def subjects(office: Office) -> Iterator[Subject]:
    """Yield every list, record, form, action and screen, as the office has them declared."""
    yield Subject("today", ())
    for name, key in (
        ("kinds", "b"),
        ("help", "?"),
        ("messages", "!"),
        ("undo", "u"),
        ("redo", "U"),
        ("command", ":"),
    ):
        yield Subject(name, (key,))
    for words in ("huddle", "inspect", "inspect vfc", "pin", "undo-list"):
        yield Subject(words, (f":{words}", "enter"))
    for record in office.seen().values():
        meta = record.meta
        way = (f":{meta.noun}", "enter")
        yield Subject(f"list {meta.key}", way)
        yield Subject(f"record {meta.key}", (*way, "enter"))
        yield Subject(f"filter {meta.key}", (*way, "/"))
        if meta.editable:
            yield Subject(f"new {meta.key}", (*way, "n"))
            yield Subject(f"edit {meta.key}", (*way, "e"))
            yield Subject(f"archive {meta.key}", (*way, "x"))
        for action in office.actions(record):
            yield Subject(f"action {action.name}", (*way, f":{action.verb}", "enter"))
    for action in office.actions():
        yield Subject(f"action {action.name}", (f":{action.verb}", "enter"))
    for _, screen in office.plugins.registered("screens"):
        word = screen.id.rpartition(".")[2]
        yield Subject(f"screen {word}", (f":{word}", "enter"))
    for name, (start, keys) in DEEPER.items():
        yield Subject(name, (f":{start.partition(' ')[2]}", "enter", *keys))


def sequence(chance: random.Random, length: int) -> list[str]:
    """Return keys at random that are no scan, and that a terminal can tell from one another."""
    while True:
        keys = [chance.choice(KEYS) for _ in range(length)]
        unlike = any(
            first == "escape" and second in UNLIKE_ESCAPE for first, second in pairwise(keys)
        )
        if not unlike and not _SCAN.search("".join(map(sent, keys))):
            return keys


class Pair:
    """Two programs with equal offices: one gets keys slowly, the other in one packet."""

    def __init__(self, office: Path, folder: Path, extra: str = "") -> None:
        self.lines = [
            Line(_copied(office, folder / name), folder / name, extra) for name in ("slow", "burst")
        ]
        self._since = _last_action(office)
        #: The screens that were seen, by the name of their class.
        self.seen: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for line in self.lines:
            line.__exit__()

    def compare(self, subject: Subject, keys: Sequence[str]) -> None:
        """Press keys on a screen in both ways. Raises Failure where they end differently."""
        slow, burst = self.lines
        starts = [self._go(line, subject) for line in self.lines]
        _same(subject, ["on the way"], *starts)
        ends = slow.slowly(keys), burst.at_once(keys)
        _same(subject, keys, *ends)
        files = [_written(line.path, self._since) for line in self.lines]
        if files[0] != files[1]:
            raise Failure(_difference(subject, keys, *files))

    def _go(self, line: Line, subject: Subject) -> dict[str, Any]:
        report = self._home(line)
        if subject.way:
            report = line.at_once(subject.way)
        self.seen.add(report["screen"])
        return report

    def _home(self, line: Line) -> dict[str, Any]:
        report = line.send(BYTES["escape"])
        for _ in range(40):
            self.seen.add(report["screen"])
            prompt = report["lines"][-2]
            if "Leave and lose" in prompt:
                report = line.send("y")
            elif report["screen"] == "Today" and "This is the first" in prompt:
                return line.send(BYTES["home"])
            else:
                report = line.send(BYTES["escape"])
        raise Failure(f"no way back to Today from {report}")


def _copied(office: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return copied(office, folder / office.name)


def _last_action(path: Path) -> int:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        return int(db.execute("SELECT max(id) FROM core_action").fetchone()[0])


def _written(path: Path, since: int) -> list[str]:
    """Return the actions and changes since an action, without their times of day."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        done = db.execute(
            "SELECT id, actor, verb, arguments FROM core_action WHERE id > ? ORDER BY id", (since,)
        )
        changed = db.execute(
            "SELECT action_id, record, record_id, before, after FROM core_change "
            "WHERE action_id > ? ORDER BY id",
            (since,),
        )
        return [timeless(row) for row in (*done, *changed)]
    finally:
        db.close()


def _same(
    subject: Subject, keys: Sequence[str], slow: dict[str, Any], burst: dict[str, Any]
) -> None:
    first = list(map(timeless, slow["lines"]))
    second = list(map(timeless, burst["lines"]))
    if first != second:
        raise Failure(_difference(subject, keys, first, second))


def _difference(subject: Subject, keys: Sequence[str], slow: list[str], burst: list[str]) -> str:
    lines = difflib.unified_diff(slow, burst, "slowly", "in one packet", lineterm="", n=0)
    return "\n".join([f"{subject.name}: {' '.join(keys)}", *lines])


def sweep(
    pair: Pair,
    known: Sequence[Subject],
    seed: int,
    length: int,
) -> None:
    """Press keys at random on each screen once. Raises Failure, naming the seed."""
    for number, subject in enumerate(known):
        chance = random.Random(seed * 1000 + number)  # noqa: S311 - chance, not a secret
        keys = sequence(chance, length)
        try:
            pair.compare(subject, keys)
        except Failure as failure:
            raise Failure(f"seed {seed}: {failure}") from None


def rounds(folder: Path, seconds: float, seed: int) -> tuple[int, list[str]]:
    """Press keys at random on every screen of a made-up practice until the time is over.

    Returns how many sequences were pressed, and the ones that ended differently. A round whose
    offices differ is given up.
    """
    office = folder / "practice.db"
    with redirect_stdout(io.StringIO()):
        code = run(["demo", "--keep", str(office)])
    if code:
        raise Failure("no practice could be made")
    with open_office(office) as opened:
        known = list(subjects(opened))
    random.Random(seed).shuffle(known)  # noqa: S311 - chance, not a secret
    count, turn = 0, 0
    failures: list[str] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with Pair(office, folder / str(turn)) as pair:
            for number, subject in enumerate(known):
                if time.monotonic() > end:
                    break
                count += 1
                try:
                    sweep(pair, [subject], seed + turn * len(known) + number, 12)
                except Failure as failure:
                    failures.append(str(failure))
                    break
        shutil.rmtree(folder / str(turn))
        turn += 1
    return count, failures
