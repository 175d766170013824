"""The columns of a list: the key that chooses them, and what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.errors import Refused
from officeops.query.columns import chosen_columns
from officeops.tui.screens.kept_columns import keep_columns, kept_columns
from officeops.tui.terminal.keys import NEVER, Key
from officeops.tui.widgets.columns import listed
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.fields import Field
    from officeops.tui.screens.shown_list import ShownList


def columns_key(shown: ShownList) -> Key:
    """Return the key that chooses the columns of the list."""
    return Key(
        keys=(":columns",),
        label="columns",
        run=partial(read_columns, shown),
        help="Choose the columns and their order; `:columns all` shows all again",
        rank=NEVER,
        take=partial(set_columns, shown),
    )


def columns_of(shown: ShownList) -> Sequence[Field]:
    """Return the fields that the list may show: those that the person chose, or its own."""
    state, away = shown.state, shown.office.withheld(shown.record)
    if state.columns is None:
        state.columns = kept_columns(shown.office, _key(shown))
    meta = shown.record.meta
    return listed(meta, state.view, away, state.columns)


def _key(shown: ShownList) -> str:
    view = shown.state.view
    return f"{shown.state.record}/{view.name}" if view else shown.state.record


def read_columns(shown: ShownList) -> None:
    """Ask for the columns; the line begins with those of now."""
    names = [field.public_name for field in columns_of(shown) if field.name != "id"]
    shown.dialog.ask_for(
        "Columns: ",
        str,
        partial(set_columns, shown),
        value=", ".join(names),
        complete=partial(_complete, shown),
    )


def _complete(shown: ShownList, text: str) -> str | None:
    before, comma, typed = text.rpartition(",")
    typed = typed.strip()
    start = f"{before}{comma} " if comma else ""
    for field in shown.office.shown(shown.record):
        if typed and field.public_name.startswith(typed):
            return start + field.public_name
    return None


def set_columns(shown: ShownList, text: str) -> None:
    """Show the columns named, in their order, and keep the choice.

    Raises UsageProblem for a name that is no field; the list then stays as it was.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    if text.strip() == "all":
        names = []
    chosen = chosen_columns(shown.office, shown.record, ",".join(names))
    shown.state.columns = tuple(field.name for field in chosen) if names else ()
    shown.changed()
    try:
        keep_columns(shown.office, _key(shown), shown.state.columns)
    except Refused as why:
        shown.dialog.say(safe(f"The columns are for this session alone: {why}"))
    else:
        shown.dialog.say("The columns are kept for you." if names else "All columns are shown.")
