"""Two files that differ only in rows out of a person's reach answer that person alike, byte for byte.

The commands come from the registry, so a new one is asked as well; the screens are those that anybody can go to.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.matrix_commands import commands
from tests.access.scope_tools import REACH, USERS, crewed, kind
from tests.effort import TIMES, sampled

from officeops.cli import run as run_line
from officeops.cli.context import Run
from officeops.cli.root import root
from officeops.core.records import DueNote
from officeops.office.office import Office as Opened
from officeops.store.triggers import of
from officeops.testing import Ran, _streams, _text
from officeops.tui.forms.candidates import candidates
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

#: One of one's own rows alone for the commands, one who leads for the screens; a soak has both for both.
WHO = ("ben", "cyd") if TIMES > 1 else ("ben",)
LEADS = ("ben", "cyd") if TIMES > 1 else ("cyd",)
#: Noun → what an add takes, an edit changes, and a file to import; a person's own row is made by them.
NOUNS = {
    "person": ("--name New", "--name Other", "name\nAda\nQqa\nNew\n"),
    "leave": ("--person {} --day 2027-01-01 --why sea", "--why lake", "person,day,why\nAda,2027-01-01,x\nQqa,2027-01-01,x\n"),
    "leave-day": ("--leave '#{}' --day 2027-01-01", "--day 2027-01-02", "leave,day\n#1,2027-01-01\n"),
    "review": ("--person {} --words good", "--words bad", "person,words\nAda,x\n"),
    "note": ("--about-key crew.leave --about-id {} --text hm", "--text oh", "about_key,about_id,text\ncrew.leave,1,x\n"),
    "shift": ("--day 2027-01-01 --person {}", "--day 2027-01-01", "day,person\n2027-01-01,Ada\n"),
}  # fmt: skip
#: Rows of each kind that are tried: of others and of one's own; one that there never was.
NUMBERS = (1, 3, 5, 9, 77)


def hidden(name: str) -> list[str]:
    return [other for other in USERS if other not in REACH[name]]


def twin(office: Office, path: Path, name: str) -> None:
    """Copy an office's file with other words, days and states in the rows that a person does not reach."""
    office.store.checkpoint()
    shutil.copy(office.path, path)
    db = sqlite3.connect(path, isolation_level=None)
    db.create_function("officeops_fold", 1, lambda text: text.decode().lower())
    kinds = [DueNote, *(kind(office, key) for key in NOUNS)]
    triggers = [trigger for one in kinds for trigger in of(one.meta)]
    for trigger, _ in triggers:
        db.execute(f"DROP TRIGGER {trigger}")
    for other in hidden(name):
        # A word of the same length, as the demo's widths of columns go by what is shown.
        for old, new in ((other, f"qq{other[0]}"), (other.title(), f"Qq{other[0]}")):
            for table, column in (
                ("crew_person", "name"), ("crew_leave", "why"), ("crew_leave", "number"), ("crew_review", "words"),
                ("crew_note", "text"), ("core_action", "arguments"), ("core_action", "outcome"),
            ):  # fmt: skip
                db.execute(f"UPDATE {table} SET {column} = replace({column}, ?, ?)", (old, new))
            db.execute(
                "UPDATE core_change SET after = replace(after, ?, ?) WHERE record LIKE 'crew%'",
                (old, new),
            )
    for table in ("crew_person", "crew_leave", "crew_review", "crew_note"):
        db.execute(f"INSERT INTO {table}_search ({table}_search) VALUES ('rebuild')")
    for table, column in (("crew_person", "name"), ("crew_leave", "number")):
        db.execute(f"UPDATE {table}_same SET folded = (SELECT lower({column}) FROM {table} t WHERE t.id = {table}_same.id) WHERE identity = '{column}'")  # fmt: skip
    others = ", ".join(f"'{other}'" for other in hidden(name))
    later = "':2026-11-02', ':2026-12-03'"
    notes = f"(SELECT id FROM core_due_note WHERE person IN ({others}))"
    db.execute(f"UPDATE core_change SET after = replace(after, {later}) WHERE record = 'core_due_note' AND record_id IN {notes}")  # fmt: skip
    db.execute(f"UPDATE core_due_note SET due_key = replace(due_key, {later}) WHERE id IN {notes}")
    reached = ", ".join(f"'{one.title()}'" for one in REACH[name])
    theirs = f"person_id NOT IN (SELECT id FROM crew_person WHERE name IN ({reached}))"
    db.execute(
        f"UPDATE crew_leave SET day = '2026-10-0' || (1 + id % 2), state = 'granted', papers = NULL WHERE {theirs}"
    )
    db.execute(f"UPDATE crew_leave SET archived_at = '2026-11-01' WHERE {theirs} AND id % 2")
    for _, sql in triggers:
        db.execute(sql)
    db.close()


class Pair:
    """An office and its twin, and what one person is answered on each."""

    def __init__(self, folder: Path, office: Office, name: str) -> None:
        self.folder, self.name, self.office = folder, name, office
        self.files = [folder / f"{name}-a.db", folder / f"{name}-b.db"]
        office.store.checkpoint()
        shutil.copy(office.path, self.files[0])
        twin(office, self.files[1], name)

    def run(self, words: str, typed: str = "") -> list[Ran]:
        """Run a command line as the person on a copy of each file."""
        answers = []
        for number, file in enumerate(self.files):
            copy = self.folder / f"copy-{number}" / "office.db"
            copy.parent.mkdir(exist_ok=True)
            for old in copy.parent.iterdir():
                old.unlink()
            shutil.copy(file, copy)
            one = Run(str(copy))
            one.user = self.name
            with _streams(typed.encode()) as (out, err):
                code = run_line(shlex.split(words), one)
            one.close()
            told = (_text(out), _text(err))
            answers.append(Ran(code, *(text.replace(str(copy.parent), "DIR") for text in told)))
        return answers


@pytest.fixture
def office(
    office_factory: OfficeFactory,
    freeze_today: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    freeze_today("2026-11-20")
    # A command that has to upgrade a file says when it did.
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "crew")
    return crewed(office_factory)


FILTERS = (
    "a", "holiday", "qq", "#1", "#77", "Ada", "person=Ada", "person=Qqa", "person~a", "why~a", "number=ada-1", "number=qqa-1",
    "state=granted", "text~a", "day<2026-11-01",
)  # fmt: skip
OF_THE_OFFICE = (
    "today", "today --json", "search holiday", "search ada", "search qqa --json", "search Ada", "history", "history --json",
    "history --json --since 2020-01-01", "report leave-days", "report leave-days --json", "undo", "undo 3", "redo", "who",
    "today snooze crew.leave:1 --until 2030-01-01", "today snooze crew.leave:1:2026-11-01 --until 2030-01-01",
    "today seen --all", "today unsnooze crew.leave:1", "today --snoozed", "raw --sql 'SELECT 1'",
    "raw --sql 'UPDATE crew_leave SET why = why'",
)  # fmt: skip


def lines(name: str) -> Iterator[tuple[str, str]]:
    """Yield the command lines that the registry has for the plugin and the whole office, with what is typed."""
    for command in commands(root):
        noun, _, verb = command.partition(" ")
        if noun in NOUNS and verb:
            words = _reading(verb) if verb in {"list", "export"} else _writing(noun, verb, name)
            for more in words:
                yield f"{command} {more}", NOUNS[noun][2] if verb == "import" else ""
    yield from ((words, "") for words in OF_THE_OFFICE)


def _reading(verb: str) -> Iterator[str]:
    to = "- " if verb == "export" else ""
    for more in ("", "--json", "--csv", "--sort -id", "--archived"):
        yield f"{to}{more}"
    for where in FILTERS:
        yield f"{to}--where '{where}'"


def _writing(noun: str, verb: str, name: str) -> Iterator[str]:
    add, edit, _ = NOUNS[noun]
    own = name.title()
    if verb == "add":
        yield from (add.format(word) for word in (own, "Ada", "Qqa", "'#1'", "1", "3", "77"))
    elif verb == "import":
        yield from ("- --dry-run", "-", "- --update")
    elif verb == "search":
        yield "holiday"
    else:
        after = {"edit": edit, "swap": "--other 3"}.get(verb, "")
        yield from (f"'#{number}' {after}" for number in NUMBERS)
        yield from (f"{word} {after}" for word in ("Ada", "Qqa", "ada-1", own))


@pytest.mark.parametrize("name", WHO)
def test_no_command_tells_twins_apart(office: Office, tmp_path: Path, name: str) -> None:
    pair = Pair(tmp_path, office, name)
    told = 0
    every = list(lines(name))
    assert len(every) > 250
    for words, typed in every if TIMES > 1 else sampled(every, 75):
        one, other = pair.run(words, typed)
        assert (one.code, one.out, one.err) == (other.code, other.out, other.err), words
        assert "Traceback" not in one.err, words
        told += bool(one.out)
        for secret in hidden(name):
            assert not re.search(rf"\b{secret}\b", one.out, re.IGNORECASE), words
    assert told


def seen_by(office: Office) -> Iterator[str]:
    """Yield what a person sees on the screens of the plugin and the whole office, at 80x24."""
    with Terminal(office) as screen:
        yield screen.text
        for line in (
            "today",
            "leave",
            "person",
            "note",
            "shift",
            "leave-day",
            "due-note",
            "browse",
        ):
            yield screen.press(":").type(line).press("enter").text
            yield screen.press("enter").text
            yield screen.press("pagedown").text
            yield screen.press("escape").text
        screen.press(":").type("leave").press("enter")
        for word in ("a", "ada", "qqa"):
            yield screen.press("/").type(word).press("enter").text
            screen.press("escape")
        yield screen.press("n").text
        for word in ("A", "Qq", "C"):
            yield screen.type(word).text
            screen.press("backspace", "backspace")


@pytest.mark.parametrize("name", LEADS)
def test_no_screen_and_no_completion_tells_twins_apart(
    office: Office, tmp_path: Path, name: str
) -> None:
    pair = Pair(tmp_path, office, name)
    answers: list[list[Any]] = []
    for file in pair.files:
        opened = Opened(str(file), office.plugins, office.machine, user=name)
        field = kind(opened, "leave").meta.by_name["person_id"]
        offered = [candidates(opened, field, letter) for letter in ("a", "q", "b", "qqa", "#1")]
        screens = [text.replace(str(file), "FILE") for text in seen_by(opened)]
        answers.append([*offered, *screens])
        opened.close()
    for one, other in zip(*answers, strict=True):
        assert one == other
    assert any("holiday" in str(text) for text in answers[0])
