"""The views of a list: turning through them, and saving its filter and order as one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.declarations import View
from officeops.query.views import save_view
from officeops.tui.base.command_line import views_of
from officeops.tui.terminal.keys import NEVER, Key
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.tui.screens.shown_list import ShownList


def view_keys(shown: ShownList) -> Iterator[Key]:
    """Yield the keys that turn through a list's views and save one."""
    why_no_turn = partial(_why_no_turn, shown)
    yield Key(
        keys=("]",),
        label="view",
        run=partial(step, shown, 1),
        help="Next view",
        rank=8,
        reason=why_no_turn,
    )
    yield Key(
        keys=("[",),
        label="view before",
        run=partial(step, shown, -1),
        help="Previous view",
        rank=NEVER,
        reason=why_no_turn,
    )
    yield Key(
        keys=(":save",),
        means="save-view",
        label="save view",
        run=partial(read_name, shown),
        help="Save this filter and order as a view; `:save NAME` does it at once",
        rank=NEVER,
        reason=partial(_why_no_save, shown),
        take=partial(save, shown),
    )


def _why_no_turn(shown: ShownList) -> str | None:
    if views_of(shown.office, shown.record):
        return None
    return f"{shown.record.meta.many} have no views"


def _why_no_save(shown: ShownList) -> str | None:
    query = shown.state.query
    if query.where or query.sort:
        return None
    return "there is nothing to save; filter or sort the list first"


def step(shown: ShownList, by: int) -> None:
    """Turn to the next view; after the last come all records."""
    # None is the list without a view, which comes after the last one.
    choices = [None, *views_of(shown.office, shown.record)]
    view = shown.state.view
    place = choices.index(view) if view in choices else 0
    shown.state.show(choices[(place + by) % len(choices)])
    shown.changed(from_top=True)


# -- saving ----------------------------------------------------------------------------------------


def read_name(shown: ShownList) -> None:
    """Ask for the view's name."""
    current = shown.state.view.name if shown.state.view else ""
    label = "Save this filter and order as the view: "
    shown.dialog.ask_for(
        label,
        _name,
        partial(save, shown),
        value=current,
    )


def save(shown: ShownList, text: str) -> None:
    """Save the filter and order as a view of this machine, after a `y` if that replaces one.

    Raises UsageProblem for a name that cannot be one, or that a plugin's view has.
    """
    state = shown.state
    name = _name(text) or ""
    # A view of a view keeps its columns: the person sees them on the screen.
    columns = state.view.columns if state.view else ()
    view = View(
        name,
        state.record,
        "",
        state.query.where,
        state.query.sort,
        columns,
    )
    before = _saved_before(shown, name)
    # Saved again unchanged, a view needs no question. One from the screen has no title.
    if before and before.replace(title="") != view:
        question = f"There is a view {safe(name)}. Save over it?"
        shown.dialog.ask(question, partial(_save, shown, view))
    else:
        _save(shown, view)


def _name(text: str) -> str | None:
    """Return a view's name, its words joined by dashes; None for a blank text."""
    return "-".join(text.split()) or None


def _views_named(shown: ShownList, name: str) -> list[View]:
    return [view for view in views_of(shown.office, shown.record) if view.name == name]


def _saved_before(shown: ShownList, name: str) -> View | None:
    """Return the view of this name that was saved on this machine, or None."""
    declared = [view for _, view in shown.office.plugins.registered("views")]
    for view in _views_named(shown, name):
        if view not in declared:
            return view
    return None


def _save(shown: ShownList, view: View) -> None:
    save_view(shown.office, shown.record, view)
    shown.state.show_saved(_views_named(shown, view.name)[0])
    shown.show_bars()
    command = f":{shown.record.meta.noun} {view.name}"
    shown.dialog.say(f"Saved: `{command}` and ] lead to it, and --view on the command line.")
