"""No number depends on rows out of reach: two files, one with more of them, answer a person alike.

The person may do everything but reach further than their own rows; the commands come from the
registry. What counts up (numbers of actions, changes and rows) is made equal: it is told to all.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.matrix_commands import NOT_RUN, commands, line_of
from tests.access.scope_tools import crewed, kind
from tests.access.twin_tools import Pair, altered
from tests.effort import TIMES, sampled

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.access.roles import known
from officeops.backup.drill import Drilled
from officeops.cli.commands.backup_proof import _row, _sentence
from officeops.cli.root import root
from officeops.core.records import RetentionRule
from officeops.history import unseen_rows
from officeops.office.office import Office as Opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Ran

#: Kinds of which the second file has more rows of others, with the values of one and what an edit changes.
MORE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "leave": ({"person_id": 1, "day": date(2026, 11, 5), "why": "sea", "papers": date(2026, 11, 5)}, {"why": "lake"}),
    "leave-day": ({"leave_id": 1, "day": date(2026, 11, 5)}, {"day": date(2026, 11, 6)}),
    "review": ({"person_id": 1, "words": "is good"}, {"words": "is fine"}),
    "note": ({"about_key": "crew.leave", "about_id": 1, "text": "sea"}, {"text": "lake"}),
    "booking": ({"person_id": 1, "desk_id": 1, "day": date(2026, 11, 5)}, {"day": date(2026, 11, 6)}),
}  # fmt: skip
#: More rows in the second file; so many edits make up for them in the first.
ROWS = 3


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    """Two files of an office in which ben has every permission but those to reach further."""
    from officeops.testing import OfficeFactory

    home = tmp_path_factory.mktemp("counts")
    with pytest.MonkeyPatch.context() as patch:
        _at_home(patch, home)
        factory = OfficeFactory(home)
        office = crewed(factory)
        further = ("view-team", "view-all")
        every = [name for name in known(office.authorizer) if not name.endswith(further)]
        make_role(office, "doer", every, "May do everything")
        admit(office, "ben", ["doer"])
        with office.acting("core.retention-rule.add"):
            office.add(RetentionRule(record="crew.review", years=1, source="law"))
        yield Grown(home, office)
        for opened in factory.opened:
            opened.close()


def _at_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    patch.setenv("OFFICEOPS_TODAY", "2026-11-20")
    patch.setenv("OFFICEOPS_PLUGINS", "crew")


@pytest.fixture(autouse=True)
def _here(officeops_home: Path, pair: Grown, monkeypatch: pytest.MonkeyPatch) -> None:
    assert officeops_home.is_dir()
    _at_home(monkeypatch, pair.folder)


class Grown(Pair):
    """Two files of an office, the second with more rows that ben does not reach, and more faults in them."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.folder, self.name, self.office = folder, "ben", office
        self.files = [folder / "few.db", folder / "many.db"]
        for more, path in zip((0, ROWS), self.files, strict=True):
            _grow(office, path, more)
        self.sound = self.files
        self.faulty = [folder / "few-faults.db", folder / "many-faults.db"]
        for number, (sound, path) in enumerate(zip(self.sound, self.faulty, strict=True), 1):
            _spoil(office, sound, path, number)


def _grow(office: Office, path: Path, more: int) -> None:
    """Copy an office's file with more rows of others, in one action of as many changes as without."""
    with altered(office, path):
        pass
    with closing(Opened(str(path), office.plugins, office.machine)) as copy:
        with copy.acting("crew.leave.add"):
            for name, (values, edit) in MORE.items():
                row = copy.add(kind(copy, name)(**values))
                back = {column: values[column] for column in edit}
                for number in range(ROWS):
                    if number < more:
                        copy.add(kind(copy, name)(**values))
                    else:
                        copy.edit(row, **(back if number % 2 else edit))
        copy.store.checkpoint()
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE sqlite_sequence SET seq = 5000 WHERE name LIKE 'crew%'")
        db.commit()


def _spoil(office: Office, sound: Path, path: Path, number: int) -> None:
    """Copy a file with so many faults in rows of others, and one backup that has them."""
    with (
        closing(Opened(str(sound), office.plugins, office.machine)) as copy,
        altered(copy, path) as db,
    ):
        these = ", ".join(map(str, (1, 3, 4)[:number]))
        db.execute(f"UPDATE crew_review SET words = 'bad' WHERE id IN ({these})")
        db.execute(f"UPDATE crew_leave SET why = '' WHERE id IN (1, {number + 4})")
        db.execute(f"UPDATE crew_booking SET person_id = 70 + id WHERE id IN ({these})")


#: Commands that count over the whole file; each is always tried, on sound files and on faulty ones.
ALWAYS = (
    "selfcheck",
    "history verify",
    "history accept --yes",
    "purge --dry-run",
    "backup",
    "today",
    "plugins",
)
#: What is not compared, each with why.
APART = {
    "history anchor": "a digest of the whole history",
    "backup arrive": "it takes a file of the server",
    "backup move": "who has it reads the whole file",
    "backup restore": "who has it reads the whole file",
    "salvage": "who has it reads the whole file",
    "seal sheet": "there is no key",
}


def _told(ran: Ran) -> tuple[object, ...]:
    """Return an answer without instants, digests and the names of backups, which differ from run to run."""
    varying = r"office-[\w.-]+|\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d:\d\d)?|\"size\": \d+|\"milliseconds\": \d+"
    return ran.code, *(re.sub(varying, "WHEN", text) for text in (ran.out, ran.err))


def _compare(pair: Pair, words: str, typed: str = "") -> str:
    one, other = pair.run(words, typed)
    assert _told(one) == _told(other), words
    assert "Traceback" not in one.err, words
    return one.out + one.err


@pytest.mark.parametrize("files", ["sound", "faulty"])
def test_no_number_of_a_check_tells_how_many_there_are(pair: Grown, files: str) -> None:
    pair.files = getattr(pair, files)
    told = "".join(_compare(pair, words) for words in ALWAYS)
    assert "see every record" in told


def test_a_drill_says_of_what_it_read_only_that_there_is_some() -> None:
    done = Drilled("office.db", 1.0, {"today": 12, "report leave-days": 0}, [], 7)
    told = f"{_row('office.db', done, [], counted=False)} {_sentence('office.db', done, counted=False)}"
    assert not re.search(r"\b(12|7)\b", told)
    assert "today: some, report leave-days: none" in told
    assert "today: 12" in _sentence("office.db", done, counted=True)


def test_no_number_of_any_command_does(pair: Grown) -> None:
    pair.files = pair.sound
    every = [command for command in commands(root) if command not in {*NOT_RUN, *APART, *ALWAYS}]
    for command in every if TIMES > 1 else sampled(every, 12):
        words, typed = line_of(command)
        _compare(pair, f"{command} {words}", typed)


def test_a_planted_count_is_found(pair: Grown, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.files = pair.faulty
    monkeypatch.setattr(unseen_rows, "reaches_everything", lambda _: True)
    one, other = pair.run("history accept --yes")
    assert _told(one) != _told(other)
