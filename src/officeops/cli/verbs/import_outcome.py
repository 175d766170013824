"""What an import says when it is done: what was taken, what is different, what was refused, and the code it ends with."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.output import print_rows, say
from officeops.exchange.imports.outcome import PROBLEM, Bad, Outcome, bad_rows
from officeops.model.errors import Refused
from officeops.model.exit_codes import DONE, PARTLY, REFUSED
from officeops.model.fields import Field
from officeops.model.immutable import Value
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.exchange.formats.reading import Table
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Bad or differing rows that are named on a terminal; `--json` and the file of bad rows have them all.
NAMED = 20
#: Places of equal problems that are named in one sentence.
_PLACES = 5


class Told(Value):
    """What an import is told of with: whose rows, from where, and how it was asked."""

    office: Office
    record: type[Record]
    table: Table
    outcome: Outcome
    asked: dict[str, Any]


def code(outcome: Outcome, asked: dict[str, Any]) -> int:
    """Return what the command ends with: 1 where bad rows left nothing to write, 5 where something is left out or different."""
    skipped = outcome.bad and asked["skip_bad"]
    if outcome.bad and not (skipped and (outcome.kept or asked["dry_run"])):
        return REFUSED
    return PARTLY if outcome.is_partial and outcome.kept else DONE


def tell(told: Told) -> None:
    """Tell a person."""
    outcome, place = told.outcome, told.table.place
    for note in outcome.notes:
        say(note)
    say(f"Columns: {_matched(told)}.")
    _say_unused(outcome)
    if outcome.match.ignored:
        say(f"Left out on purpose: {', '.join(outcome.match.ignored)}.")
    if told.asked["dry_run"]:
        _preview(told)
    for different in outcome.differing[:NAMED]:
        say(f"{place} {different.line}: {different.sentence(told.office)}.")
    _more(len(outcome.differing), "rows that differ")
    problems = _grouped(outcome.bad)
    for (column, value, reason), lines in problems[:NAMED]:
        say(_problem(place, column, value, reason, lines))
    _more(len(problems), "problems")
    for sentence in (*outcome.left_out, *outcome.left):
        say(sentence)
    say(_summary(told))


def _say_unused(outcome: Outcome) -> None:
    """Say which columns were not taken over, and how to take or leave out those that have values."""
    if outcome.compared:
        compared = ", ".join(
            f"{column} = {field.public_name}" for column, field in outcome.compared.items()
        )
        say(f"Compared with the records, because no import sets it: {compared}.")
    if outcome.dropped:
        first = outcome.dropped[0]
        cure = f'--map "{first}=FIELD" takes a column, --ignore "{first}" leaves it out on purpose'
        say(f"NOT USED: {', '.join(outcome.dropped)}. {cure}.")
    if blank := [name for name in outcome.match.unused if name not in outcome.dropped]:
        say(f"Not used, and blank in every row: {', '.join(blank)}.")


def _matched(told: Told) -> str:
    columns = told.outcome.match.columns
    return (
        ", ".join(
            f"{told.table.columns[place]} = {field.public_name}" for place, field in columns.items()
        )
        or "none"
    )


def _grouped(problems: Iterable[Bad]) -> list[tuple[tuple[str, str, str], list[int]]]:
    """Return the problems, equal ones together, with the lines of each."""
    lines: dict[tuple[str, str, str], list[int]] = {}
    for bad in problems:
        lines.setdefault((bad.column, bad.value, bad.reason), []).append(bad.line)
    return list(lines.items())


def _problem(place: str, column: str, value: str, reason: str, lines: list[int]) -> str:
    where = f"{column} {value!r}" if value else column
    if len(lines) == 1:
        return f"{place} {lines[0]}{', ' if where else ''}{where}: {reason}."
    first = ", ".join(f"{line}" for line in lines[:_PLACES])
    rest = ", …" if len(lines) > _PLACES else ""
    return f"{len(lines):,} rows{', ' if where else ''}{where}: {reason} ({place}s {first}{rest})."


def _more(count: int, what: str) -> None:
    if count > NAMED:
        say(f"… and {count - NAMED:,} more {what}.")


def _summary(told: Told) -> str:
    outcome, plural = told.outcome, told.record.meta.plural
    different = (
        f", {len(outcome.differing):,} different and left as they are" if outcome.differing else ""
    )
    counts = f"{outcome.added:,} added, {outcome.updated:,} changed, {outcome.unchanged:,} unchanged{different}"
    rows = len({bad.line for bad in outcome.bad})
    end = f", {rows:,} bad and skipped." if rows else "."
    if outcome.may_change:
        end += " --update changes what differs."
    if outcome.kept:
        return f"{plural}: {counts}{end}"
    if told.asked["dry_run"] and (told.asked["skip_bad"] or not rows):
        return f"{plural}, if this were no dry run: {counts}{end}"
    many, them = ("row is", "it") if rows == 1 else ("rows are", "them")
    if told.asked["skip_bad"]:
        return f"Nothing was imported: {rows:,} {many} bad, {outcome.unchanged:,} unchanged, and none is left to add or change."
    return f"Nothing was imported: {rows:,} {many} bad. Fix {them}, or import the others with --skip-bad."


def _preview(told: Told) -> None:
    office, fields = told.office, list(told.outcome.match.columns.values())
    shown = [_as_text(field) if field.kind == "reference" else field for field in fields]
    rows = [[_cell(office, field, row) for field in fields] for row in told.outcome.preview]
    print_rows(shown, rows, office.ways, nothing="No row would be added.")


def _as_text(field: Field) -> Field:
    return Field("text", label=field.label, list_rank=field.list_rank).named(
        field.public_name, "str"
    )


def _cell(office: Office, field: Field, row: dict[str, Any]) -> Any:  # noqa: ANN401 - a field's value
    value = row.get(field.name)
    target = office.target(field) if field.kind == "reference" else None
    return office.label(target, value) if target and value is not None else value


def print_json(told: Told, bad_file: str = "") -> None:
    """Print all of it as one JSON object."""
    import json

    outcome = told.outcome
    counts = {
        "kept": outcome.kept,
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
    }
    answer = {
        **counts,
        "bad": [
            {"line": b.line, "column": b.column, "value": safe(b.value), "reason": b.reason}
            for b in outcome.bad
        ],
        "differing": [different.plain(told.office) for different in outcome.differing],
        "columns": {
            told.table.columns[place]: f.public_name for place, f in outcome.match.columns.items()
        },
        "unused": outcome.match.unused,
        "compared": {column: field.public_name for column, field in outcome.compared.items()},
        "left_out": outcome.left_out,
        "left": outcome.left,
        "notes": outcome.notes,
        **({"bad_file": bad_file} if bad_file else {}),
    }
    click.echo(json.dumps(answer, ensure_ascii=False))


def mending(outcome: Outcome) -> str:
    """Return where bad rows are mended: there, or in the whole file where equal rows are told apart by their number."""
    if outcome.whole_file:
        return "fix them in the original file and import all of it: it knows the rows that are already in the office."
    return "fix them there and import that file."


# -- the bad rows ----------------------------------------------------------------------------------------


def print_bad(told: Told, *, as_json: bool) -> None:
    """Print the bad rows on standard output, over SSH the one place where they can go; the JSON has them already."""
    from officeops.exchange.formats.writing import write_csv

    if not as_json:
        say(f"The bad rows are on standard output; {mending(told.outcome)}")
        write_csv(sys.stdout, *bad_rows(told.outcome, told.table.own_columns))


def bad_path(file: str) -> Path:
    """Return where the bad rows of a file go: beside it; where the command runs, where that may not be written to.

    Mended and imported again, a file of bad rows is its own. Raises Refused where something else has that name.
    """
    path = Path("import.csv") if file == "-" else Path(file)
    # A name may be as long as the system allows; the ending must still fit, in bytes.
    stem = (
        path.stem.removesuffix(".bad")
        .encode(errors="surrogateescape")[:200]
        .decode(errors="ignore")
        or "import"
    )
    beside = path.with_name(f"{stem}.bad.csv")
    if not os.access(beside.parent, os.W_OK):
        beside = Path(beside.name)
    if beside.exists() and not _is_ours(beside):
        raise Refused(
            f"The bad rows would go to {beside}, which is something else. Move it, and import again"
        )
    return beside


def _is_ours(path: Path) -> bool:
    """Return whether a file has the header of a file of bad rows."""
    import csv

    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        header = next(csv.reader([file.readline(1 << 20)]), [])
    return bool(header) and header[-1] == PROBLEM


def write_bad(told: Told, path: Path) -> Path:
    """Write the bad rows, for their owner alone; what was there of an earlier import goes.

    By now the good rows are kept. Raises Refused, which says so.
    """
    from officeops.exchange.formats.writing import write_csv

    spare = path.with_name(f".{path.name[:200]}.{os.getpid()}")
    try:
        with open(
            os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600),
            "w",
            encoding="utf-8",
            errors="replace",
            newline="",
        ) as out:
            write_csv(out, *bad_rows(told.outcome, told.table.own_columns))
        spare.replace(path)
    except OSError as error:
        spare.unlink(missing_ok=True)
        raise Refused(
            f"The good rows are imported, but the bad ones cannot be written to {path}: {error.strerror}. Import the file again "
            "from a folder that you may write to: the good rows are there already, and the bad ones are written then"
        ) from error
    return path
