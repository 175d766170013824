"""`officeops NOUN import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.import_outcome import Told, bad_path, code, print_bad, print_json, tell, write_bad
from officeops.cli.output import say
from officeops.errors import Refused, UsageProblem
from officeops.exchange.date_orders import ORDERS
from officeops.exchange.decimal_marks import MARKS
from officeops.exchange.import_run import import_fields
from officeops.exchange.importing import import_table
from officeops.exchange.matching import read_told
from officeops.exchange.outcome import PROBLEM, Options
from officeops.exchange.reading import FORMATS, Table, open_table
from officeops.values import safe

if TYPE_CHECKING:
    from officeops.records import Record
    from officeops.settings import Machine


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="COLUMN=FIELD",
        help="Which column fills which field; remembered for files with these columns.",
    )
    @click.option("--key", default="", metavar="FIELDS", help="Fields that tell whether a row is there already.")
    @click.option(
        "--update", is_flag=True, help="Change records that are there; otherwise rows that differ are listed and left."
    )
    @click.option(
        "--skip-bad",
        is_flag=True,
        help="Import the good rows and write the bad ones to FILE.bad.csv, beside the file; ends with 5.",
    )
    @click.option("--dry-run", is_flag=True, help="Check everything and show what would happen; keep nothing.")
    @click.option(
        "--format", "form", type=click.Choice(FORMATS), help="The file's format, where its name and content mislead."
    )
    @click.option("--encoding", help="The file's encoding, where it is not recognised.")
    @click.option("--delimiter", help="The CSV delimiter, where it is not recognised.")
    @click.option("--sheet", help="The sheet of a workbook; the first unless said.")
    @click.option(
        "--date-order",
        type=click.Choice(list(ORDERS)),
        help="How the file writes dates in numbers, where its columns do not say.",
    )
    @click.option(
        "--decimal", type=click.Choice(list(MARKS)), help="The file's decimal mark, where its columns do not say."
    )
    @click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
    @click.pass_context
    def run(ctx: click.Context, /, file: str, maps: tuple[str, ...], key: str, as_json: bool, **asked: Any) -> int:  # noqa: ANN401, FBT001
        office = office_of(ctx)
        path = bad_path(file) if asked["skip_bad"] and not run_of(ctx).gated else None
        with _open(file, asked) as table:
            _refuse_empty(table, _name(file))
            mapping = _mapping(run_of(ctx).machine, record, table, read_told(maps))
            options = Options(
                mapping,
                tuple(part.strip().replace("-", "_") for part in key.split(",") if part.strip()),
                asked["update"],
                asked["skip_bad"],
                asked["dry_run"],
                _progress if sys.stderr.isatty() else None,
                run_of(ctx).request,
                asked["date_order"] or "",
                asked["decimal"] or "",
            )
            outcome = import_table(office, record, table, options, f"{_name(file)}:{table.digest[:16]}")
            if maps and outcome.kept and not run_of(ctx).machine.fixed:
                _remember(run_of(ctx).machine, record, table, mapping)
            told = Told(office, record, table, outcome, asked)
            return _answer(told, path, as_json=as_json)

    fields = ", ".join(f.public_name for f in import_fields(record))
    text = f"Read {record.meta.plural.lower()} from a CSV, XLSX, XLS or JSON file; `-` reads standard input.\n\nFields: {fields}."
    made = click.Command(verb, callback=run, help=text, short_help=text.partition("\n")[0])
    options_made: list[click.Parameter] = run.__click_params__[::-1]  # type: ignore[attr-defined]
    made.params = [click.Argument(["file"], metavar="FILE"), *options_made]
    return made


def _open(file: str, asked: dict[str, Any]) -> Table:
    how = {
        "format": asked["form"],
        "encoding": asked["encoding"],
        "delimiter": asked["delimiter"],
        "sheet": asked["sheet"],
    }
    if file == "-":
        if sys.stdin.isatty():
            raise UsageProblem("`-` reads standard input, but nothing is sent to it; pipe a file in.")
        return open_table(None, stream=sys.stdin.buffer, name="standard input", **how)
    return open_table(Path(file), **how)


def _refuse_empty(table: Table, name: str) -> None:
    """Refuse a file without a single column: whatever made it failed, and an office is not what it says. Raises Refused."""
    if not table.columns:
        what = "Standard input" if name == "-" else name
        raise Refused(f"{what} is empty: it has no columns. The export that made it failed. Nothing was imported")


def _name(file: str) -> str:
    """Return a file's name as it may be kept: anything can stand in one, also what drives a terminal and what is no text."""
    return safe(Path(file).name.encode(errors="replace").decode())


def _signature(record: type[Record], table: Table) -> str:
    columns = table.columns[:-1] if table.columns and table.columns[-1] == PROBLEM else table.columns
    return "|".join([record.meta.key, *columns])


def _mapping(machine: Machine, record: type[Record], table: Table, told: dict[str, str]) -> dict[str, str]:
    """Return what was told, on top of what was saved for a file of the same columns."""
    saved = machine.load("mappings.toml").get(_signature(record, table), {})
    if not isinstance(saved, dict) or not all(isinstance(field, str) for field in saved.values()):
        raise UsageProblem(
            f"{machine.beside('mappings.toml')}: the matching for this file's columns is no table of texts; take it out."
        )
    if saved and not told:
        table.notes.append(
            "Columns are matched as they were for the last file like this one: "
            + ", ".join(f"{a} = {b or 'left out'}" for a, b in saved.items())
            + "."
        )
    return told or saved


def _remember(machine: Machine, record: type[Record], table: Table, mapping: dict[str, str]) -> None:
    saved = machine.load("mappings.toml")
    if saved.get(_signature(record, table)) != mapping:
        machine.save("mappings.toml", {**saved, _signature(record, table): mapping})


def _progress(rows: int) -> None:
    sys.stderr.write(f"\r{rows:,} rows")
    sys.stderr.flush()


def _answer(told: Told, path: Path | None, *, as_json: bool) -> int:
    """Tell what the import did, keep its bad rows, and return the command's code."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    outcome, skipped = told.outcome, told.outcome.bad and told.asked["skip_bad"] and not told.asked["dry_run"]
    if as_json:
        print_json(told, str(path) if path and skipped else "")
    else:
        tell(told)
    if skipped and path is None:
        print_bad(told, as_json=as_json)
    elif skipped and path is not None:
        say(f"Bad rows are in {write_bad(told, path)}; mend them there and import that file.")
    return code(outcome, told.asked)
