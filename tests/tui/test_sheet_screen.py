"""The screen of a sheet with a column of numbers and a sealed one of text."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.effort import TIMES, seed

from officeops.access.actions import admit
from officeops.model.sealed_value import MASK
from officeops.office.office import Office
from officeops.office.sheets.drafts import SheetDrafts
from officeops.tui.sheets.sheet_screen import SheetScreen
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops import EntrySheet
    from officeops.office.sheets.drafts import KeptRow
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parents[1] / "office/sheet_tools.py").read_text()
#: What people press after some digits: six and more before an Enter would be a scan.
AFTER = (
    ["enter"],
    ["enter"],
    ["backspace"],
    ["up"],
    ["right"],
    ["left"],
    ["m", "down"],
    ["v", "up"],
)


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    return office_factory(files={"bonus": PLUGIN})


@pytest.fixture
def sheet(office: Office) -> EntrySheet:
    module = sys.modules[office.records["bonus.bonus"].__module__]
    return module.BonusSheet()  # type: ignore[no-any-return]


@pytest.fixture
def terminal(office: Office, sheet: EntrySheet) -> Iterator[Terminal]:
    with Terminal(office) as opened:
        yield shown(opened, office, sheet)


def shown(terminal: Terminal, office: Office, sheet: EntrySheet) -> Terminal:
    """Open the sheet on a terminal."""

    async def push() -> None:
        await terminal.app.push_screen(SheetScreen(office, sheet))

    terminal._run(push())
    return terminal.settle()


def rows(office: Office, sheet: EntrySheet) -> Mapping[str, KeptRow]:
    """Return the rows that the file keeps."""
    draft = SheetDrafts(office, sheet).own()
    return draft.rows if draft else {}


def test_letters_are_text_in_a_column_of_text_and_keys_elsewhere(
    terminal: Terminal, office: Office, sheet: EntrySheet
) -> None:
    terminal.type("1").press("0", "right").type("v. remarkable x").press("backspace", "backspace")
    assert "[remarkable]" in terminal.current
    assert "ctrl+s review" in terminal.keys
    terminal.press("escape")
    assert MASK in terminal.current
    assert "remarkable" not in terminal.text
    terminal.press("z")
    assert "show expected" in terminal.keys
    terminal.press("down", "up")
    assert rows(office, sheet)["Ada"].texts == {"amount": "10", "why": "v. remarkable"}
    terminal.press("right").paste("late\nsecond line").press("enter")
    assert terminal.current.startswith("Ben")
    assert rows(office, sheet)["Ada"].texts["why"] == "late"
    terminal.burst("up", "right", *"X1234567", "enter", "up", "ctrl+s")
    assert rows(office, sheet)["Ada"].texts["why"] == "X1234567"
    assert terminal.line("Ada").split()[1:] == ["Ada", "0", "10", "+10"]


def test_a_wrong_text_is_said_where_it_is_typed_and_never_booked(
    terminal: Terminal, office: Office
) -> None:
    terminal.type("501").press("enter")
    for fact in ("Ada", "amount", "501"):
        assert fact in terminal.prompt
    assert terminal.current.startswith("Ada")
    terminal.press("d")
    assert terminal.line("Ada").endswith("not in order")
    terminal.press("d")
    assert "Nothing was booked" in terminal.prompt
    assert not list(office.all(office.records["bonus.bonus"]))


def test_a_burst_of_many_keys_ends_as_the_same_keys_one_by_one(
    terminal: Terminal, office: Office, sheet: EntrySheet
) -> None:
    chance = random.Random(seed())  # noqa: S311 - which keys a run tries
    keys: list[str] = []
    while len(keys) < (200 if TIMES > 1 else 60):
        keys += chance.choices("0123456789", k=chance.randrange(4))
        keys += chance.choice(AFTER)
    for key in ("home", *keys):
        terminal._send(key)  # each a second after the one before
    slow = ended(terminal.settle(), office, sheet)
    terminal.press("escape", "escape")
    shown(terminal, office, sheet).press("x", "y")
    assert rows(office, sheet) == {}
    terminal.burst("home", *keys)
    assert ended(terminal, office, sheet) == slow


def ended(
    terminal: Terminal, office: Office, sheet: EntrySheet
) -> tuple[Sequence[str], Mapping[str, KeptRow]]:
    """Return what the rows show, and what the file keeps once the sheet is left."""
    lines = terminal.lines[1:7]
    terminal.press("escape", "escape")
    kept = rows(office, sheet)
    shown(terminal, office, sheet)
    return lines, kept


def test_two_windows_of_one_person_share_the_draft(
    terminal: Terminal, office: Office, sheet: EntrySheet
) -> None:
    terminal.type("1").press("enter")
    with office.twin() as other:
        drafts = SheetDrafts(other, sheet)
        kept = rows(other, sheet)
        drafts.keep("another", {"Ben": kept["Ada"]})
        terminal.press("down")
        assert terminal.line("Ben").split()[1:3] == ["0", "1"]
        drafts.discard()
    terminal.press("down")
    assert "another window" in terminal.prompt
    assert terminal.line("Ada ").split() == ["Ada", "0", "·"]


def test_another_persons_draft_is_named_below_the_rows(office: Office, sheet: EntrySheet) -> None:
    admit(office, "clara", ["clerk"])
    clara = Office(office.path, office.plugins, office.machine, user="clara")
    with Terminal(clara) as terminal:
        shown(terminal, clara, sheet).type("7").press("enter")
    clara.close()
    with Terminal(office) as terminal:
        shown(terminal, office, sheet)
        assert "1 row" in terminal.line("clara typed")
        assert terminal.current.split()[:2] == ["Ada", "0["]
        # Clara left it, and somebody who may discards it; the history has no text of it.
        terminal.press(*":discard-others", "enter", "y")
        assert "clara" in terminal.prompt
        assert "not booked" not in terminal.text
    verb, arguments = office.rows("SELECT verb, arguments FROM core_action ORDER BY id DESC")[0]
    assert (verb, "7" in arguments) == ("core.draft.discard", False)
    assert office.rows("SELECT person FROM core_draft") == []


def test_where_nothing_can_be_kept_the_screen_says_so(
    terminal: Terminal, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Path(f"{office.path}.gate")
    office.store.gate.close()
    monkeypatch.setattr(office.store.gate, "_path", str(gate / "is no folder"))
    terminal.type("1").press("enter")
    assert "Not kept" in terminal.prompt
    assert terminal.crumbs.endswith("not kept · 1 of 5 planned")
    terminal.press("escape")
    assert terminal.prompt.startswith("Leave and lose 1 row not booked?")
    terminal.press("n")
    monkeypatch.setattr(office.store.gate, "_path", str(gate))
    terminal.press("up", "down").type("2").press("enter")
    assert terminal.crumbs.endswith("2 of 5 planned")
    assert "not kept" not in terminal.crumbs


def test_rows_that_cannot_be_read_are_not_none(office: Office, sheet: EntrySheet) -> None:
    class Failing(type(sheet)):  # type: ignore[misc]
        """A sheet whose rows fail."""

        def rows(self, *_: object) -> Sequence[object]:
            return [1 // 0]

    with Terminal(office) as terminal:
        shown(terminal, office, Failing())
        assert "nothing to type" not in terminal.text
        assert terminal.line("The plugin bonus failed in the rows of the sheet")


def test_a_long_heading_is_whole_and_apart_from_the_column_before_it(
    office: Office, sheet: EntrySheet
) -> None:
    sheet.differing = "out of range"  # type: ignore[misc]
    with Terminal(office) as terminal:
        shown(terminal, office, sheet)
        assert terminal.lines[1].endswith(" Out of range")
        terminal.press("7", "enter")
        assert terminal.line("Ada").endswith(" +7")
