"""Request ids of commands on a record: a repeated line is answered, even if its record is gone."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.cli.context import run_of
from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

    from officeops.cli.context import Run
    from officeops.model.errors import Already
    from officeops.model.records import Record


@contextmanager
def found_for(
    context: click.Context,
    verb: str,
    record: type[Record] | None,
    word: str,
    count: int = 1,
    *,
    partly: bool = False,
) -> Iterator[None]:
    """Run a block that looks for what a line names, on which the action `verb` is to act.

    The first run of this request, or work since then, may be why a word no longer means a record:
    it was archived or renamed. Raises Already, with the first answer, where the block finds
    nothing for that reason; else the error of the block. A line about `count` records has as many
    actions, with a request id each. `partly` says that the line has more than the record's word.
    """
    try:
        yield
    # Without a request id, the error is the answer.
    except OfficeError:
        run = run_of(context)
        if not run.request:
            raise
        if done := repeated(run, count):
            raise done from None
        if record is not None and count == 1:
            from officeops.office.repeated_requests import is_of

            office = run.office()
            office.once(run.request, verb, is_of(office, record, word), partly=partly)
        raise


def repeated(run: Run, count: int = 1) -> Already | None:
    """Find what this very line did before under its request id, in `count` actions."""
    requests = [request_of(run, place) for place in range(count)]
    return run.office().repeated(filter(None, requests))


def repeated_line(run: Run) -> Already | None:
    """Find what a line that is refused now did before; None before its office was open."""
    if run.command is None:
        return None
    which = run.command.params.get("which")
    return repeated(run, len(which) if isinstance(which, tuple) else 1)


def request_of(run: Run, place: int) -> str | None:
    """Return the request id of an action of the line: the n-th has a number of its own."""
    return f"{run.request} ({place + 1})" if run.request and place else run.request
