"""What the commands of the schedule print, and the one decorator that prints it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from officeops.commands import entitle, office_of, output_options, print_rows, say
from officeops_hr.roster.check_option import ended

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops import Field, Record
    from officeops.values import Conventions


class PrintedTable(NamedTuple):
    """The rows that a command prints, under a title for paper and files."""

    title: str
    columns: Sequence[Field]
    rows: Sequence[tuple[object, ...]]
    #: The sentence for an empty table.
    nothing: str
    #: The line below the title.
    under: str = ""
    #: The column whose text goes on in the next line of a terminal.
    wraps: str = ""
    #: What `--check` looks for is there.
    is_due: bool = False
    #: What people read after the rows; a program reads the rows alone.
    notes: tuple[str, ...] = ()
    #: What nobody may miss, beside the rows of a file too.
    warning: str = ""


def prints(*seen: type[Record]) -> Callable[[Callable[..., PrintedTable | None]], Any]:
    """Make a function the callback of a command that prints the table it returns, if any.

    The function is called with the office; the person must be allowed to view the records `seen`.
    The command has the options of everything that prints, and with `check_option` its exit code.
    """

    def made(table_of: Callable[..., PrintedTable | None]) -> Any:  # noqa: ANN401 - a click decorator
        @output_options
        @wraps(table_of)
        @click.pass_context
        def run(
            ctx: click.Context,
            /,
            *,
            as_json: bool,
            as_csv: bool,
            check: bool = False,
            **given: object,
        ) -> int:
            office = office_of(ctx)
            for kind in seen:
                office.allow_view(kind)
            table = table_of(office, **given)
            if table is None:
                return 0
            _print(table, office.ways, as_json=as_json, as_csv=as_csv)
            return ended(table.is_due, check=check)

        return run

    return made


def _print(
    table: PrintedTable,
    ways: Conventions,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    entitle(table.title, table.under)
    print_rows(
        table.columns,
        table.rows,
        ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=table.nothing,
        wraps=table.wraps,
    )
    if not as_json and not as_csv:
        for note in table.notes:
            say(note)
    if table.warning:
        say(table.warning)
