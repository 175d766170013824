"""`officeops NOUN import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import say
from officeops.cli.verbs.import_bad_rows import bad_path, next_step, print_bad, write_bad
from officeops.cli.verbs.import_maps import Maps
from officeops.cli.verbs.import_report import Report, code, print_json, print_report
from officeops.cli.verbs.own_formats import (
    FormatChoice,
    format_by_content,
    format_of_file,
    named_format,
    plugin_of,
)
from officeops.cli.whole_number import WholeNumber
from officeops.exchange.columns.date_orders import ORDERS
from officeops.exchange.columns.decimal_marks import MARKS
from officeops.exchange.columns.header_row import find_header
from officeops.exchange.columns.matching import read_told
from officeops.exchange.formats.reading import FORMATS, Table, is_known, open_own, open_table
from officeops.exchange.formats.unreadable import Unreadable
from officeops.exchange.imports.import_run import import_fields
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.model.errors import Refused, UsageProblem
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.exchange.formats.plugin_rows import PluginRows
    from officeops.model.declarations import Format
    from officeops.model.records import Record


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="COLUMN=FIELD",
        help="The field that a column fills; remembered for files with these columns.",
    )
    @click.option(
        "--ignore",
        multiple=True,
        metavar="COLUMN",
        help="A column to leave out; remembered too.",
    )
    @click.option(
        "--set",
        multiple=True,
        metavar="FIELD=VALUE",
        help="The value of a field in every row.",
    )
    @click.option(
        "--forget-maps",
        is_flag=True,
        help="Forget the remembered answers for files with these columns.",
    )
    @click.option(
        "--key",
        default="",
        metavar="FIELDS",
        help="The fields that identify an existing record.",
    )
    @click.option(
        "--update",
        is_flag=True,
        help="Change existing records. [default: list rows that differ]",
    )
    @click.option(
        "--skip-bad",
        is_flag=True,
        help="Import the good rows and write the bad ones to FILE.bad.csv, beside the file; "
        "ends with 5.",
    )
    @click.option(
        "--dry-run",
        is_flag=True,
        help="Check everything, show the result, and keep nothing.",
    )
    @click.option(
        "--format",
        "form",
        type=FormatChoice(FORMATS, record),
        help="The file's format, if its name and content mislead.",
    )
    @click.option("--encoding", help="The file's encoding, if it is not recognized.")
    @click.option("--delimiter", help="The CSV delimiter, if it is not recognized.")
    @click.option(
        "--header-row",
        type=WholeNumber(0),
        metavar="N",
        help="The row with the column names; 0 if there is none.",
    )
    @click.option(
        "--keep-totals",
        is_flag=True,
        help="Also import rows that look like totals or repeat the header.",
    )
    @click.option("--sheet", help="The sheet of a workbook. [default: the first]")
    @click.option(
        "--date-order",
        type=click.Choice(list(ORDERS)),
        help="The order of dates in numbers, if the columns do not show it.",
    )
    @click.option(
        "--decimal",
        type=click.Choice(list(MARKS)),
        help="The file's decimal mark, if the columns do not show it.",
    )
    @click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Print the outcome as JSON.",
    )
    @click.pass_context
    def run(ctx: click.Context, /, file: str, as_json: bool, **asked: Any) -> int:  # noqa: ANN401, FBT001
        office = office_of(ctx)
        # Before the import: a name that is taken must not show up when the good rows are saved.
        path = bad_path(file) if asked["skip_bad"] and not run_of(ctx).gated else None
        nested = [child.options for child in record.children]
        own = _own(ctx, record, file, asked["form"])
        _refuse_unread(own, _name(file))
        with _open(ctx, file, asked, own, nested) as base:
            _refuse_empty(base, _name(file))
            _find_header(base, record, asked)
            maps = Maps(run_of(ctx).machine, record, base, asked)
            table = maps.table()
            table.notes += maps.notes()
            options = _options(asked, maps.mapping, run_of(ctx).request)
            # The digest tells a file that is imported twice from one that was changed in between.
            source = f"{_name(file)}:{table.digest[:16]}"
            outcome = import_table(office, record, table, options, source)
            # A dry run or a refused file must not teach answers for the next one.
            if outcome.kept:
                maps.remember()
            report = Report(office, record, table, outcome, asked)
            return _answer(report, path, as_json=as_json)

    fields = ", ".join(field.public_name for field in import_fields(record))
    first = (
        f"Read {record.meta.many} from a CSV, XLSX, XLS, XLSB, ODS or JSON file; "
        "`-` reads standard input."
    )
    text = f"{first}\n\nFields: {fields}."
    command = click.Command(verb, callback=run, help=text, short_help=first)
    parameters: list[click.Parameter] = run.__click_params__[::-1]  # type: ignore[attr-defined]
    command.params = [click.Argument(["file"], metavar="FILE"), *parameters]
    return command


def _find_header(
    table: Table,
    record: type[Record],
    asked: dict[str, Any],
) -> None:
    """Find the row with the column names; columns that the line names help to know it."""
    named = [column for column, _ in read_told(asked["maps"])]
    find_header(table, import_fields(record), named, asked["header_row"])


def _own(
    ctx: click.Context,
    record: type[Record],
    file: str,
    form: str | None,
) -> Format | None:
    """Return the plugins' format of a file; None for a format of the program's own."""
    if form is not None:
        return None if form in FORMATS else named_format(ctx, record, form)
    # The content decides before the name: a device's report may have the ending of a table.
    if by_content := format_by_content(ctx, record, file):
        return by_content
    return None if is_known(file) else format_of_file(ctx, record, file)


def _refuse_unread(own: Format | None, name: str) -> None:
    """Raise Unreadable for a file of a format that a plugin only writes, such as a calendar."""
    if own is not None and not own.read:
        raise Unreadable(
            f"{name} is of the format {own.name}, which officeops writes and does not read. "
            "If it is a table all the same, say so with --format."
        )


def _open(
    ctx: click.Context,
    file: str,
    asked: dict[str, Any],
    own: Format | None,
    nested: Sequence[str],
) -> Table:
    how = {
        "nested": nested,
        "format": asked["form"],
        "encoding": asked["encoding"],
        "delimiter": asked["delimiter"],
        "sheet": asked["sheet"],
    }
    if file == "-":
        # Without a pipe the command would wait for a person to type a table.
        if sys.stdin.isatty():
            raise UsageProblem(
                "`-` reads standard input, but nothing is sent to it; pipe a file in.",
                code="needed",
            )
        stream, name = sys.stdin.buffer, "standard input"
        if own is not None:
            return open_own(own, _reader(ctx, own), None, stream, name)
        return open_table(None, stream=stream, name=name, **how)
    if own is not None:
        return open_own(own, _reader(ctx, own), Path(file))
    return open_table(Path(file), **how)


def _reader(ctx: click.Context, own: Format) -> PluginRows:
    """Return the code of a plugin's format, which answers for its faults."""
    from officeops.exchange.formats.plugin_rows import PluginRows
    from officeops.exchange.formats.plugin_table import misfit

    place = f"the format {own.name}"
    return PluginRows(office_of(ctx), plugin_of(ctx, own), place, own.read, misfit)


def _refuse_empty(table: Table, name: str) -> None:
    """Raise Refused for a file without a single column: the export that made it failed.

    A JSON list without records is none of these: it has no rows. Any other empty file, taken as a file without rows, it would end with 0, and nobody would look into the export.
    """
    if not (table.columns or table.is_empty_list):
        what = "Standard input" if name == "-" else name
        raise Refused(
            f"{what} is empty: it has no columns. The export that made it failed. "
            "Nothing was imported",
            code="needed",
        )


def _name(file: str) -> str:
    """Return a file's name for the history, without control characters and broken bytes."""
    return safe(Path(file).name.encode(errors="replace").decode())


def _options(
    asked: dict[str, Any],
    mapping: dict[str, str],
    request: str | None,
) -> Options:
    key = [part.strip().replace("-", "_") for part in asked["key"].split(",")]
    return Options(
        told=mapping,
        key=tuple(filter(None, key)),
        update=asked["update"],
        skip_bad=asked["skip_bad"],
        dry_run=asked["dry_run"],
        progress=_progress if sys.stderr.isatty() else None,
        request=request,
        date_order=asked["date_order"] or "",
        decimal=asked["decimal"] or "",
        keep_totals=asked["keep_totals"],
    )


def _progress(rows: int) -> None:
    sys.stderr.write(f"\r{rows:,} rows")
    sys.stderr.flush()


def _answer(
    report: Report,
    path: Path | None,
    *,
    as_json: bool,
) -> int:
    """Print the report, write the bad rows, and return the exit code."""
    if sys.stderr.isatty():
        # The line of the progress goes.
        sys.stderr.write("\r\x1b[K")
    outcome, asked = report.outcome, report.asked
    has_skipped = bool(outcome.bad) and asked["skip_bad"] and not asked["dry_run"]
    if as_json:
        print_json(report, str(path) if path and has_skipped else "")
    else:
        print_report(report)
    # Through the gate no file is written, so the bad rows are printed.
    if has_skipped and path is None:
        print_bad(report, as_json=as_json)
    elif has_skipped and path is not None:
        say(f"Bad rows are in {write_bad(report, path)}; {next_step(outcome)}")
    return code(outcome, asked)
