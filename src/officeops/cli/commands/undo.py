"""`officeops undo` and `redo`."""

from __future__ import annotations

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import say
from officeops.model.errors import UsageProblem


@click.command()
@click.argument("action", required=False, metavar="[ACTION]")
@click.pass_context
def undo(ctx: click.Context, /, action: str | None) -> None:
    """Undo your last action, or the one with a number from `officeops history`: all of it or nothing."""
    from officeops.history.undo import undo as take_back

    number = _number(action)
    _answer(ctx, lambda office, request: take_back(office, number, request=request))


@click.command()
@click.argument("action", required=False, metavar="[ACTION]")
@click.pass_context
def redo(ctx: click.Context, /, action: str | None) -> None:
    """Redo the action that you undid last, or a named one: by its number, or its undo's."""
    from officeops.history.undo import redo as again

    number = _number(action)
    _answer(ctx, lambda office, request: again(office, number, request=request))


def _number(action: str | None) -> int | None:
    """Return the number of the action that is named. Raises UsageProblem for a word that is none."""
    if action is None:
        return None
    number = action.removeprefix("#")
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        raise UsageProblem(
            f"{action!r} is not the number of an action. `officeops history` shows them."
        )
    return int(number)


def _answer(ctx: click.Context, act: object) -> None:
    from officeops.model.errors import Already

    assert callable(act)  # noqa: S101 - one of the two above
    try:
        say(act(office_of(ctx), run_of(ctx).request))
    except Already as done:
        run_of(ctx).repeat(done)
