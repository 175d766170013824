"""Children in the form at 80x24: typed in forms of their own, saved at once with their parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.children.children_tools import content
from tests.tui.prompt_tools import expect

from officeops.history.undo import undo
from officeops.office.children.child_change import ChildChange
from officeops.office.crud import edit_record
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office

    Person = Callable[..., Any]


def opened(terminal: Terminal) -> None:
    """Open the form of Ann, and go to her phones."""
    terminal.press(":").type("person Ann").press("enter", "e", "tab", "tab")


@pytest.mark.usefixtures("ann")
def test_rows_are_added_edited_and_removed_and_saved_at_once(books: Office) -> None:
    with Terminal(books) as terminal:
        opened(terminal)
        terminal.press("n", "tab").type("555-0109").press("ctrl+s")
        assert terminal.line("+ work  555-0109")
        terminal.press("up", "up", "x", "down", "e", "tab").type("555-0199").press("ctrl+s")
        assert terminal.line("- work  555-0101")
        assert terminal.line("~ mobile  555-0199  ask for Dana")
        assert "3 not saved" in terminal.text
        assert len(content(books)["books_phone"]) == 2
        terminal.press("ctrl+s")
        expect(terminal, "saved", "Ann")
    assert [row[2:] for row in content(books)["books_phone"]] == [
        ("mobile", "555-0199", "ask for Dana"),
        ("work", "555-0109", None),
    ]
    undo(books)
    assert [row[3] for row in content(books)["books_phone"]] == ["555-0101", "555-0102"]


def test_the_form_and_the_commands_write_the_same_rows(ann: Person, books: Office) -> None:
    by_command = content(books)
    ann("undo")
    with Terminal(books) as terminal:
        terminal.press(":").type("person").press("enter", "n").type("Ann")
        terminal.press("tab", "tab", "n").press("tab").type("555-0101").press("ctrl+s")
        terminal.press("n").type("mobile").press("tab").type("555-0102")
        terminal.press("tab").type("ask for Dana").press("ctrl+s")
        terminal.press("tab", "n", "tab").type("12 Elm Street").press("ctrl+s", "ctrl+s")
        expect(terminal, "added", "Ann")
    for table, rows in content(books).items():
        unnumbered = [row[-3:] if "phone" in table else row[-2:] for row in by_command[table]]
        assert [row[-3:] if "phone" in table else row[-2:] for row in rows] == unnumbered


def test_a_child_that_somebody_else_added_meanwhile_survives_a_save(
    ann: Person, books: Office
) -> None:
    with Terminal(books) as terminal:
        opened(terminal)
        terminal.press("n", "tab").type("555-0109").press("ctrl+s")
        ann("edit", "Ann", "--address", "shipping=Dock 4")
        terminal.press("ctrl+s")
        expect(terminal, "saved", "Ann")
    assert [row[3] for row in content(books)["books_address"]] == ["12 Elm Street", "Dock 4"]
    assert len(content(books)["books_phone"]) == 3


def changed(office: Office, number: str) -> None:
    """Change Ann's first phone, as somebody else would."""
    records = office.records
    record = office.get(records["books.person"], 1)
    phone = office.get(records["books.phone"], 1)
    child = records["books.person"].children[0]
    edit_record(office, record, {}, None, [ChildChange(child, {"number": number}, phone)])


def test_a_conflict_is_shown_on_its_row_and_settled_there(ann: Person, books: Office) -> None:
    for answer, number in (("ctrl+s", "555-0111"), ("t", "555-0222")):
        with Terminal(books) as terminal:
            opened(terminal)
            terminal.press("e", "tab").type("555-0111").press("ctrl+s")
            changed(books, "555-0222")
            terminal.press("ctrl+s")
            assert terminal.line("(theirs: work  555-0222)")
            assert "= takes theirs" in terminal.text
            terminal.press(answer)
        assert content(books)["books_phone"][0][3] == number
        ann("edit", "Ann", "--note", answer)
        changed(books, "555-0101")


def test_a_row_that_is_not_in_order_is_named_at_its_section(ann: Person, books: Office) -> None:
    ann("edit", "Ann", "--phone", "555-0103")
    with Terminal(books) as terminal:
        opened(terminal)
        terminal.press("n", "tab").type("555-0109").press("ctrl+s", "ctrl+s")
        assert terminal.line("! 4 book phones are more than one person may have: 3")
        terminal.press("escape")
        assert "Leave and lose phone?" in terminal.text
