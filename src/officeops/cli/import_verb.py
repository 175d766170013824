"""`officeops NOUN import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import print_rows, say
from officeops.errors import Refused, UsageProblem
from officeops.exchange.date_orders import ORDERS
from officeops.exchange.decimal_marks import MARKS
from officeops.exchange.import_run import import_fields
from officeops.exchange.importing import import_table
from officeops.exchange.matching import read_told
from officeops.exchange.outcome import PROBLEM, Options, Outcome, bad_rows
from officeops.exchange.reading import FORMATS, Table, open_table
from officeops.values import safe

if TYPE_CHECKING:
    from officeops.office import Office
    from officeops.records import Record
    from officeops.settings import Machine

#: Bad or differing rows that are named on a terminal; `--json` and the file of bad rows have them all.
NAMED = 20


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.option(
        "--map",
        "told",
        multiple=True,
        metavar="COLUMN=FIELD",
        help="Which column fills which field; remembered for files with these columns.",
    )
    @click.option("--key", default="", metavar="FIELDS", help="Fields that tell whether a row is there already.")
    @click.option(
        "--update", is_flag=True, help="Change records that are there; otherwise rows that differ are listed and left."
    )
    @click.option("--skip-bad", is_flag=True, help="Import the good rows and write the bad ones to FILE.bad.csv.")
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
    def run(ctx: click.Context, /, file: str, told: tuple[str, ...], key: str, as_json: bool, **asked: Any) -> int:  # noqa: ANN401, FBT001
        office = office_of(ctx)
        with _open(file, asked) as table:
            mapping = _mapping(run_of(ctx).machine, record, table, read_told(told))
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
            if told and outcome.kept and not run_of(ctx).machine.fixed:
                _remember(run_of(ctx).machine, record, table, mapping)
            asked["gated"] = run_of(ctx).gated
            return _answer(office, record, table, outcome, file, asked, as_json=as_json)

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


def _answer(
    office: Office,
    record: type[Record],
    table: Table,
    outcome: Outcome,
    file: str,
    asked: dict[str, Any],
    *,
    as_json: bool,
) -> int:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    if as_json:
        _print_json(outcome, table)
    else:
        _tell(office, record, table, outcome, asked)
    if outcome.bad and asked["skip_bad"] and not asked["dry_run"]:
        if asked["gated"]:
            _print_bad(outcome, table, as_json=as_json)
            return 0
        say(f"Bad rows are in {_write_bad(outcome, table, file)}; mend them there and import that file.")
    return 1 if outcome.bad and not asked["skip_bad"] else 0


def _tell(office: Office, record: type[Record], table: Table, outcome: Outcome, asked: dict[str, Any]) -> None:
    for note in outcome.notes:
        say(note)
    matched = ", ".join(f"{table.columns[place]} = {f.public_name}" for place, f in outcome.match.columns.items())
    say(
        f"Columns: {matched or 'none'}."
        + (f" Not used: {', '.join(outcome.match.unused)}." if outcome.match.unused else "")
    )
    if asked["dry_run"]:
        _preview(office, outcome)
    for line, name, columns in outcome.differing[:NAMED]:
        say(f"line {line}: {name} differs in {', '.join(columns)} and was left as it is.")
    _more(len(outcome.differing), "rows that differ; --update changes them")
    for bad in outcome.bad[:NAMED]:
        at = f"line {bad.line}" + (f", {bad.column}" if bad.column else "") + (f" {bad.value!r}" if bad.value else "")
        say(f"{at}: {bad.reason}.")
    _more(len(outcome.bad), "problems")
    for sentence in outcome.left:
        say(sentence)
    say(_summary(record, outcome, asked))


def _more(count: int, what: str) -> None:
    if count > NAMED:
        say(f"… and {count - NAMED:,} more {what}.")


def _summary(record: type[Record], outcome: Outcome, asked: dict[str, Any]) -> str:
    left = f", {len(outcome.differing):,} left as they are" if outcome.differing else ""
    counts = f"{outcome.added:,} added, {outcome.updated:,} changed, {outcome.unchanged:,} unchanged{left}"
    rows = len({bad.line for bad in outcome.bad})
    if outcome.kept:
        return f"{record.meta.plural}: {counts}" + (f", {rows:,} bad and skipped." if rows else ".")
    if rows and not asked["skip_bad"]:
        many, them = ("row is", "it") if rows == 1 else ("rows are", "them")
        return f"Nothing was imported: {rows:,} {many} bad. Mend {them}, or import the others with --skip-bad."
    return f"{record.meta.plural}, if this were no dry run: {counts}" + (
        f", {rows:,} bad and skipped." if rows else "."
    )


def _preview(office: Office, outcome: Outcome) -> None:
    fields = [f for f in outcome.match.columns.values() if f.kind != "reference"]
    print_rows(
        fields,
        [[row.get(f.name) for f in fields] for row in outcome.preview],
        office.ways,
        nothing="No row would be added.",
    )


def _print_json(outcome: Outcome, table: Table) -> None:
    import json

    bad = [{"line": b.line, "column": b.column, "value": safe(b.value), "reason": b.reason} for b in outcome.bad]
    differing = [{"line": line, "name": name, "columns": columns} for line, name, columns in outcome.differing]
    matched = {table.columns[place]: f.public_name for place, f in outcome.match.columns.items()}
    counts = {"kept": outcome.kept, "added": outcome.added, "updated": outcome.updated, "unchanged": outcome.unchanged}
    click.echo(
        json.dumps(
            {
                **counts,
                "bad": bad,
                "differing": differing,
                "columns": matched,
                "unused": outcome.match.unused,
                "left": outcome.left,
                "notes": outcome.notes,
            },
            ensure_ascii=False,
        )
    )


def _print_bad(outcome: Outcome, table: Table, *, as_json: bool) -> None:
    """Print the bad rows on standard output, over SSH the one place where they can go; the JSON has them already."""
    from officeops.exchange.writing import write_csv

    if not as_json:
        say("The bad rows are on standard output; mend them there and import them.")
        write_csv(sys.stdout, *bad_rows(outcome, table.columns))


def _write_bad(outcome: Outcome, table: Table, file: str) -> Path:
    """Write the bad rows where the command runs, whatever folder the file is in; nothing that is there is written to.

    By now the good rows are kept. Raises Refused, which says so.
    """
    from officeops.exchange.writing import write_csv

    # A name may be as long as the system allows; the ending must still fit, in bytes.
    stem = (
        "import"
        if file == "-"
        else Path(file).stem.encode(errors="surrogateescape")[:200].decode(errors="ignore") or "import"
    )
    for n in range(1, 1000):
        path = Path(f"{stem}.bad{'' if n == 1 else n}.csv")
        try:
            with path.open("x", encoding="utf-8", errors="replace", newline="") as out:
                write_csv(out, *bad_rows(outcome, table.columns))
        except FileExistsError:
            continue
        except OSError as error:
            if not isinstance(error, (PermissionError, FileNotFoundError)):
                path.unlink(missing_ok=True)
            raise Refused(
                f"The good rows are imported, but the bad ones cannot be written to {path}: {error.strerror}. Import the file again "
                "from a folder that you may write to: the good rows are there already, and the bad ones are written then"
            ) from error
        return path
    raise Refused(
        f"There are a thousand files {stem}.bad*.csv here already; clear them away. The good rows are imported"
    )
