"""Two files that differ only in rows out of a person's reach answer that person alike, byte for byte.

The commands come from the registry, so a new one is asked as well; the screens are those that anybody can go to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.matrix_commands import NOT_RUN, commands, line_of
from tests.access.scope_tools import crewed, kind
from tests.access.twin_tools import NOUNS, Pair, altered, hidden
from tests.effort import TIMES, sampled

from officeops.access.scope_conditions import ScopeConditions
from officeops.cli.root import root
from officeops.office.office import Office as Opened
from officeops.office.row_reach import RowReach
from officeops.query.candidates import candidates
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory, Ran

#: One of one's own rows alone and a manager for the commands, one who leads for the screens; a soak has more.
WHO = ("ben", "max", "cyd") if TIMES > 1 else ("ben", "max")
LEADS = ("ben", "cyd") if TIMES > 1 else ("cyd",)
#: Rows of each kind that are tried: of others and of one's own; one that there never was.
NUMBERS = (1, 3, 5, 9, 77)


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
    "state=granted", "text~a", "day<2026-11-01", "tag=ada 1", "tag~a", "tag=qqa 1", "tag=",
)  # fmt: skip
OF_THE_OFFICE = (
    "today", "today --json", "search holiday", "search ada", "search qqa --json", "search Ada", "history", "history --json",
    "history --json --since 2020-01-01", "report leave-days", "report leave-days --json", "undo", "undo 3", "redo", "who", "report leave-days --csv",
    "today snooze crew.leave:1 --until +30d", "today snooze crew.leave:1:2026-11-01 --until +30d",
    "today seen --all", "today unsnooze crew.leave:1", "today --snoozed", "raw --sql 'SELECT 1'",
    "raw --sql 'UPDATE crew_leave SET why = why'",
)  # fmt: skip


#: What is not run by those who may, each with why its answers cannot be compared.
APART = {
    "history anchor": "a digest of the whole history",
    "history verify": "one of these files is altered; see the test of checks",
    "selfcheck": "likewise",
    "backup": "it names a file by the second; see the test of checks",
    "backup arrive": "it takes a file of the server",
    "backup drill": "likewise",
    "backup list": "likewise",
    "backup move": "who has it takes the whole file",
    "salvage": "who has it reads the whole file",
    "backup restore": "likewise",
    "backup verify": "likewise",
    "seal readings": "there is no key",
}


def lines(name: str) -> Iterator[tuple[str, str]]:
    """Yield the command lines of all that the registry has, with what is typed."""
    for command in commands(root):
        if command in NOT_RUN or (name == "max" and command in APART):
            continue
        noun, _, verb = command.partition(" ")
        if noun not in NOUNS or not verb:
            words, typed = line_of(command)
            yield f"{command} {words}", typed
            continue
        for more in _reading(verb) if verb in {"list", "export"} else _writing(noun, verb, name):
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


def test_no_command_of_the_registry_is_left_out() -> None:
    for name in WHO:
        asked = [words for words, _ in lines(name)]
        left = [c for c in commands(root) if not any(line.startswith(c) for line in asked)]
        allowed = {*NOT_RUN, *(APART if name == "max" else ())}
        assert set(left) <= allowed
    assert allowed <= {*commands(root), *NOT_RUN}


@pytest.mark.parametrize("name", WHO)
def test_no_command_tells_twins_apart(office: Office, tmp_path: Path, name: str) -> None:
    pair = Pair(tmp_path, office, name)
    told = 0
    every = list(lines(name))
    assert len(every) > 350
    for words, typed in every if TIMES > 1 else [("leave list", ""), *sampled(every, 45)]:
        one, other = pair.run(words, typed)
        assert (one.code, one.out, one.err) == (other.code, other.out, other.err), words
        assert "Traceback" not in one.err, words
        told += bool(one.out)
        for secret in hidden(name):
            assert not re.search(rf"\b{secret}\b", one.out, re.IGNORECASE), words
    assert told


#: A rule that is taken away → a command line that then tells the twins apart.
PLANTED: dict[str, tuple[Any, str, Any, str]] = {
    "list": (ScopeConditions, "limited", lambda _: {}, "leave list"),
    "history": (RowReach, "within_reach", lambda *_: "", "leave history"),
    "in use": (RowReach, "within_reach", lambda *_: "", "desk edit '#1' --person Ben"),
    "due": (RowReach, "out_of_reach", lambda *_: set(), "today"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    pair = Pair(tmp_path, office, "ben")
    where, name, instead, words = PLANTED[fault]
    assert not pair.tells(words)
    monkeypatch.setattr(where, name, instead)
    assert pair.tells(words)


CHECKS = (
    "selfcheck --json",
    "selfcheck --full",
    "history verify",
    "history verify --json",
    "backup",
)
#: What one of them has to say of the faults, and not more.
CODES = ("value-unfit", "reference-dangling", "record-check", "record-altered", "action-altered")


def faulty(office: Office, path: Path, number: int) -> None:
    """Copy an office's file with faults in rows that a manager does not reach, so many in two of them."""
    with altered(office, path) as db:
        last = 1 + number
        db.execute("UPDATE crew_review SET words = 'bad ' || ? WHERE id <= ?", (number, last))
        db.execute("UPDATE crew_review SET words = '' WHERE id = ?", (last,))
        db.execute("UPDATE crew_review SET person_id = ? WHERE id = 5", (77 + number,))
        of_these = "record = 'crew_review' AND record_id <= ?"
        db.execute(f"UPDATE core_change SET after = replace(after, 'is good', 'was') WHERE {of_these}", (last,))  # fmt: skip
        db.execute("UPDATE core_action SET arguments = ? WHERE verb = 'crew.leave.add'", (number,))


def test_checks_say_that_something_is_wrong_in_rows_out_of_reach_and_not_what(
    office: Office, tmp_path: Path
) -> None:
    pair = Pair(tmp_path, office, "max")
    for number, file in enumerate(pair.files, 1):
        faulty(office, file, number)
    told = ""
    for words in CHECKS:
        one, other = pair.run(words)
        told += one.out + one.err
        assert _kept_apart(one) == _kept_apart(other), words
        assert one.code, words
        assert not re.search(r"eview #?[1-5]\b|bad|Ada|is good|was → ", one.out + one.err), words
    for code in CODES:
        assert f'"{code}"' in told, code
    pair.name = ""
    owned = pair.run("history verify")[1]
    assert "Review #3 is not as recorded: words cyd was → blank" in owned.out


def _kept_apart(ran: Ran) -> tuple[object, ...]:
    """Return an answer without the names of backups, which have the second in them."""
    return ran.code, *(
        re.sub(r"\d{8}T\d+\w*|office-[\w.-]+", "WHEN", text) for text in (ran.out, ran.err)
    )


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
