"""`officeops dataset`: reference lists that are loaded whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.group import Group, example
from officeops.cli.on_page import page
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.cli.repeated_options import all_of
from officeops.cli.whole_number import WholeNumber
from officeops.core.dataset_load import DatasetLoad
from officeops.exchange.datasets.loading import load
from officeops.exchange.datasets.stored import dataset_called, datasets, rows_of
from officeops.exchange.formats.source import Source, from_path, from_stream
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.model.sql_values import to_sql
from officeops.office.stale_datasets import last_load, stale_from
from officeops.values.text import safe
from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.dataset import Dataset
    from officeops.office.office import Office

#: Rows that are shown without --limit.
SHOWN = 100
#: Columns of the datasets, and of their loads.
FIELDS = [
    Field("text", label="Dataset", list_rank=1).named("key", "str"),
    Field("text", label="Title", list_rank=2).named("title", "str"),
    Field("number", label="Rows", list_rank=3).named("rows", "int"),
    Field("date", label="As of", list_rank=4).named("as_of", "date"),
    Field("date", label="Stale from", list_rank=5).named("stale_from", "date"),
    Field("text", label="File", list_rank=6).named("file", "str"),
]
LOAD_FIELDS = [
    Field("text", label="Dataset", list_rank=1).named("dataset", "str"),
    Field("date", label="As of", list_rank=2).named("as_of", "date"),
    Field("number", label="Rows", list_rank=3).named("rows", "int"),
    Field("instant", label="Loaded at", list_rank=4).named("loaded_at", "datetime"),
    Field("text", label="File", list_rank=5).named("file", "str"),
    Field("text", label="SHA-256", list_rank=6).named("sha256", "str"),
]


@click.group(cls=Group)
def dataset() -> None:
    """Load reference lists, such as a list of excluded people, and look into them."""


@dataset.command("list")
@click.option("--loads", is_flag=True, help="List every load, with the digest of its file.")
@output_options
@click.pass_context
def list_(
    ctx: click.Context,
    *,
    loads: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the datasets: their rows, the day they are of, and from when they are too old."""
    office = office_of(ctx)
    # A plugin that failed may have a dataset that this list then lacks.
    visible = [one for one in datasets(office) if office.may(f"{one.key}.view")]
    if run_of(ctx).troubles:
        run_of(ctx).incomplete()
    fields = LOAD_FIELDS if loads else FIELDS
    rows = _loads(office, visible) if loads else [_facts(office, one) for one in visible]
    nothing = "No list was loaded." if loads else "No plugin has a dataset that you may see."
    print_rows(fields, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)


def _loads(office: Office, visible: Sequence[Dataset]) -> list[list[Any]]:
    """Return a row for each load of some datasets, the latest first."""
    keys = [one.key for one in visible]
    rows: list[list[Any]] = []
    for one in office.all(DatasetLoad):
        if one.dataset in keys:
            facts = [one.dataset, to_sql(one.as_of), one.row_count, to_sql(one.loaded_at)]
            rows.append([*facts, one.file, one.digest])
    return rows[::-1]


def _facts(office: Office, one: Dataset) -> list[Any]:
    last = last_load(office, one)
    # A list that was never loaded has no number of rows.
    facts = [last.row_count, to_sql(last.as_of)] if last else [None, None]
    file = last.file if last else None
    return [one.key, one.title, *facts, to_sql(stale_from(office, one)), file]


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
@click.option(
    "--where",
    multiple=True,
    callback=all_of,
    metavar="FILTER",
    help="COLUMN=TEXT or COLUMN~TEXT, or more.",
)
@click.option("--search", metavar="WORDS", help="Words of the columns that the list searches.")
@click.option("--limit", type=WholeNumber(1), metavar="N", help="Show so many. [default: 100]")
@output_options
@click.pass_context
def show(
    ctx: click.Context,
    name: str,
    where: str,
    search: str | None,
    limit: int | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show the rows of a dataset: on a terminal the first hundred, in a file and as JSON all.

    --search finds rows whose words begin with yours, in any case, with or without accents.
    """
    office = office_of(ctx)
    chosen = dataset_called(office, name)
    is_whole = as_json or as_csv or page() is not None
    most = limit or (None if is_whole else SHOWN)
    # One more tells whether there are more.
    rows = rows_of(office, chosen, where, most + 1 if most else None, search)
    fields = [Field("text", label=column).named(column, "str") for column in chosen.columns]
    print_rows(fields, rows[:most], office.ways, as_json=as_json, as_csv=as_csv)
    if most and len(rows) > most and not is_whole:
        say(
            f"There are more than {count(most, 'row')}: narrow --where or --search, or raise --limit."
        )
