"""Going places, help, hostile names, and plugins' screens that fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.prompt_tools import expect

from officeops.model.errors import UsageProblem
from officeops.tui import run
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parent / "tui_tools.py").read_text()
HOSTILE = [
    "[/b] shut [bold red]open",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
    "n" * 300,
    "口罩 医用外科 口罩",
    "😷 mask 👩\u200d⚕️ kids 👍🏽",
    "a\u202eb\u200bc\ttab\nline",
    'quote " slash / back \\ percent %',
]


@pytest.fixture
def tools(office_factory: OfficeFactory) -> Office:
    return office_factory(files={"tools": PLUGIN})


@pytest.fixture
def terminal(tools: Office) -> Iterator[Terminal]:
    with Terminal(tools) as opened:
        yield opened


def test_a_command_leads_to_a_kind_a_view_and_a_filter(terminal: Terminal) -> None:
    terminal.press(":").type("tool wo").press("tab")
    assert terminal.prompt == ":tool worn"
    terminal.type(" /pin").press("enter")
    assert terminal.crumbs.startswith("Office › Tools › Worn out › /pin")
    terminal.press(":").type("today").press("enter")
    assert "Today" in terminal.crumbs
    terminal.press("2")
    assert "Worn out › /pin" in terminal.crumbs


def test_a_word_that_leads_nowhere_is_said(terminal: Terminal) -> None:
    terminal.press(":").type("tool torn").press("enter")
    expect(terminal, "tool", "'torn'", "worn")
    terminal.press(":").type("xyzzy").press("enter")
    assert terminal.prompt.startswith(
        "There is nothing called 'xyzzy'. Known words: today, huddle,"
    )


def test_kinds_are_listed_with_the_digit_that_jumps_to_them(terminal: Terminal) -> None:
    terminal.press("b")
    assert terminal.lines[1].startswith("> 1  Cabinets")
    assert terminal.line("Worn out").endswith(":tool worn")
    # The screens of plugins come last, below the kinds.
    terminal.press("G")
    assert "o  Drawer" in terminal.line("Drawer")
    terminal.press("g", "j", "j", "enter")
    assert terminal.crumbs.startswith("Office › Tools › Worn out")
    terminal.press("3")
    assert terminal.crumbs.startswith("Office › Locations")
    terminal.press("escape")
    assert "Today" in terminal.crumbs


def test_help_says_what_every_key_of_the_screen_does(terminal: Terminal) -> None:
    terminal.press("2", "?")
    assert terminal.crumbs == "Office › Tools › Help"
    seen, before = set(terminal.lines), ""
    while terminal.text != before:
        before = terminal.text
        seen |= set(terminal.press("pagedown").lines)
    for words in (
        "Lend a tool",
        "Write a tool off",
        "Add a new tool",
        "Leave officeops",
        "List cabinets",
        "Page down",
    ):
        assert any(words in line for line in seen), words
    assert any(line.strip().startswith("on_hand<10") for line in seen)


def test_every_key_line_fits_and_is_made_from_the_keys(terminal: Terminal) -> None:
    for keys in (["2"], ["b"], ["?"]):
        terminal.press(*keys)
        assert 40 < len(terminal.lines[-1]) <= 80
        assert "? help" in terminal.keys


def test_a_message_without_room_is_read_in_full(terminal: Terminal) -> None:
    terminal.press("2", "/").type("colour=red").press("enter")
    assert terminal.prompt.endswith("…  ! shows all")
    assert len(terminal.lines[-2]) <= 80
    terminal.press("!")
    assert (
        terminal.lines[1]
        == "> Tools have no field 'colour'. They have name, cabinet, pieces, price,"
    )
    assert terminal.lines[2].startswith("  checked_on, grade,")


def test_q_leaves(terminal: Terminal) -> None:
    terminal.press("ctrl+c")
    expect(terminal, "q ", "Esc ")
    terminal.press("escape")
    expect(terminal, "first screen")
    terminal.press("q")
    assert not terminal.app.is_running


def add_hostile(office: Office) -> None:
    """Put hostile names into the file as an old or foreign program might have: past every check."""
    with office.acting("test"):
        office.store.undoing = True  # so the triggers let any value by
        place = office.store.db.execute(
            "INSERT INTO tools_cabinet (room) VALUES (?)", ["\n".join(HOSTILE)[:900]]
        ).lastrowid
        office.store.db.execute(
            "INSERT INTO core_office (name) VALUES (?)", ["[/b]\x1b[31m" + HOSTILE[0]]
        )
        office.store.db.executemany(
            "INSERT INTO tools_tool (name, cabinet_id, grade, lent_to, note) "
            "VALUES (?1, ?2, 'worn_out', ?1, ?1)",
            [(name, place) for name in HOSTILE],
        )
        office.store.undoing = False


def assert_safe(terminal: Terminal) -> None:
    # A joiner within a text being edited is part of it.
    assert all(character.isprintable() or character in "\n\u200d" for character in terminal.text)
    assert terminal.app.is_running
    assert len(terminal.lines) == terminal.app.size.height


@pytest.mark.parametrize(
    ("width", "height", "theme", "rows"),
    [(80, 24, "officeops", 3), (120, 40, "ansi-dark", 1), (30, 8, "officeops", 1)],
)
def test_hostile_names_are_drawn_safely_on_every_screen(
    tools: Office, width: int, height: int, theme: str, rows: int
) -> None:
    add_hostile(tools)
    with Terminal(tools, width=width, height=height, theme=theme) as terminal:
        assert_safe(terminal)
        terminal.press("2")
        for _ in range(rows):
            for keys in (["enter"], ["escape", "e"], ["escape", "o"], ["n", "j"]):
                terminal.press(*keys)
                assert_safe(terminal)
        for keys in (["1"], ["enter"], ["j", "j", "enter"], ["b"], ["?"]):
            terminal.press(*keys)
            assert_safe(terminal)


def test_a_plugins_screen_opens_by_key_and_by_name(terminal: Terminal) -> None:
    terminal.press("o")
    assert terminal.line("The drawer of tester")
    terminal.press("escape", ":").type("drawer").press("enter")
    assert terminal.line("The drawer of tester")


def test_a_plugins_screen_that_cannot_be_made_is_a_sentence(terminal: Terminal) -> None:
    terminal.press("p")
    assert terminal.prompt.startswith("The screen 'Unmade' cannot be opened:")
    assert terminal.press("2").crumbs.startswith("Office › Tools")


def test_a_plugins_screen_that_fails_in_every_part_is_a_sentence(terminal: Terminal) -> None:
    terminal.press("r")
    assert "KeyError: 'torn'" in terminal.prompt
    terminal.press("escape", "2")
    assert terminal.crumbs.startswith("Office › Tools")


def test_a_bare_screen_that_fails_is_closed_with_a_sentence(terminal: Terminal) -> None:
    terminal.press("#")
    assert "The plugin tools failed in on_mount()" in terminal.prompt
    terminal.press("2")
    assert terminal.crumbs.startswith("Office › Tools")


def test_without_a_terminal_a_sentence_points_to_the_commands(tools: Office) -> None:
    with pytest.raises(UsageProblem, match="officeops today"):
        run(tools)


def test_the_module_is_light_until_a_screen_opens() -> None:
    code = "import sys, officeops.tui; print(sorted({'textual', 'rich'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
