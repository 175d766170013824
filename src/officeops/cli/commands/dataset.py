"""`officeops dataset`: reference lists that are loaded whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.group import Group, example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import print_values, say
from officeops.cli.table import print_table
from officeops.cli.whole_number import WholeNumber
from officeops.core.dataset_load import DatasetLoad
from officeops.exchange.datasets.loading import load
from officeops.exchange.datasets.stored import dataset_called, datasets, rows_of
from officeops.exchange.formats.source import Source, from_path, from_stream
from officeops.model.error_words import one_line
from officeops.model.errors import UsageProblem
from officeops.office.stale_datasets import last_load, stale_from
from officeops.values.convert import plain
from officeops.values.text import safe
from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.office.office import Office

#: Rows that are shown without --limit.
SHOWN = 100


@click.group(cls=Group)
def dataset() -> None:
    """Load reference lists, such as a list of excluded people, and look into them."""


@dataset.command("list")
@click.option("--loads", is_flag=True, help="List every load, with the digest of its file.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.pass_context
def list_(
    ctx: click.Context,
    *,
    loads: bool,
    as_json: bool,
) -> None:
    """List the datasets: their rows, the day they are of, and from when they are too old."""
    office = office_of(ctx)
    # A plugin that failed may have a dataset that this list then lacks.
    datasets(office)
    if run_of(ctx).troubles:
        run_of(ctx).incomplete()
    if loads:
        _list_loads(office, as_json=as_json)
        return
    names = ["key", "title", "rows", "as_of", "stale_from", "file"]
    rows = [_facts(office, one) for one in datasets(office) if office.may(f"{one.key}.view")]
    if as_json:
        print_values(names, rows, as_json=True)
    else:
        heads = ["Dataset", "Title", "Rows", "As of", "Stale from", "File"]
        numbers = [False, False, True, False, False, False]
        print_table(heads, _texts(rows), numbers, [1, 2, 3, 4, 5, 6])


def _list_loads(office: Office, *, as_json: bool) -> None:
    """List the loads of the datasets that a person may see, the latest first."""
    visible = [one.key for one in datasets(office) if office.may(f"{one.key}.view")]
    at = DatasetLoad.meta.by_name["loaded_at"]
    rows: list[list[Any]] = []
    for one in office.all(DatasetLoad):
        if one.dataset in visible:
            moment = str(plain(at, one.loaded_at, office.ways))
            rows.append([one.dataset, str(one.as_of), one.row_count, moment, one.file, one.digest])
    rows.reverse()
    names = ["dataset", "as_of", "rows", "loaded_at", "file", "sha256"]
    if as_json:
        print_values(names, rows, as_json=True)
    else:
        heads = ["Dataset", "As of", "Rows", "Loaded at", "File", "SHA-256"]
        print_table(
            heads, _texts(rows), [False, False, True, False, False, False], [1, 2, 3, 4, 5, 6]
        )


def _texts(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """Return rows as a table takes them: texts of one line, numbers in groups of three."""
    return [
        [f"{cell:,}" if isinstance(cell, int) else safe(one_line(cell)) for cell in row]
        for row in rows
    ]


def _facts(office: Office, one: Any) -> list[Any]:  # noqa: ANN401 - a dataset
    last = last_load(office, one)
    day = stale_from(office, one)
    facts = [last.row_count, str(last.as_of), last.file] if last else [0, "", ""]
    return [one.key, one.title, facts[0], facts[1], str(day or ""), facts[2]]


@example("exclusions exclusions.csv --as-of 2026-11-01")
@dataset.command("load")
@click.argument("name")
@click.argument("file", metavar="FILE")
@click.option("--as-of", metavar="DATE", help="The day that the list is of. [default: today]")
@click.option("--fewer", is_flag=True, help="Take a file much smaller than the last one.")
@outcome_option
@click.pass_context
def load_(
    ctx: click.Context,
    name: str,
    file: str,
    as_of: str | None,
    *,
    fewer: bool,
) -> None:
    """Replace a dataset by a file; `-` reads standard input."""
    from officeops.values.dates import read_date

    office = office_of(ctx)
    chosen = dataset_called(office, name)
    try:
        day = read_date(as_of, office.ways) if as_of else None
    except ValueError as error:
        raise UsageProblem(f"--as-of {error}.", code="not-a-date") from None
    source = _opened(file)
    try:
        loaded = load(office, chosen, source, day, fewer=fewer, request=run_of(ctx).request)
    finally:
        source.close()
    if loaded.is_same:
        words = "the same file as before, so only its date was noted"
    elif loaded.before is None:
        words = count(loaded.rows, "row")
    else:
        words = f"{count(loaded.rows, 'row')} in place of {loaded.before:,}"
    say_outcome(ctx, f"{chosen.title}: {words}.")


def _opened(file: str) -> Source:
    if file != "-":
        return from_path(Path(file), safe(Path(file).name))
    if sys.stdin.isatty():
        raise UsageProblem(
            "`-` reads standard input, but nothing is sent to it; pipe a file in.",
            code="needed",
        )
    return from_stream(sys.stdin.buffer, "standard input")


@dataset.command("show")
@click.argument("name")
@click.option("--where", default="", metavar="FILTER", help="COLUMN=TEXT or COLUMN~TEXT, or more.")
@click.option("--limit", type=WholeNumber(1), metavar="N", help="Show so many. [default: 100]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array, all rows of it.")
@click.pass_context
def show(
    ctx: click.Context,
    name: str,
    where: str,
    limit: int | None,
    *,
    as_json: bool,
) -> None:
    """Show the rows of a dataset."""
    office = office_of(ctx)
    chosen = dataset_called(office, name)
    if as_json:
        print_values(list(chosen.columns), rows_of(office, chosen, where, limit), as_json=True)
        return
    most = limit or SHOWN
    # One more tells whether there are more.
    rows = rows_of(office, chosen, where, most + 1)
    width = len(chosen.columns)
    columns = list(chosen.columns)
    print_table(columns, _texts(rows[:most]), [False] * width, [*range(1, width + 1)])
    if len(rows) > most:
        say(f"There are more than {count(most, 'row')}: narrow --where, or raise --limit.")
