"""Forms: new and edited records, and the parameters of actions. No key alone loses an entry."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.prompt_tools import expect

from officeops.office.crud import archive_record, edit_record, unarchive_record
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parent / "tui_tools.py").read_text()


@pytest.fixture
def tools(office_factory: OfficeFactory) -> Office:
    office = office_factory(files={"tools": PLUGIN})
    tool, cabinet = office.record("tool"), office.record("cabinet")
    with office.acting("test"):
        for room in ("Lab", "Store", "Store"):
            office.add(cabinet(room=room))
        office.add(tool(name="Clamp", pieces=3, price=1250, note="two\nlines"))
        office.add(tool(name="Anvil"))
    return office


@pytest.fixture
def terminal(tools: Office) -> Iterator[Terminal]:
    with Terminal(tools) as opened:
        yield opened.press("2")


def test_a_new_record_is_saved_by_enter_on_its_last_field(
    terminal: Terminal, tools: Office
) -> None:
    terminal.press(":").type("cabinet").press("enter", "n")
    assert terminal.crumbs.startswith("Office › Cabinets › New cabinet")
    terminal.type("Attic").press("enter")
    expect(terminal, "CB-4", "added")
    assert terminal.line("CB-4").endswith("Attic")
    assert tools.value("SELECT verb FROM core_action ORDER BY id DESC") == "tools.cabinet.add"


def test_every_kind_of_field_is_read(terminal: Terminal, tools: Office) -> None:
    terminal.press("n").type("Drill").press("tab").type("cb-2")
    terminal.press("tab", "ctrl+u").type("1,000")
    terminal.press("tab").type("$12.50")
    terminal.press("tab").type("31.1.2026")
    terminal.press("tab", "space", "tab", "space")
    terminal.press("tab").type("first").press("enter").type("second")
    terminal.press("ctrl+s")
    assert "Drill" in terminal.prompt
    drill = dict(vars(tools.find(tools.record("tool"), "Drill")))
    assert str(drill.pop("checked_on")) == "2026-01-31"
    for name in ("id", "version", "archived_at"):
        del drill[name]
    assert drill == {
        "name": "Drill",
        "cabinet_id": 2,
        "pieces": 1000,
        "price": 1250,
        "grade": "worn_out",
        "lent_to": None,
        "sharp": True,
        "note": "first\nsecond",
    }


def below(terminal: Terminal, label: str) -> str:
    """Return the line below a field."""
    place = terminal.lines.index(terminal.line(label))
    return terminal.lines[place + 1].strip()


def test_what_cannot_be_read_is_said_beside_the_field(terminal: Terminal) -> None:
    terminal.press("n", "tab", "tab", "ctrl+u").type("many").press("ctrl+s")
    assert below(terminal, "*Name") == "! is needed"
    assert below(terminal, " Pieces") == "! 'many' is not a number"
    assert terminal.prompt.startswith("Name ")
    assert terminal.current.startswith("Name")


def test_what_the_office_refuses_is_said_beside_the_field(terminal: Terminal) -> None:
    terminal.press("n").type("Anvil").press("ctrl+s")
    assert terminal.line("! 'Anvil' is taken by another tool")


def test_a_reference_offers_what_it_may_mean(terminal: Terminal, tools: Office) -> None:
    terminal.press("n").type("Drill").press("tab").type("sto")
    assert [line.strip() for line in terminal.lines if "CB-" in line] == ["CB-2", "CB-3"]
    terminal.press("down", "down")
    assert terminal.line("> CB-3")
    terminal.press("tab", "ctrl+s")
    assert tools.find(tools.record("tool"), "Drill").cabinet_id == 3  # type: ignore[attr-defined]


def test_a_reference_to_nothing_is_refused(terminal: Terminal) -> None:
    terminal.press("n").type("Drill").press("tab").type("nowhere").press("ctrl+s")
    assert terminal.line("! there is no cabinet 'nowhere'")


def test_escape_asks_before_it_loses_what_was_typed(terminal: Terminal) -> None:
    terminal.press("n", "escape")
    assert "New tool" not in terminal.crumbs
    terminal.press("n").type("Drill").press("escape")
    assert terminal.prompt.startswith("Leave and lose name?")
    terminal.press("escape")
    assert terminal.line("*Name").endswith("Drill")
    terminal.type("s").press("escape", "y")
    assert "New tool" not in terminal.crumbs


def test_quitting_asks_before_it_loses_what_was_typed(terminal: Terminal) -> None:
    terminal.press("n").type("Drill").press("ctrl+q")
    assert terminal.prompt.startswith("Leave and lose name?")
    terminal.press("n")
    assert terminal.app.is_running
    assert terminal.line("*Name").endswith("Drill")


def test_letters_right_behind_a_tab_are_for_the_next_field(terminal: Terminal) -> None:
    terminal.press("n")
    # All at once, as a slow line or a scanner sends them.
    terminal.burst("D", "r", "tab", "tab", "7", "shift+tab", "shift+tab", "x")
    assert terminal.line("*Name").endswith("Drx")
    assert terminal.line("Pieces").endswith("7")


def test_only_what_was_changed_is_written(terminal: Terminal, tools: Office) -> None:
    terminal.press("j", "e").press("tab", "tab", "ctrl+u").type("4").press("ctrl+s")
    expect(terminal, "Clamp", "saved")
    after = tools.value("SELECT after FROM core_change ORDER BY id DESC")
    assert after == '{"pieces":4}'
    assert tools.value("SELECT note FROM tools_tool WHERE name = 'Clamp'") == "two\nlines"


def test_saving_without_a_change_writes_nothing(terminal: Terminal, tools: Office) -> None:
    before = tools.value("SELECT max(id) FROM core_action")
    terminal.press("e", "ctrl+s")
    expect(terminal, "Nothing was changed")
    assert tools.value("SELECT max(id) FROM core_action") == before


def test_a_clash_is_shown_and_settled_by_a_person(terminal: Terminal, tools: Office) -> None:
    terminal.press("j", "e").press("tab", "tab", "ctrl+u").type("4")
    with tools.twin() as other:
        edit_record(other, other.find(other.record("tool"), "Clamp"), {"pieces": 9})
    terminal.press("ctrl+s")
    assert re.search(r"! yours 4   theirs 9 \(\w+ \d\d:\d\d\)   before 3", terminal.text)
    expect(terminal, "Pieces")
    assert terminal.keys == "m mine  t theirs  any other key neither yet"
    terminal.press("enter")
    expect(terminal, "Nothing")
    terminal.press("ctrl+s", "m")
    expect(terminal, "ctrl+s")
    assert not terminal.line("theirs 9")
    assert tools.value("SELECT pieces FROM tools_tool WHERE name = 'Clamp'") == 9
    terminal.press("ctrl+s")
    expect(terminal, "Clamp", "saved")
    assert tools.value("SELECT pieces FROM tools_tool WHERE name = 'Clamp'") == 4


def test_of_several_clashing_fields_each_is_settled_by_itself(
    terminal: Terminal, tools: Office
) -> None:
    terminal.press("j", "e", "ctrl+u").type("Vice")
    terminal.press("tab").type("cb-1")
    terminal.press("tab", "ctrl+u").type("4")
    terminal.press("tab", "ctrl+u").type("20")
    theirs = {
        "name": "A clamp with a name too long to fit beside two others",
        "cabinet_id": 2,
        "pieces": 9,
        "grade": "worn_out",
    }
    with tools.twin() as other:
        edit_record(other, other.find(other.record("tool"), "Clamp"), theirs)
    terminal.press("ctrl+s")
    sides = re.compile("theirs|yours|before")
    said = [re.sub(r" \(\w+ \d\d:\d\d\)", "", line.strip()) for line in terminal.lines]
    assert [line for line in said if sides.search(line)] == [
        "! yours Vice",
        "theirs A clamp with a name too long to fit beside two…",
        "before Clamp",
        "! yours CB-1   theirs CB-2   before blank",
        "! yours 4   theirs 9   before 3",
        "3 fields were changed by someone else too. Name: keep yours, or take theirs?",
        "m mine  t theirs  any other key neither yet",
    ]
    assert terminal.line("Grade").endswith("worn_out")
    terminal.press("m", "t", "t", "ctrl+s")
    expect(terminal, "Vice", "saved")
    sql = "SELECT cabinet_id, pieces, price, grade FROM tools_tool WHERE name = 'Vice'"
    assert tools.rows(sql) == [(2, 9, 2000, "worn_out")]
    change = tools.value("SELECT after FROM core_change ORDER BY id DESC")
    assert change == '{"name":"Vice","price":2000}'


def test_what_was_changed_after_a_clash_was_shown_clashes_again(
    terminal: Terminal, tools: Office
) -> None:
    terminal.press("j", "e").press("tab", "tab", "ctrl+u").type("4")
    for theirs in (9, 11):
        with tools.twin() as other:
            edit_record(other, other.find(other.record("tool"), "Clamp"), {"pieces": theirs})
        terminal.press("ctrl+s")
        assert f"theirs {theirs}" in terminal.text
        terminal.press("m")
    terminal.press("ctrl+u").type("11").press("ctrl+s")
    expect(terminal, "Nothing was changed")


def test_others_changing_other_fields_is_no_clash(terminal: Terminal, tools: Office) -> None:
    terminal.press("j", "e").press("tab", "tab", "ctrl+u").type("4")
    with tools.twin() as other:
        edit_record(other, other.find(other.record("tool"), "Clamp"), {"price": 99})
    terminal.press("ctrl+s")
    expect(terminal, "Clamp", "saved", "someone else")
    assert tools.rows("SELECT pieces, price FROM tools_tool WHERE name = 'Clamp'") == [(4, 99)]


def test_what_was_put_away_meanwhile_is_said_before_it_is_saved(
    terminal: Terminal, tools: Office
) -> None:
    terminal.press("j", "e").press("tab", "tab", "ctrl+u").type("4")
    with tools.twin() as other:
        archive_record(other, other.find(other.record("tool"), "Clamp"))
    terminal.press("ctrl+s")
    assert terminal.prompt.startswith("Tool Clamp was archived since then; once somebody")
    terminal.press("ctrl+s")
    expect(terminal, "Clamp", "is archived", "tool unarchive Clamp")
    with tools.twin() as other:
        clamp = tools.value("SELECT id FROM tools_tool WHERE name = 'Clamp'")
        unarchive_record(other, other.find(other.record("tool"), f"#{clamp}"))
    terminal.press("ctrl+s", "ctrl+s")
    expect(terminal, "Clamp", "saved")


def test_an_action_asks_for_what_it_needs(terminal: Terminal, tools: Office) -> None:
    terminal.press("i")
    assert "Lend tool Anvil" in terminal.crumbs
    assert terminal.line("Who takes it")
    terminal.press("enter")
    assert terminal.line("! is needed")
    terminal.type("nobody").press("enter")
    assert terminal.prompt == "nobody is nobody"
    terminal.press("ctrl+u").type("Ann").press("enter")
    expect(terminal, "Anvil", "Ann")
    assert tools.value("SELECT lent_to FROM tools_tool WHERE name = 'Anvil'") == "Ann"


def test_a_text_says_what_it_means_while_it_is_typed(
    tools: Office, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2026-01-30")  # a Friday
    with Terminal(tools) as terminal:
        terminal.press("2", "n").type("Drill").press("tab", "tab", "ctrl+u").type("-4")
        assert terminal.line("Pieces").endswith("'-4' is too small; it must be 0 or more")
        assert terminal.line("! '-4' is too small; it must be 0 or more. How many there are.")
        terminal.press("tab").type("12.5")
        assert terminal.line("Price").split() == [">", "Price", "12.5", "=", "12.50"]
        terminal.press("tab")
        for typed, day in (("fri", "Fri 2026-02-06"), ("+30d", "Sun 2026-03-01")):
            terminal.press("ctrl+u").type(typed)
            assert terminal.line("Checked on").endswith(day)


def test_what_was_typed_is_there_again_after_the_line_dropped(tools: Office) -> None:
    with Terminal(tools) as terminal:
        terminal.press("2", "n").type("Drill").press("tab", "tab").type("7")
        terminal.app.screen.hung_up()  # type: ignore[attr-defined]
    with Terminal(tools) as terminal:
        terminal.press("2", "n")
        expect(terminal, "2 fields typed at")
        assert terminal.line("*Name").endswith("Drill")
        terminal.press("ctrl+s")
        expect(terminal, "Drill", "added")
        terminal.press("n")
        assert "Drill" not in terminal.line("*Name")


def test_a_draft_of_an_edit_meets_what_somebody_saved_since(tools: Office) -> None:
    with Terminal(tools) as terminal:
        terminal.press("2", "j", "e").press("tab", "tab").type("4").press("tab")
    with tools.twin() as other:
        edit_record(other, other.find(other.record("tool"), "Clamp"), {"pieces": 9})
    with Terminal(tools) as terminal:
        terminal.press("2", "j", "e")
        assert terminal.line("! yours 4   theirs 9   before 3")
        terminal.press("t", "escape")
        assert "Edit" not in terminal.crumbs
        terminal.press("e")
        assert not terminal.line("not saved")
