"""The list of any kind of record, in 80 columns and 24 lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.prompt_tools import expect, expect_question

from officeops.office.crud import edit_record
from officeops.query.views import views
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
        for i in range(60):
            grade = "worn_out" if i % 10 == 0 else "fine"
            office.add(
                tool(
                    name=f"Clamp {i:02}",
                    pieces=i,
                    price=i * 100,
                    grade=grade,
                    cabinet_id=place.id if i % 2 else None,
                )
            )
    return office


@pytest.fixture
def terminal(tools: Office) -> Iterator[Terminal]:
    with Terminal(tools) as opened:
        yield opened.press("2")


def test_a_list_shows_what_fits_and_says_how_many_there_are(terminal: Terminal) -> None:
    # Two columns are blank in every row: they went first, so nothing that says something did.
    assert terminal.crumbs == "Office › Tools" + " " * 41 + "60 rows, Worth 70210.00"
    assert (
        terminal.lines[1]
        == "  Name ↑    Cabinet  Pieces  Price  Checked on  Grade     Sharp    Worth"
    )
    assert (
        terminal.lines[2]
        == "> Clamp 00                0   0.00              worn out  no        0.00"
    )
    assert (
        terminal.lines[3]
        == "  Clamp 01  CB-1          1   1.00              fine      no        1.00"
    )
    assert len(terminal.lines) == 24


def test_the_cursor_goes_half_a_page_on_when_it_leaves_the_window(terminal: Terminal) -> None:
    terminal.press("down", "j")
    assert terminal.current.startswith("Clamp 02")
    terminal.press(*["j"] * 18)
    assert terminal.current.startswith("Clamp 20")
    assert terminal.lines[2].startswith("  Clamp 10")
    terminal.press("G")
    assert terminal.current.startswith("Clamp 59")
    terminal.press("g")
    assert terminal.lines[2].startswith("> Clamp 00")


def test_tab_does_not_lead_away_from_the_list(terminal: Terminal) -> None:
    terminal.press("tab", "shift+tab", "j")
    assert terminal.current.startswith("Clamp 01")


def test_the_terminal_cursor_follows_the_row(terminal: Terminal) -> None:
    terminal.press("j", "j")
    assert tuple(terminal.app.cursor_position) == (0, 4)


def test_a_filter_is_said_above_the_list(terminal: Terminal) -> None:
    terminal.press("/").type("pieces<3 -clamp=")
    assert terminal.prompt == "/pieces<3 -clamp="
    terminal.press("escape").press("/").type("pieces<3").press("enter")
    assert "Tools › /pieces<3" in terminal.crumbs
    assert "3 rows" in terminal.crumbs
    assert not terminal.line("Clamp 03")


def test_a_filter_that_cannot_be_read_is_said_and_the_list_stays(terminal: Terminal) -> None:
    terminal.press("/").type("colour=red").press("enter")
    assert terminal.prompt.startswith("Tools have no field 'colour'")
    assert "60 rows" in terminal.crumbs


def test_words_typed_ahead_reach_the_screen_they_were_meant_for(tools: Office) -> None:
    with Terminal(tools) as terminal:
        terminal.type("2/Clamp 07")
        assert terminal.prompt == "/Clamp 07"


def test_any_column_sorts_and_the_order_turns_round(terminal: Terminal) -> None:
    terminal.press("t").type("-pie").press("tab").press("enter")
    assert terminal.lines[2].startswith("> Clamp 59")
    assert "Pieces ↓" in terminal.lines[1]
    terminal.press("T", "g")
    assert terminal.lines[2].startswith("> Clamp 00")
    terminal.press("t").type("nothing").press("enter")
    assert terminal.prompt.startswith("Tools have no field 'nothing'")


def test_views_are_turned_through(terminal: Terminal) -> None:
    terminal.press("]")
    assert "Tools › Worn out" in terminal.crumbs
    assert "6 rows" in terminal.crumbs
    assert terminal.lines[2].startswith("> Clamp 50")
    terminal.press("]")
    assert "60 rows" in terminal.crumbs


def test_what_others_write_shows_at_the_next_key_and_the_cursor_keeps_its_record(
    terminal: Terminal, tools: Office
) -> None:
    terminal.press("j", "j")
    with tools.twin() as other, other.acting("test"):
        other.add(other.record("tool")(name="Anvil"))
    terminal.press("?").press("escape")
    assert terminal.current.startswith("Clamp 02")
    assert terminal.lines[2].startswith("  Anvil")
    assert "61 rows" in terminal.crumbs


def test_archiving_asks_for_y_and_nothing_else_will_do(terminal: Terminal, tools: Office) -> None:
    for wrong in ("x", "enter", "n"):
        terminal.press("x")
        expect_question(terminal, "Archive", "Clamp 00")
        terminal.press(wrong)
        expect(terminal, "Nothing")
    terminal.press("x", "y")
    assert terminal.prompt.startswith("Clamp 00 is archived;")
    assert "59 rows" in terminal.crumbs
    terminal.press("z")
    assert terminal.lines[2].startswith("  (archived) Clamp 00")
    terminal.press("k", "X")
    expect_question(terminal, "Unarchive", "Clamp 00")
    terminal.press("y")
    expect(terminal, "Clamp 00")
    assert tools.value("SELECT count(*) FROM tools_tool WHERE archived_at IS NULL") == 60


def test_u_takes_back_the_last_action_and_U_does_it_again(  # noqa: N802 - the keys
    terminal: Terminal, tools: Office
) -> None:
    terminal.press("x", "y", "u")
    assert terminal.prompt.startswith('Undo "archive tool Clamp 00" of ')
    terminal.press("u")
    expect(terminal, "Nothing")
    terminal.press("u", "y")
    assert terminal.prompt.startswith("Undone: archive tool Clamp 00.")
    assert terminal.prompt.endswith("U does it again.")
    assert "60 rows" in terminal.crumbs
    terminal.press("U")
    assert terminal.prompt.startswith('Redo "archive tool Clamp 00" of ')
    terminal.press("U")
    expect(terminal, "Nothing")
    assert "60 rows" in terminal.crumbs
    terminal.press("U", "y")
    assert "59 rows" in terminal.crumbs
    assert tools.value("SELECT count(*) FROM tools_tool WHERE archived_at IS NULL") == 59


def test_marked_records_are_acted_on_together(terminal: Terminal, tools: Office) -> None:
    terminal.press("space", "space")
    assert terminal.lines[2].startswith(" *Clamp 00")
    assert "2 marked" in terminal.crumbs
    terminal.press("i")
    assert terminal.prompt.startswith("Lend is done to one")
    terminal.press("d")
    expect_question(terminal, "Inspect", "2 marked")
    terminal.press("y")
    expect(terminal, "Inspect", "2 of 2")
    assert tools.value("SELECT count(*) FROM tools_tool WHERE checked_on = '2026-03-02'") == 2


def test_an_action_that_cannot_be_done_says_why(terminal: Terminal, tools: Office) -> None:
    first = next(tools.all(tools.record("tool"), "name = 'Clamp 00'"))
    with tools.acting("test"):
        tools.edit(first, managed=True, lent_to="Ann")
    terminal.press("i")
    expect(terminal, "Lend", "Ann")


def test_an_action_that_fails_is_a_sentence(terminal: Terminal) -> None:
    terminal.press(*":bend", "enter", "y")
    assert terminal.prompt.startswith(
        "The plugin tools failed in the action tools.tool.bend (ZeroDivisi"
    )
    assert terminal.press("j").current.startswith("Clamp 01")


def test_a_change_made_meanwhile_is_a_sentence(terminal: Terminal, tools: Office) -> None:
    terminal.press("i").type("Bob")
    first = next(tools.all(tools.record("tool"), "name = 'Clamp 00'"))
    with tools.twin() as other:
        edit_record(other, first, {"pieces": 7})
    terminal.press("ctrl+s")
    assert "was changed by someone else (pieces)" in terminal.prompt


def test_a_narrow_terminal_drops_columns_and_a_wide_one_has_them_all(terminal: Terminal) -> None:
    terminal.resize(40, 24)
    assert terminal.lines[1] == "  Name ↑    Cabinet  Pieces  Grade"
    terminal.resize(119, 40)
    assert terminal.lines[1].split()[-1] == "Worth"


def test_an_empty_list_says_what_to_do(office: Office) -> None:
    with Terminal(office) as terminal:
        terminal.press(":").type("location").press("enter")
        expect(terminal, "no locations", "n ")


def test_a_long_list_is_read_in_a_thread(tools: Office) -> None:
    tool = tools.record("tool")
    with tools.acting("test"):
        tools.store.db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 7000) "
            "INSERT INTO tools_tool (name, pieces) SELECT 'Bolt ' || i, i FROM n"
        )
    with Terminal(tools) as terminal:
        terminal.press("2")
        assert "6,961 rows" in terminal.crumbs
        terminal.press("G", "k")
        assert terminal.current.startswith("Clamp 58")
        terminal.press("/").type("pieces=6999").press("enter")
        assert terminal.current.startswith("Bolt 6999")
        assert tool.meta.plural in terminal.crumbs


def test_a_filter_and_order_are_saved_as_a_view(terminal: Terminal, tools: Office) -> None:
    terminal.press("V")
    expect(terminal, "Save view", "nothing")
    terminal.press("]", "/").type("pieces>5").press("enter", "t").type("price").press("enter")
    terminal.press("V").type("Old and Many").press("enter")
    assert terminal.prompt.startswith("Saved: `:tool Old-and-Many` and ] lead to it")
    assert terminal.crumbs.startswith("Office › Tools › Old and many ")
    assert "5 rows" in terminal.crumbs
    saved = views(tools.plugins, tools.machine, tools.record("tool"))[-1]
    assert (saved.where, saved.sort) == ("grade=worn_out pieces>5", "price")
    terminal.press("]")
    assert "60 rows" in terminal.crumbs
    terminal.press("b")
    assert terminal.line("Old and many").endswith(":tool Old-and-Many")
    terminal.press(":").type("tool O").press("tab", "enter")
    assert "Tools › Old and many" in terminal.crumbs


def test_a_view_is_saved_over_only_after_asking(terminal: Terminal, tools: Office) -> None:
    terminal.press("/").type("pieces<3").press("enter", ":").type("save few").press("enter")
    assert "Tools › Few" in terminal.crumbs
    terminal.press(":").type("save few").press("enter")
    assert terminal.prompt.startswith("Saved:")
    terminal.press("/").type("price<1").press("enter", ":").type("save few").press("enter")
    assert terminal.prompt.startswith("There is a view few. Save over it?")
    terminal.press("n", ":").type("save few").press("enter", "y")
    assert views(tools.plugins, tools.machine, tools.record("tool"))[-1].where == "pieces<3 price<1"


def test_a_name_that_is_none_or_a_plugins_is_refused(terminal: Terminal) -> None:
    terminal.press("/").type("pieces<3").press("enter")
    for name, words in (
        ("worn", "is a plugin's; choose another name"),
        ("a/b", "is not a name for a view"),
    ):
        terminal.press(":").type(f"save {name}").press("enter")
        assert words in terminal.prompt
    terminal.press("V", "enter")
    expect(terminal, "Nothing was typed")


def test_views_that_cannot_be_read_are_a_sentence(terminal: Terminal, officeops_home: Path) -> None:
    file = officeops_home / "config" / "officeops" / "views.toml"
    file.write_text('["tools.tool".lost]\nwhere = "colour=red"\n')
    terminal.press("]", "]")
    assert terminal.prompt.startswith("Tools have no field 'colour'")
    file.write_text("not toml")
    for keys in (["]"], ["b"], [":", *"tool worn", "enter"]):
        terminal.app.recent_messages.clear()
        terminal.press(*keys)
        assert "is not valid TOML" in terminal.app.recent_messages[-1]


def test_columns_that_have_no_room_are_counted_above_and_named_in_the_help(tools: Office) -> None:
    with Terminal(tools, width=119) as wide:
        wide.press("2")
        assert "more column" not in wide.crumbs
        columns = wide.lines[1].strip().split("  ")
        labels = [label.rstrip(" ↑") for label in columns if label.strip()]
    with Terminal(tools, width=50) as narrow:
        narrow.press("2")
        gone = [label.strip() for label in labels if label.strip() not in narrow.lines[1]]
        # A column that is blank in every row says nothing, and is not missed.
        missed = [label for label in gone if label not in {"Checked on", "Lent to"}]
        assert len(missed) > 1
        assert f"60 rows, {len(missed)} more columns" in narrow.crumbs
        narrow.press("?", "G")
        text = " ".join(narrow.lines)
        assert not [label for label in missed if label not in text]


def test_columns_are_chosen_and_kept_for_the_person(tools: Office) -> None:
    with Terminal(tools) as terminal:
        terminal.press("2", ":", *"columns worth, name", "enter")
        assert terminal.lines[1].split() == ["Worth", "Name", "↑"]
        terminal.press(":", *"columns worth, nothing", "enter")
        assert "no field 'nothing'" in terminal.prompt
    with Terminal(tools) as terminal:
        terminal.press("2")
        assert terminal.lines[1].split() == ["Worth", "Name", "↑"]
        terminal.press(":", *"columns all", "enter")
        assert "Cabinet" in terminal.lines[1]


def test_a_wide_terminal_shows_the_record_beside_its_list(tools: Office) -> None:
    with Terminal(tools, width=140) as terminal:
        terminal.press("2").rest()
        assert "History" in terminal.text
        assert "Clamp 00" in terminal.current
        terminal.press("down").rest()
        # The pane follows the cursor after a pause.
        assert sum("Clamp 01" in line for line in terminal.lines) == 2
        terminal.resize(80, 24)
        assert "History" not in terminal.text


def test_a_column_that_has_a_total_says_it_and_what_it_leaves_out(tools: Office) -> None:
    with tools.acting("test"):
        tools.add(tools.record("tool")(name="Zither", pieces=2, price=None))
    with Terminal(tools) as terminal:
        terminal.press("2", "/", *"name=zither", "enter")
        assert "Worth" not in terminal.crumbs
        terminal.press("/", *"clamp 0", "enter")
        assert "15 rows, Worth 5785.00" in terminal.crumbs
