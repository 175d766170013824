"""The keys that mean the same on every screen, and the keys that move in a list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from officeops.tui.base.examples import destination
from officeops.tui.base.undo_dialog import UndoDialog
from officeops.tui.terminal.keys import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.tui.base.background_work import BackgroundWork
    from officeops.tui.base.dialog import Dialog
    from officeops.tui.base.navigator import Navigator
    from officeops.tui.widgets.rows import RowView

#: The groups under which help lists these keys.
EVERYWHERE = "Everywhere"
LISTS = "Lists"
MOVING = "Moving"


class KeyedScreen(Protocol):
    """The parts of a screen that these keys use."""

    office: Office
    dialog: Dialog
    work: BackgroundWork

    @property
    def navigator(self) -> Navigator:
        """The ways to other screens."""

    @property
    def rows(self) -> RowView | None:
        """The list of the screen, if it has one."""

    def back(self) -> None:
        """Go back to the screen before."""

    def read_find(self) -> None:
        """Ask for words to find on the screen."""

    def read_command(self) -> None:
        """Ask for a place to go."""


def common_keys(screen: KeyedScreen) -> Iterator[Key]:
    """Yield the keys of every screen."""
    navigator = screen.navigator
    command_help = f"Go anywhere: `{destination(screen.office)}`, `today`"
    find_help = "Go to the next line that contains some words"
    browse_help = "Choose a type of record to list"
    messages_help = "Read the last messages in full"
    group = EVERYWHERE
    yield Key(("?",), "help", navigator.open_help, "Show what every key does", 0, group)
    yield Key((":",), "go", screen.read_command, command_help, 3, group)
    yield Key(("/",), "find", screen.read_find, find_help, 9, group)
    back_names = ("escape", "left", "h")
    yield Key(back_names, "back", screen.back, "Go back; nothing is lost", 6, group)
    yield Key(("b",), "browse", navigator.open_record_types, browse_help, 4, group)
    yield from _digit_keys(navigator)
    yield from _undo_keys(screen)
    yield Key(("!", "f2"), "messages", navigator.open_messages, messages_help, 9, group)
    yield Key(("q",), "quit", navigator.leave, "Leave officeops", 5, group)
    yield from movement_keys(screen.rows)


def _digit_keys(navigator: Navigator) -> Iterator[Key]:
    for digit, record in zip("123456789", navigator.record_types(), strict=False):
        label = record.meta.plural.lower()
        run = partial(navigator.list_records, record)
        yield Key((digit,), label, run, f"List {label}", 9, LISTS)


def _undo_keys(screen: KeyedScreen) -> Iterator[Key]:
    dialog = UndoDialog(screen.office, screen.dialog, screen.work)
    why_not = partial(screen.office.why_not, "core.undo")
    rank = 9 if why_not() else 6
    yield Key(
        ("u", ":undo"), "undo", dialog.undo, "Undo your last action", rank, EVERYWHERE, why_not
    )
    yield Key(("U", ":redo"), "redo", dialog.redo, "Undo your last undo", 9, EVERYWHERE, why_not)


def movement_keys(rows: RowView | None) -> Iterator[Key]:
    """Yield the keys that move the cursor of a list; none where there is no list."""
    if rows is None:
        return
    # Two lines stay in sight: the cursor may pass over as many headings, and no line goes by unseen.
    page = max(rows.body_height - 2, 1)
    end = rows.row_count()
    moves = (
        (("up", "k"), -1, "Row up"),
        (("down", "j"), 1, "Row down"),
        (("pageup",), -page, "Page up"),
        (("pagedown",), page, "Page down"),
        (("home", "g"), -end, "First row"),
        (("end", "G"), end, "Last row"),
    )
    for names, distance, words in moves:
        yield Key(names, words.lower(), partial(rows.move, distance), words, 9, MOVING)
