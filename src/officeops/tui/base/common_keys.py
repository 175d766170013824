"""The keys that mean the same on every screen, and the keys that move in a list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from officeops.tui.base.examples import destination
from officeops.tui.base.undo_dialog import UndoDialog
from officeops.tui.terminal.keys import NEVER, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.tui.base.background_work import BackgroundWork
    from officeops.tui.base.dialog import Dialog
    from officeops.tui.base.navigator import Navigator
    from officeops.tui.widgets.rows import RowView

#: The groups under which help lists these keys.
EVERYWHERE: Final = "Everywhere"
LISTS: Final = "Lists"
MOVING: Final = "Moving"


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

    def read_act(self) -> None:
        """Ask what to do here."""

    def copy(self) -> None:
        """Copy the row under the cursor."""


def common_keys(screen: KeyedScreen) -> Iterator[Key]:
    """Yield the keys of every screen."""
    yield from _screen_keys(screen)
    yield from _list_keys(screen.navigator)
    yield from _undo_keys(screen)
    yield _pin_key(screen)
    yield from _program_keys(screen.navigator)
    yield from movement_keys(screen.rows)


def _screen_keys(screen: KeyedScreen) -> Iterator[Key]:
    example = f"Go anywhere: `{destination(screen.office)}`, `today`"
    line = "Show only the lines that have some words"
    there = "Go to where you were before the last jump, and back"
    for name, label, run, words, rank in (
        ("?", "help", screen.navigator.open_help, "Show what every key does", 0),
        (":", "go", screen.read_command, example, 3),
        ("/", "find", screen.read_find, line, NEVER),
        ("-", "there", screen.navigator.go_to_left, there, NEVER),
    ):
        yield Key((name,), label, run, words, rank, EVERYWHERE)
    # Unlike the others here it is about the rows, so it waits until they are read.
    yield Key(
        keys=(),
        label="act",
        run=screen.read_act,
        help="Choose among all that can be done here, by name",
        rank=3,
        means="act",
    )
    yield Key(
        keys=(":copy-row",),
        label="copy",
        run=screen.copy,
        help="Copy the name of the row to your clipboard",
        rank=NEVER,
        means="copy",
    )
    yield Key(
        keys=("escape", "left"),
        label="back",
        run=screen.back,
        help="Go back; nothing is lost",
        rank=6,
        group=EVERYWHERE,
        means="back",
    )


def _list_keys(navigator: Navigator) -> Iterator[Key]:
    yield Key(
        keys=(),
        means="browse",
        label="browse",
        run=navigator.open_record_types,
        help="Choose a type of record to list",
        rank=4,
        group=EVERYWHERE,
    )
    # There are more types than digits; `b` lists the others.
    for digit, record in zip("123456789", navigator.record_types(), strict=False):
        plural = record.meta.many
        yield Key(
            keys=(digit,),
            label=plural,
            run=partial(navigator.list_records, record),
            help=f"List {plural}",
            rank=NEVER,
            group=LISTS,
        )


def _undo_keys(screen: KeyedScreen) -> Iterator[Key]:
    dialog = UndoDialog(screen.office, screen.dialog, screen.work)
    why_not = partial(screen.office.why_not, "core.undo")
    yield Key(
        keys=(":undo",),
        means="undo",
        label="undo",
        run=dialog.undo,
        help="Undo your last action",
        rank=NEVER if why_not() else 6,
        group=EVERYWHERE,
        reason=why_not,
    )
    yield Key(
        keys=(":undo-list",),
        label="undo list",
        run=screen.navigator.open_undo_list,
        help="List your last actions, to undo one of them",
        rank=NEVER,
        group=EVERYWHERE,
        reason=why_not,
    )
    yield Key(
        keys=(":redo",),
        means="redo",
        label="redo",
        run=dialog.redo,
        help="Undo your last undo",
        rank=NEVER,
        group=EVERYWHERE,
        reason=why_not,
    )


def _pin_key(screen: KeyedScreen) -> Key:
    return Key(
        keys=(":pin",),
        label="PIN",
        run=screen.navigator.open_pin,
        help="Set your own PIN, for workstations that people share",
        rank=NEVER,
        group=EVERYWHERE,
        reason=partial(screen.office.why_not, "core.pin.set"),
    )


def _program_keys(navigator: Navigator) -> Iterator[Key]:
    messages = "Read the last messages in full"
    yield Key(("!", "f2"), "messages", navigator.open_messages, messages, NEVER, EVERYWHERE)
    yield Key(
        keys=(),
        means="quit",
        label="quit",
        run=navigator.leave,
        help="Leave officeops",
        rank=5,
        group=EVERYWHERE,
    )


def movement_keys(rows: RowView | None) -> Iterator[Key]:
    """Yield the keys that move the cursor of a list; none without a list."""
    if rows is None:
        return
    # Two lines stay in sight: the cursor may pass over as many headings.
    page = max(rows.body_height - 2, 1)
    end = rows.row_count()
    moves = (
        ("up", "up", rows.move, -1, "Row up"),
        ("down", "down", rows.move, 1, "Row down"),
        ("pageup", "", rows.move_page, -page, "Page up"),
        ("pagedown", "", rows.move_page, page, "Page down"),
        ("home", "first", rows.move, -end, "First row"),
        ("end", "last", rows.move, end, "Last row"),
    )
    for name, meaning, move, distance, words in moves:
        yield Key(
            keys=(name,),
            means=meaning,
            label=words.lower(),
            run=partial(move, distance),
            help=words,
            rank=NEVER,
            group=MOVING,
        )
