"""`/` on every screen takes words, which never act as keys; `:noun WORD` opens a record."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.effort import sampled
from tests.tui.keys_sweep import DEEPER, Subject, subjects
from tests.tui.test_tui_keys import practice

from officeops.office.office import open_office
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from officeops.model.records import Record
    from officeops.office.office import Office

__all__ = ["practice"]

#: Words whose letters are keys of one screen or another: seen, snooze, draft, send, cancel, edit,
#: quit.
WORDS = "vsacxeq"
#: Subjects that are no screens, but a form or a question over one.
NO_SCREENS = ("filter", "new", "edit", "archive", "action", "undo", "redo", "command")


@pytest.fixture(scope="module")
def office(practice: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    file = shutil.copy(practice, tmp_path_factory.mktemp("find") / "office.db")
    with open_office(file) as opened:
        yield opened


@pytest.fixture
def terminal(office: Office) -> Iterator[Terminal]:
    with Terminal(office, height=40) as opened:
        yield opened


def screens(office: Office) -> list[Subject]:
    """Return every screen there is, as it is reached from Today."""
    return [subject for subject in subjects(office) if not subject.name.startswith(NO_SCREENS)]


def go(terminal: Terminal, way: Sequence[str]) -> None:
    """Go to a screen from Today."""
    terminal.press(":").type("today").press("enter")
    for step in way:
        if step.startswith(":") and step != ":":
            terminal.press(":").type(step[1:])
        else:
            terminal.press(step)


def spilled(terminal: Terminal, subject: Subject) -> str:
    """Type `/` and words on a screen, and return what they did beyond a filter or a message."""
    office = terminal.app.office
    screen = terminal.app.screen
    before = office.value("SELECT max(id) FROM core_action")
    terminal.press("/").type(WORDS)
    if not terminal.prompt.endswith(WORDS):
        return f"{subject.name}: the words are not on the prompt line: {terminal.prompt!r}"
    terminal.press("enter")
    if office.value("SELECT max(id) FROM core_action") != before:
        return f"{subject.name}: something was written"
    asks = terminal.prompt.endswith("any other key = no")
    if asks or terminal.app.screen is not screen:
        return f"{subject.name}: the words acted as keys: {terminal.prompt!r}"
    has_answer = terminal.prompt or WORDS in terminal.crumbs or WORDS in terminal.current
    return "" if has_answer else f"{subject.name}: nothing was said"


def test_words_behind_a_slash_are_never_keys(terminal: Terminal, office: Office) -> None:
    faults = []
    known = list(screens(office))
    assert len(known) > len(office.seen()) + len(DEEPER)
    for subject in sampled(known, 14):
        go(terminal, subject.way)
        faults.append(spilled(terminal, subject))
    assert not list(filter(None, faults))


def test_the_sweep_finds_a_screen_without_a_slash(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = OfficeScreen.common_keys
    monkeypatch.setattr(
        OfficeScreen,
        "common_keys",
        lambda self: [key for key in common(self) if key.keys != ("/",)],
    )
    assert "not on the prompt line" in spilled(terminal, Subject("today", ()))


def test_a_slash_shows_the_lines_alone_that_have_the_words(terminal: Terminal) -> None:
    """Also by what a line does not show: the plugin of a due item, and whose it is."""
    every = terminal.lines
    terminal.press("/").type("po-")
    terminal.press("enter")
    assert "PO-" in terminal.current
    assert terminal.crumbs.split("  ")[0].endswith("› /po-")
    terminal.press("/", "ctrl+u").type("no such thing").press("enter")
    assert terminal.prompt.startswith("No line here has 'no such thing'")
    terminal.press("/", "ctrl+u").type("inventory unsafe").press("enter")
    assert terminal.current.startswith("!* Lot")
    terminal.press("escape")
    assert [line[2:] for line in terminal.lines[1:-2]] == [line[2:] for line in every[1:-2]]


def named(office: Office, record: type[Record]) -> Iterator[tuple[str, int]]:
    """Yield words that mean one record of a kind, each with its id."""
    first = next(iter(office.all(record)), None)
    if first is None:
        return
    for word in (f"#{first.id}", first.human_key, office.name(first)):
        if office.find_ids(record, word) == [first.id]:
            yield word, first.id


def test_a_noun_and_a_word_open_the_record(terminal: Terminal, office: Office) -> None:
    opened = 0
    types = [record for record in office.seen().values() if list(named(office, record))]
    tried = sampled(types, 6)
    for record in tried:
        for word, number in named(office, record):
            terminal.press(":").type(f"{record.meta.noun} {word}").press("enter")
            shown = getattr(terminal.app.screen, "record_id", None)
            assert shown == number, f":{record.meta.noun} {word}: {terminal.prompt!r}"
            terminal.press("escape")
            opened += 1
    assert opened >= len(tried)


def test_a_word_that_means_no_record_is_said_with_the_cure_on_the_line(terminal: Terminal) -> None:
    terminal.press(":").type("order PO-99999").press("enter")
    assert "'PO-99999'; a filter begins with /" in terminal.prompt
