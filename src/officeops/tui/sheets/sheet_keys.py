"""The keys of a sheet, as its columns call for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from officeops.tui.terminal.keys import NEVER, Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.entry_sheet import EntrySheet, SheetColumn
    from officeops.office.sheets.entries import SheetEntries
    from officeops.tui.sheets.kept_draft import KeptDraft
    from officeops.tui.sheets.sheet_lines import SheetLines

#: The heading of these keys in help.
GROUP = "Sheet"


class KeyedSheet(Protocol):
    """The parts of the sheet's screen that these keys use."""

    sheet: EntrySheet
    entries: SheetEntries
    lines: SheetLines
    draft: KeptDraft

    @property
    def column(self) -> SheetColumn | None:
        """The column under the cursor."""

    @property
    def is_in_text(self) -> bool:
        """Whether every character goes to the cell."""

    def sheet_keys(self) -> Iterable[Key]:
        """Return the keys of the sheet's own plugin."""

    def say(self, text: str) -> None:
        """Show a message."""

    def next_cell(self) -> None:
        """Take the cell, and go to the next."""

    def erase(self) -> None:
        """Remove the last character."""

    def step(self, by: int) -> None:
        """Change a number by one."""

    def go_to_column(self, place: int) -> None:
        """Go to another column."""

    def go_to_empty(self) -> None:
        """Go to the next row without anything typed."""

    def read_find(self) -> None:
        """Ask for a row to go to."""

    def read_row(self) -> None:
        """Ask for a row to add."""

    def toggle_blind(self) -> None:
        """Hide the expected values, or show them again."""

    def nothing_typed(self) -> str | None:
        """Return why there is nothing to review."""

    def review(self) -> None:
        """Open the review."""

    def ask_to_discard(self) -> None:
        """Ask whether to discard everything typed."""

    def ask_to_discard_others(self) -> None:
        """Ask whether to discard what other people typed here."""


def sheet_keys(screen: KeyedSheet) -> Iterator[Key]:
    """Yield the keys that type, then, where letters are keys, those that go to another row."""
    yield from _typing_keys(screen)
    yield from _column_keys(screen)
    if not screen.is_in_text:
        yield from screen.sheet_keys()
        yield from _finding_keys(screen)
        yield from _draft_keys(screen)


def _typing_keys(screen: KeyedSheet) -> Iterator[Key]:
    sheet = screen.sheet
    say_help = partial(screen.say, f"{sheet.typing}.")
    # No key has this name: it means the characters in the key line and in help.
    yield Key(
        (_characters(screen),),
        _label(screen),
        say_help,
        sheet.typing,
        0,
        GROUP,
    )
    yield Key(
        ("enter",),
        "next",
        screen.next_cell,
        "Take it, and go to the next",
        0,
        GROUP,
    )
    words = "See the differences, then book all of it"
    # A letter would go to the cell.
    names = ("ctrl+s",) if screen.is_in_text else ("ctrl+s", ":review")
    yield Key(
        names,
        "review",
        screen.review,
        words,
        1,
        GROUP,
        screen.nothing_typed,
        means="" if screen.is_in_text else "do",
    )
    yield Key(
        ("backspace",),
        "erase",
        screen.erase,
        "Remove the last character",
        4,
        GROUP,
    )


def _label(screen: KeyedSheet) -> str:
    """Return the word for typing: the column's own where there are several."""
    column = screen.column
    is_first = column is None or column is screen.entries.shown[0]
    if column is None or is_first or column.begins:
        return screen.sheet.types
    return column.field.words


def _characters(screen: KeyedSheet) -> str:
    column = screen.column
    if column is not None and column.field.choices:
        return "".join(word[0] for word in column.field.choices)
    if column is not None and column.begins and not screen.is_in_text:
        return "0-9"
    return "a-z" if screen.is_in_text else "0-9"


def _column_keys(screen: KeyedSheet) -> Iterator[Key]:
    columns = len(screen.entries.shown)
    if columns < 2:
        return
    active = screen.lines.active
    go_left, go_right = (
        partial(screen.go_to_column, active - 1),
        partial(screen.go_to_column, active + 1),
    )
    yield Key(
        ("left",),
        "column left",
        go_left,
        "Go to the column before",
        NEVER,
        GROUP,
    )
    yield Key(
        ("right",),
        "column",
        go_right,
        "Go to the next column",
        5,
        GROUP,
    )


def _finding_keys(screen: KeyedSheet) -> Iterator[Key]:
    sheet = screen.sheet
    if _is_offered(screen):
        yield Key(
            ("-",),
            "fewer",
            partial(screen.step, -1),
            "One fewer than shown",
            2,
            GROUP,
        )
        yield Key(
            ("+",),
            "more",
            partial(screen.step, 1),
            "One more than shown",
            3,
            GROUP,
        )
    words = "Go to a row by a part of its name, its key or a barcode"
    yield Key(
        ("/",),
        "find",
        screen.read_find,
        words,
        2,
        GROUP,
    )
    if sheet.expects:
        is_blind = screen.lines.is_blind
        label = f"{'show' if is_blind else 'hide'} {sheet.expects}"
        words = "Hide the expected values, or show them again"
        yield Key(
            (":hide",),
            label,
            screen.toggle_blind,
            words,
            3,
            GROUP,
            means="hidden",
        )
    words = f"Go to the next row that is not {sheet.done}"
    yield Key(
        (":next",),
        f"not {sheet.done}",
        screen.go_to_empty,
        words,
        5,
        GROUP,
        means="next",
    )
    if sheet.adds:
        yield Key(
            (":new",),
            "add",
            screen.read_row,
            "Add a row that is not on the sheet",
            5,
            GROUP,
            means="new",
        )


def _is_offered(screen: KeyedSheet) -> bool:
    """Whether the cell under the cursor is a number that the row offers."""
    column = screen.column
    # Where a minus sign is typed, it is no key.
    if column is None or not column.is_number or "-" in column.characters:
        return False
    return any(column.name in row.offered for row in screen.entries.rows)


def _draft_keys(screen: KeyedSheet) -> Iterator[Key]:
    words = "Discard everything typed here"
    if len(screen.entries):
        yield Key(
            (":discard",),
            "discard",
            screen.ask_to_discard,
            words,
            6,
            GROUP,
            means="remove",
        )
    if screen.draft.may_discard_others:
        yield Key(
            (":discard-others",),
            "discard others'",
            screen.ask_to_discard_others,
            "Discard what other people typed here",
            7,
            GROUP,
        )
