"""The grammar of the keys that every list, record and help has: `/`, Esc, `-` and `?`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.testing import OfficeFactory

NAMES = [f"Sterile gloves without powder, size {size}" for size in ("six", "seven", "eight")]


@pytest.fixture
def terminal(office_factory: OfficeFactory) -> Iterator[Terminal]:
    """A terminal with three locations that differ in their ends, and another."""
    office = office_factory()
    with office.acting("test"):
        location = office.record("location")
        for name in [*NAMES, "Vaccine fridge"]:
            office.add(location(name=name))
    with Terminal(office) as terminal:
        terminal.press(":", *"location", "enter")
        yield terminal


def rows(terminal: Terminal) -> int:
    """Return how many locations are shown."""
    return sum("Sterile" in line or "fridge" in line for line in terminal.lines)


def test_a_filter_is_followed_while_it_is_typed_and_esc_takes_it_back(terminal: Terminal) -> None:
    assert rows(terminal) == 4
    terminal.press("/", *"frid")
    terminal.rest()
    assert rows(terminal) == 1
    terminal.press("escape")
    assert rows(terminal) == 4
    terminal.press("/", *"frid", "enter")
    assert rows(terminal) == 1
    # The first Esc takes the filter back, the second one leaves the list.
    terminal.press("escape")
    assert rows(terminal) == 4
    terminal.press("escape")
    assert "Today" in terminal.lines[0]


def test_half_a_filter_changes_nothing_and_marks_outlive_the_typing(terminal: Terminal) -> None:
    terminal.press("space", "space", "/", *"on_hand<")
    terminal.rest()
    assert rows(terminal) == 4
    terminal.press("escape", "/", *"frid")
    terminal.rest()
    terminal.press("escape")
    assert "2 marked" in terminal.lines[0]


def test_names_that_differ_in_their_ends_keep_them(terminal: Terminal) -> None:
    terminal.resize(40, 24)
    shown = "\n".join(terminal.lines)
    for end in ("six", "seven", "eight"):
        assert end in shown, shown


def test_minus_goes_back_where_one_was_and_back_again(terminal: Terminal) -> None:
    terminal.press("enter")
    record = terminal.lines[0]
    terminal.press(":", *"today", "enter", "-")
    assert terminal.lines[0] == record
    terminal.press("-")
    assert "Today" in terminal.lines[0]


def test_a_key_without_a_meaning_says_so(terminal: Terminal) -> None:
    terminal.press("y")
    assert terminal.prompt.startswith("y ")


def test_help_is_filtered_and_does_what_its_line_says(terminal: Terminal) -> None:
    terminal.press("?", "/", *"choose a type", "enter")
    assert sum("b" in line for line in terminal.lines[2:-2]) == 1
    terminal.press("enter")
    assert "Browse" in terminal.lines[0]


def test_the_colon_lists_the_commands_that_fit_and_runs_the_chosen_one(terminal: Terminal) -> None:
    terminal.press(":", *"arch").rest()
    assert "archive" in terminal.lines[-3]
    terminal.press("escape")
    assert "Archive" not in terminal.lines[-3]
    terminal.press(":", *"location frid").rest()
    assert "Vaccine fridge" in terminal.lines[-3]
    terminal.press("down", "enter")
    assert terminal.crumbs.endswith("Vaccine fridge")


def test_an_older_action_is_undone_from_the_list_of_what_one_did(terminal: Terminal) -> None:
    for name in ("First", "Second"):
        terminal.press("n", *name, "ctrl+s")
    terminal.press(":", *"undo-list", "enter", "down")
    assert "First" in terminal.current
    assert "Second" in terminal.lines[1]
    terminal.press("enter", "y", "escape")
    assert "First" not in terminal.text
    assert "Second" in terminal.text


def test_after_a_deed_the_cursor_is_on_its_record_and_undo_is_beside_the_message(
    terminal: Terminal,
) -> None:
    terminal.press("t", *"-name", "enter", "G", "n", *"Middle room", "ctrl+s")
    assert terminal.current.startswith("Middle room")
    assert terminal.prompt.startswith("Location Middle room is added.")
    assert terminal.prompt.endswith("u undo")
    terminal.press("e").press("ctrl+u", *"Zoo", "ctrl+s")
    assert terminal.current.startswith("Zoo")
    terminal.press("/", *"frid", "enter", "n", *"Attic", "ctrl+s")
    assert "Attic" in terminal.prompt
    assert "filter hides it" in terminal.prompt
    terminal.press("u", "y")
    assert terminal.prompt.startswith("Undone: add location Attic.")
    assert not terminal.prompt.endswith("u undo")
