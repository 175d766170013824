"""Request ids of commands on a record: a repeated line is answered, even if its record is gone."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.cli.context import run_of
from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

    from officeops.model.records import Record


@contextmanager
def found_for(
    context: click.Context,
    verb: str,
    record: type[Record] | None,
    word: str,
) -> Iterator[None]:
    """Run a block that looks for the record `word`, on which the action `verb` is to act.

    The first run of this request may be why the word no longer means a record: it was archived or
    renamed then. Raises Already, with the first answer, where the block finds nothing for that
    reason; else the error of the block.
    """
    try:
        yield
    # Without a request id, the error is the answer.
    except OfficeError:
        run = run_of(context)
        if record is not None and run.request:
            from officeops.office.repeated_requests import is_of

            office = run.office()
            office.once(run.request, verb, is_of(office, record, word))
        raise
