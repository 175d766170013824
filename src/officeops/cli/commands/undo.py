"""`officeops undo` and `redo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.model.errors import Already, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable

#: SQLite's largest number has 19 digits.
_MOST_DIGITS: Final = 18


@click.command()
@click.argument("action", required=False, metavar="[ACTION]")
@outcome_option
@click.pass_context
def undo(ctx: click.Context, /, action: str | None) -> None:
    """Undo your last action, or the one with a number from `officeops history`.

    The whole action is undone, or nothing.
    """
    from officeops.history.undo import undo as undo_action

    _answer(ctx, undo_action, action)


@click.command()
@click.argument("action", required=False, metavar="[ACTION]")
@outcome_option
@click.pass_context
def redo(ctx: click.Context, /, action: str | None) -> None:
    """Redo the action that you undid last, or a named one: by its number, or its undo's."""
    from officeops.history.undo import redo as redo_action

    _answer(ctx, redo_action, action)


def _answer(
    ctx: click.Context,
    act: Callable[..., str],
    action: str | None,
) -> None:
    number = _number(action)
    try:
        say_outcome(ctx, act(office_of(ctx), number, request=run_of(ctx).request))
    except Already as done:
        run_of(ctx).repeat(done)


def _number(action: str | None) -> int | None:
    """Return the number of the named action. Raises UsageProblem for a word that is no number."""
    if action is None:
        return None
    # As people write a number: #17.
    number = action.removeprefix("#")
    if not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
        raise UsageProblem(
            f"{action!r} is not the number of an action. `officeops history` shows them.",
            code="malformed",
        )
    return int(number)
