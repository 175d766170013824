"""The filter, the order and the archived records of a list: their keys, and what they do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.tui.base.examples import example
from officeops.tui.terminal.keys import NEVER, Key
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.tui.screens.shown_list import ShownList


def filter_key(shown: ShownList, *, in_sight: bool) -> Key:
    """Return the key that filters the list.

    Where all rows are `in_sight`, the actions on them come before it in the key line.
    """
    return Key(
        keys=("/",),
        label="filter",
        run=partial(read_filter, shown),
        help=f"Show only what matches: {example(shown.record)}",
        rank=4 if in_sight else 1,
    )


def order_keys(shown: ShownList) -> Iterator[Key]:
    """Yield the keys that sort the list."""
    yield Key(
        keys=(":sort",),
        means="sort",
        label="sort",
        run=partial(read_sort, shown),
        help="Sort by a column; -name reverses it",
        rank=7,
    )
    yield Key(
        keys=(":reverse",),
        means="reverse",
        label="turn",
        run=partial(reverse_sort, shown),
        help="Reverse the order",
        rank=NEVER,
    )


def archived_key(shown: ShownList) -> Key:
    """Return the key that shows archived records."""
    return Key(
        keys=(":archived",),
        means="hidden",
        label="archived",
        run=partial(toggle_archived, shown),
        help="Show archived records too, or hide them",
        rank=NEVER,
    )


# -- filter ----------------------------------------------------------------------------------------


def read_filter(shown: ShownList) -> None:
    """Ask for a filter, and follow it while it is typed."""
    shown.keep_place()
    shown.dialog.ask_for(
        "/",
        str,
        partial(set_filter, shown),
        value=shown.state.filter,
        follow=partial(follow_filter, shown),
    )


def follow_filter(shown: ShownList, text: str) -> None:
    """Filter the list by the text so far, if it is another filter that can be read."""
    if text.strip() != shown.state.filter:
        set_filter(shown, text)


def clear_filter(shown: ShownList) -> bool:
    """Take back the filter that was typed; whether there was one."""
    if shown.state.filter == shown.state.given:
        return False
    set_filter(shown, shown.state.given)
    return True


def set_filter(shown: ShownList, text: str) -> None:
    """Filter the list.

    Raises UsageProblem if the filter cannot be read; the list then stays as it was.
    """
    query = shown.office.query(shown.record)
    # This raises before anything changes.
    query.where(text)
    shown.state.filter = text.strip()
    shown.changed()
    if query.remarks:
        shown.dialog.say(" ".join(map(safe, query.remarks)))


# -- order -----------------------------------------------------------------------------------------


def read_sort(shown: ShownList) -> None:
    """Ask for the column to sort by."""
    shown.dialog.ask_for(
        f"Sort ({shown.sort}) by: ",
        str,
        partial(set_sort, shown),
        complete=partial(_complete_column, shown),
    )


def _complete_column(shown: ShownList, text: str) -> str | None:
    start = "-" if text.startswith("-") else ""
    typed = text.removeprefix("-")
    if not typed:
        return None
    for field in shown.office.shown(shown.record):
        if not field.sealed and field.public_name.startswith(typed):
            return start + field.public_name
    return None


def set_sort(shown: ShownList, text: str) -> None:
    """Sort the list.

    Raises UsageProblem if there is no such column; the list then stays as it was.
    """
    # `order` is lazy: the list makes it raise before anything changes.
    list(shown.office.query(shown.record).order(text))
    shown.state.sort = text.strip()
    shown.changed(from_top=True)


def reverse_sort(shown: ShownList) -> None:
    """Reverse the order of the first column; the others are left out."""
    first = shown.sort.partition(",")[0]
    is_descending = first.startswith("-")
    set_sort(shown, first.removeprefix("-") if is_descending else f"-{first}")


# -- archived records ------------------------------------------------------------------------------


def toggle_archived(shown: ShownList) -> None:
    """Show archived records too, or hide them."""
    shown.state.archived = not shown.state.archived
    shown.changed()
    if shown.state.archived:
        shown.dialog.say("Archived ones are shown too.")
    else:
        shown.dialog.say("Archived ones are hidden.")
