"""`officeops undo` and `redo`."""

from __future__ import annotations

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import say
from officeops.errors import UsageProblem


@click.command()
@click.argument("action", required=False, metavar="[ACTION]")
@click.pass_context
def undo(ctx: click.Context, /, action: str | None) -> None:
    """Take back your last action, or the one whose number `officeops history` shows. All of it or nothing."""
    from officeops.undo import undo as take_back

    number = (action or "").removeprefix("#")
    if action is not None and (not number.isdecimal() or len(number) > 18):
        raise UsageProblem(f"{action!r} is not the number of an action. `officeops history` shows them.")
    _answer(ctx, lambda office, request: take_back(office, int(number) if number else None, request=request))


@click.command()
@click.pass_context
def redo(ctx: click.Context, /) -> None:
    """Take back your last undo."""
    from officeops.undo import redo as again

    _answer(ctx, lambda office, request: again(office, request=request))


def _answer(ctx: click.Context, act: object) -> None:
    from officeops.errors import Already

    assert callable(act)  # noqa: S101 - one of the two above
    try:
        say(act(office_of(ctx), run_of(ctx).request))
    except Already as done:
        say(f"Done before under this request id: {done.outcome}")
