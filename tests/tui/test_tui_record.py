"""One record, and Today, in 80 columns and 24 lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.prompt_tools import expect, expect_question

from officeops.office.crud import edit_record
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parent / "tui_tools.py").read_text()


@pytest.fixture
def tools(office_factory: OfficeFactory, freeze_today: Callable[[str], None]) -> Office:
    freeze_today("2026-03-02")
    office = office_factory(files={"tools": PLUGIN})
    tool, cabinet = office.record("tool"), office.record("cabinet")
    with office.acting("test"):
        place = office.add(cabinet(room="Lab"))
        clamp = office.add(
            tool(name="Clamp", pieces=3, price=1250, note="two\nlines", cabinet_id=place.id)
        )
        for i in range(6):
            office.add(
                tool(name=f"Pin {i}", cabinet_id=place.id, grade="worn_out" if i < 2 else "fine")
            )
    edit_record(office, clamp, {"pieces": 4, "cabinet_id": None})
    edit_record(office, clamp, {"cabinet_id": place.id})
    return office


@pytest.fixture
def terminal(tools: Office) -> Iterator[Terminal]:
    with Terminal(tools) as opened:
        yield opened


def test_a_record_shows_its_values_and_its_history(terminal: Terminal) -> None:
    terminal.press("2", "enter")
    assert terminal.crumbs == "Office › Tools › Clamp"
    assert terminal.lines[1:14] == [
        "> Name                Clamp",
        "  Cabinet             CB-1",
        "  Pieces              4",
        "  Price               12.50",
        "  Grade               fine",
        "  Sharp               no",
        "  Note                two",
        "                      lines",
        "  Worth               50.00",
        "  Not set: checked on, lent to",
        "",
        "  History",
        terminal.lines[13],
    ]
    assert terminal.line("edit  cabinet blank → CB-1")
    assert terminal.line("edit  cabinet CB-1 → blank, pieces 3 → 4")
    assert terminal.line("tester  test")


def test_what_points_to_a_record_is_opened_from_it(terminal: Terminal) -> None:
    terminal.press("1", "enter")
    assert terminal.line("Tools (7)")
    terminal.press("j", "j")
    assert terminal.current == "Tools (7)"
    terminal.press("j")
    assert terminal.current.startswith("Clamp")
    terminal.press("enter")
    assert terminal.crumbs.startswith("Office › Cabinets › CB-1 › Tool Clamp")
    terminal.press("j", "enter")
    assert terminal.crumbs.endswith("Tool Clamp › Cabinet CB-1")
    terminal.press("j", "j", "enter")
    assert "Tools › /cabinet=#1 (CB-1)" in terminal.crumbs
    assert "7 rows" in terminal.crumbs
    terminal.press("escape", "escape", "escape", "escape")
    assert terminal.crumbs.startswith("Office › Cabinets" + " ")


def test_a_grave_action_asks_and_then_the_record_shows_it(terminal: Terminal) -> None:
    terminal.press("2", "enter", *":lose", "enter")
    expect_question(terminal, "Lose", "Clamp")
    terminal.press("y")
    expect(terminal, "Clamp", "lost")
    assert terminal.lines[3] == "  Pieces              0"


def test_the_key_line_leaves_out_what_cannot_be_done_and_the_key_says_why(
    terminal: Terminal, tools: Office
) -> None:
    terminal.press("2", "enter")
    assert "i lend" in terminal.keys
    with tools.twin() as other, other.acting("test"):
        other.edit(other.find(other.record("tool"), "Clamp"), managed=True, lent_to="Ann")
    terminal.press("i")
    expect(terminal, "Lend", "Ann")
    assert "i lend" not in terminal.keys
    assert len(terminal.lines[-1]) <= 80


def test_what_has_no_letter_is_done_by_its_name(terminal: Terminal) -> None:
    terminal.press("2", ":").type("shar").press("tab")
    assert terminal.prompt == ":sharpen"
    terminal.press("enter")
    expect_question(terminal, "Sharpen", "Clamp")
    terminal.press("y")
    expect(terminal, "Clamp", "sharp")
    terminal.press("?", *["down"] * 20)
    assert terminal.line(":sharpen")


def test_a_reason_that_fails_hides_nothing(terminal: Terminal) -> None:
    terminal.press("2", "enter")
    assert terminal.lines[1] == "> Name                Clamp"
    terminal.press("Y")
    assert terminal.prompt.startswith("Doubt: The plugin tools failed in `unless` of the action")


def test_an_action_on_the_office_is_done_by_its_name(terminal: Terminal, tools: Office) -> None:
    terminal.press(":").type("audit").press("enter")
    assert terminal.crumbs == "Office › Audit"
    terminal.press("ctrl+u").type("Ann").press("enter")
    expect(terminal, "Ann")
    assert tools.value("SELECT room FROM tools_cabinet ORDER BY id DESC") == "audited by Ann"


def test_today_says_what_is_due_worst_first(terminal: Terminal) -> None:
    assert terminal.crumbs.startswith("Office › Today 2026-03-02")
    assert terminal.crumbs.endswith("2 due")
    assert terminal.lines[1].split() == "Late, or unsafe (2) ! unsafe § law $ money".split()
    assert terminal.current.startswith("!* Pin 0 is worn out")
    terminal.press("enter")
    assert terminal.crumbs == "Office › Tool Pin 0"


def test_due_items_are_seen_put_off_and_settled(terminal: Terminal, tools: Office) -> None:
    terminal.press("v")
    assert terminal.current.startswith("!* Pin 1")
    assert terminal.lines[2].startswith("  !  Pin 0")
    terminal.press("s").type("+3d").press("enter")
    expect(terminal, "2026-03-05")
    assert terminal.line("Snoozed (1)")
    assert terminal.line("until 2026-03-05 by tester")
    assert terminal.crumbs.endswith("1 due")
    terminal.press("g", "s").type("yesterday").press("enter")
    assert "is not after today" in terminal.prompt
    terminal.press("d")
    expect_question(terminal, "Inspect", "Pin 0")
    terminal.press("d")
    expect(terminal, "Nothing")
    terminal.press("d", "y")
    expect(terminal, "Pin 0")
    assert tools.value("SELECT checked_on FROM tools_tool WHERE name = 'Pin 0'") == "2026-03-02"


def test_a_plugin_that_cannot_say_what_is_due_does_not_keep_the_others_from_it(
    office_factory: OfficeFactory,
) -> None:
    broken = (
        "from officeops import *\nPLUGIN = Plugin('torn', 'Torn', api=2)\n\n"
        "@hookimpl\ndef due(office, until):\n    raise ValueError('[/b] torn')\n"
    )
    office = office_factory(files={"tools": PLUGIN, "torn": broken})
    with office.acting("test"):
        office.add(office.record("tool")(name="Pin", grade="worn_out"))
    with Terminal(office) as terminal:
        assert terminal.line("Pin is worn out")
        assert terminal.line("torn: due: ValueError: [/b] torn")


def test_a_list_opened_from_a_record_is_exact_and_new_ones_belong_to_it(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory("inventory", "vendors")
    item, lot = office.record("item"), office.record("lot")
    with office.acting("test"):
        for sku in ("A", "B"):
            gloves = office.add(item(sku=sku, name="Gloves"))
            office.add(lot(item_id=gloves.id, number=f"L-{sku}"))
    with Terminal(office) as terminal:
        terminal.press(":").type("item").press("enter", "j", "enter")
        assert terminal.line("SKU").endswith("B")
        while terminal.current != "Lots (1)":
            terminal.press("j")
        terminal.press("enter")
        assert "Lots › /item=#2 (Gloves)" in terminal.crumbs
        assert "1 row" in terminal.crumbs
        assert terminal.line("L-B")
        terminal.press("n")
        assert terminal.line("*Item").endswith("#2")
        terminal.press("tab").type("L-NEW").press("ctrl+s")
        assert "2 rows" in terminal.crumbs
        assert office.value("SELECT item_id FROM inventory_lot WHERE number = 'L-NEW'") == 2


def test_n_adds_to_the_list_where_the_cursor_is_and_elsewhere_asks(terminal: Terminal) -> None:
    terminal.press(":", *"cabinet", "enter", "enter")
    terminal.press("n")
    assert terminal.crumbs.endswith("New tool")
    assert terminal.line("  Cabinet ").split()[-1].startswith("CB-")
    # Of seven tools in the order of their names five have a line: the list itself is the place.
    terminal.type("Saw").press("ctrl+s")
    assert terminal.current.startswith("Tools (8)")
    terminal.press("n").type("Axe").press("ctrl+s")
    assert terminal.current.startswith("Axe")
