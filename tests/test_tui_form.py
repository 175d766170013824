"""Forms: new and edited records, and what actions ask for. Nothing typed is ever lost to one key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, TextArea

from officeops.generic import edit_record
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office import Office
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


def test_a_new_record_is_saved_by_enter_on_its_last_field(terminal: Terminal, tools: Office) -> None:
    terminal.press(":").type("cabinet").press("enter", "n")
    assert terminal.crumbs.startswith("Office › Cabinets › New cabinet")
    terminal.type("Attic").press("enter")
    assert terminal.prompt == "Cabinet CB-4 is added."
    assert terminal.line("CB-4").endswith("Attic")
    assert tools.value("SELECT verb FROM core_action ORDER BY id DESC") == "tools.cabinet.add"


def test_every_kind_of_field_is_read(terminal: Terminal, tools: Office) -> None:
    terminal.press("n").type("Drill").press("tab")
    terminal.type("cb-2").press("tab").press("ctrl+u").type("1,000").press("tab").type("$12.50").press("tab")
    terminal.type("31.1.2026").press("tab", "space", "tab", "space", "tab").type("first").press("enter").type("second")
    terminal.press("ctrl+s")
    assert terminal.prompt == "Tool Drill is added."
    made = tools.find(tools.record("tool"), "Drill")
    assert {k: v for k, v in made.__dict__.items() if k not in {"id", "version", "archived_at"}} == {
        "name": "Drill",
        "cabinet_id": 2,
        "pieces": 1000,
        "price": 1250,
        "checked_on": made.checked_on,  # type: ignore[attr-defined]
        "grade": "worn_out",
        "lent_to": None,
        "sharp": True,
        "note": "first\nsecond",
    }
    assert str(made.checked_on) == "2026-01-31"  # type: ignore[attr-defined]


def test_what_cannot_be_read_is_said_beside_the_field(terminal: Terminal) -> None:
    terminal.press("n", "tab", "tab", "ctrl+u").type("many").press("ctrl+s")
    below = {line.split("!")[0].strip(): i for i, line in enumerate(terminal.lines)}
    assert below
    name, pieces = (terminal.lines.index(terminal.line(label)) for label in ("*Name", " Pieces"))
    assert terminal.lines[name + 1].strip() == "! is needed"
    assert terminal.lines[pieces + 1].strip() == "! 'many' is not a number"
    assert terminal.prompt == "Name is needed"
    assert terminal.app.screen.focused is terminal.app.screen.query("Input").first()


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


def test_only_what_was_changed_is_written(terminal: Terminal, tools: Office) -> None:
    terminal.press("j", "e").press("tab", "tab", "ctrl+u").type("4").press("ctrl+s")
    assert terminal.prompt == "Tool Clamp is saved."
    after = tools.value("SELECT after FROM core_change ORDER BY id DESC")
    assert after == '{"pieces":4}'
    assert tools.value("SELECT note FROM tools_tool WHERE name = 'Clamp'") == "two\nlines"


def test_saving_without_a_change_writes_nothing(terminal: Terminal, tools: Office) -> None:
    before = tools.value("SELECT max(id) FROM core_action")
    terminal.press("e", "ctrl+s")
    assert terminal.prompt == "Nothing was changed; Esc goes back."
    assert tools.value("SELECT max(id) FROM core_action") == before


def test_a_clash_is_shown_and_settled_by_a_person(terminal: Terminal, tools: Office) -> None:
    terminal.press("j", "e").press("tab", "tab", "ctrl+u").type("4")
    with tools.twin() as other:
        edit_record(other, other.find(other.record("tool"), "Clamp"), {"pieces": 9})
    terminal.press("ctrl+s")
    assert terminal.line("! is 9 now: someone changed it since you opened it")
    assert terminal.prompt.startswith("Tool Clamp was changed meanwhile. Write yours over it?")
    terminal.press("enter")
    assert tools.value("SELECT pieces FROM tools_tool WHERE name = 'Clamp'") == 9
    terminal.press("ctrl+s", "y")
    assert terminal.prompt == "Tool Clamp is saved."
    assert tools.value("SELECT pieces FROM tools_tool WHERE name = 'Clamp'") == 4


def test_an_action_asks_for_what_it_needs(terminal: Terminal, tools: Office) -> None:
    terminal.press("l")
    assert "Lend tool Anvil" in terminal.crumbs
    assert terminal.prompt == "Who takes it"
    terminal.press("enter")
    assert terminal.line("! is needed")
    terminal.type("nobody").press("enter")
    assert terminal.prompt == "nobody is nobody"
    terminal.press("ctrl+u").type("Ann").press("enter")
    assert terminal.prompt == "Anvil is lent to Ann."
    assert tools.value("SELECT lent_to FROM tools_tool WHERE name = 'Anvil'") == "Ann"


def test_nothing_blinks(terminal: Terminal) -> None:
    terminal.press("n")
    assert not any(each.cursor_blink for each in terminal.app.screen.query(Input))
    assert not any(each.cursor_blink for each in terminal.app.screen.query(TextArea))
