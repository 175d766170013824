"""The report of an import: the rows taken, those that differ, those refused, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from officeops.cli.output import print_rows, say
from officeops.model.exit_codes import DONE, PARTLY, REFUSED
from officeops.model.fields import Field
from officeops.model.immutable import Value
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.exchange.formats.reading import Table
    from officeops.exchange.imports.outcome import Bad, Outcome
    from officeops.model.records import Record
    from officeops.office.office import Office

    #: A problem without its row: column, value, reason.
    Problem = tuple[str, str, str]

#: Bad or differing rows named on a terminal; `--json` and the file of bad rows have them all.
NAMED: Final = 20
#: Rows with the same problem that are named in one sentence.
_PLACES: Final = 5


class Report(Value):
    """A finished import: the office, the kind of record, the file, the outcome and the options."""

    office: Office
    record: type[Record]
    table: Table
    outcome: Outcome
    asked: dict[str, Any]


def code(outcome: Outcome, asked: dict[str, Any]) -> int:
    """Return the exit code: 1 if bad rows stopped it, 5 if a part is left out or differs."""
    if outcome.bad:
        is_saved = outcome.kept or asked["dry_run"]
        if not (asked["skip_bad"] and is_saved):
            return REFUSED
    return PARTLY if outcome.is_partial and outcome.kept else DONE


def print_report(report: Report) -> None:
    """Print the report for a person."""
    outcome, place = report.outcome, report.table.place
    for note in outcome.notes:
        say(note)
    say(f"Columns: {_matched(report)}.")
    _say_unused(outcome)
    if outcome.match.ignored:
        say(f"Left out on purpose: {', '.join(outcome.match.ignored)}.")
    if report.asked["dry_run"]:
        _preview(report)
    for different in outcome.differing[:NAMED]:
        say(f"{place} {different.line}: {different.sentence(report.office)}.")
    _more(len(outcome.differing), "rows that differ")
    # A wrong column has the same problem in every row: it is said once, with the first rows.
    problems = _grouped(outcome.bad)
    for problem, lines in problems[:NAMED]:
        say(_sentence(place, problem, lines))
    _more(len(problems), "problems")
    for sentence in (*outcome.left_out, *outcome.left):
        say(sentence)
    say(_summary(report))


def _say_unused(outcome: Outcome) -> None:
    """Name the columns that fill no field, and how to take or leave out those with values."""
    if outcome.compared:
        pairs = (f"{column} = {field.public_name}" for column, field in outcome.compared.items())
        say(f"Compared with the records, because no import sets it: {', '.join(pairs)}.")
    if outcome.dropped:
        first = outcome.dropped[0]
        cure = f'--map "{first}=FIELD" takes a column, --ignore "{first}" leaves it out on purpose'
        say(f"NOT USED: {', '.join(outcome.dropped)}. {cure}.")
    blank = [name for name in outcome.match.unused if name not in outcome.dropped]
    if blank:
        say(f"Not used, and blank in every row: {', '.join(blank)}.")


def _matched(report: Report) -> str:
    pairs = []
    for place, field in report.outcome.match.columns.items():
        pairs.append(f"{report.table.columns[place]} = {field.public_name}")
    return ", ".join(pairs) or "none"


def _grouped(bad_rows: Iterable[Bad]) -> list[tuple[Problem, list[int]]]:
    """Return each problem once, with the lines that have it."""
    lines: dict[Problem, list[int]] = {}
    for bad in bad_rows:
        problem = (bad.column, bad.value, bad.reason)
        lines.setdefault(problem, []).append(bad.line)
    return list(lines.items())


def _sentence(
    place: str,
    problem: Problem,
    lines: list[int],
) -> str:
    """Return the sentence on a problem; `place` is the file's word for a row: row or line."""
    column, value, reason = problem
    where = f"{column} {value!r}" if value else column
    comma = ", " if where else ""
    if len(lines) == 1:
        return f"{place} {lines[0]}{comma}{where}: {reason}."
    first = ", ".join(map(str, lines[:_PLACES]))
    rest = ", …" if len(lines) > _PLACES else ""
    return f"{len(lines):,} rows{comma}{where}: {reason} ({place}s {first}{rest})."


def _more(count: int, what: str) -> None:
    if count > NAMED:
        say(f"… and {count - NAMED:,} more {what}.")


def _summary(report: Report) -> str:
    outcome, asked, plural = report.outcome, report.asked, report.record.meta.plural
    # A row may have several problems.
    rows = len({bad.line for bad in outcome.bad})
    counts = _counts(outcome, rows)
    if outcome.kept:
        return f"{plural}: {counts}"
    if asked["dry_run"] and (asked["skip_bad"] or not rows):
        return f"{plural}, if this were no dry run: {counts}"
    # From here on nothing was saved, because of bad rows.
    many, them = ("row is", "it") if rows == 1 else ("rows are", "them")
    if asked["skip_bad"]:
        rest = f"{outcome.unchanged:,} unchanged, and none is left to add or change"
        return f"Nothing was imported: {rows:,} {many} bad, {rest}."
    cure = f"Fix {them}, or import the others with --skip-bad."
    return f"Nothing was imported: {rows:,} {many} bad. {cure}"


def _counts(outcome: Outcome, bad: int) -> str:
    """Return how many rows were added, changed and so on, of which `bad` were skipped."""
    counts = [
        f"{outcome.added:,} added",
        f"{outcome.updated:,} changed",
        f"{outcome.unchanged:,} unchanged",
    ]
    if outcome.differing:
        counts.append(f"{len(outcome.differing):,} different and left as they are")
    if bad:
        counts.append(f"{bad:,} bad and skipped")
    cure = " --update changes what differs." if outcome.may_change else ""
    return f"{', '.join(counts)}.{cure}"


def _preview(report: Report) -> None:
    """Print the first rows as they would be added."""
    office = report.office
    fields = list(report.outcome.match.columns.values())
    rows = [_cells(office, fields, row) for row in report.outcome.preview]
    shown = [_as_text(field) if field.target else field for field in fields]
    print_rows(
        shown,
        rows,
        office.ways,
        nothing="No row would be added.",
    )


def _as_text(field: Field) -> Field:
    """Return a field of text in place of a reference, whose value here is a name and not an id."""
    text = Field("text", label=field.label, list_rank=field.list_rank)
    return text.named(field.public_name, "str")


def _cells(
    office: Office,
    fields: Iterable[Field],
    row: dict[str, Any],
) -> list[Any]:
    return [_cell(office, field, row.get(field.name)) for field in fields]


def _cell(office: Office, field: Field, value: Any) -> Any:  # noqa: ANN401 - a field's value
    if not field.target or value is None:
        return value
    target = office.target(field)
    return office.label(target, value) if target else value


def print_json(report: Report, bad_file: str = "") -> None:
    """Print the whole report as one JSON object."""
    import json

    outcome = report.outcome
    columns = {}
    for place, field in outcome.match.columns.items():
        columns[report.table.columns[place]] = field.public_name
    answer = {
        "kept": outcome.kept,
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "bad": list(map(_plain, outcome.bad)),
        "differing": [different.plain(report.office) for different in outcome.differing],
        "columns": columns,
        "unused": outcome.match.unused,
        "compared": {column: field.public_name for column, field in outcome.compared.items()},
        "left_out": outcome.left_out,
        "left": outcome.left,
        "notes": outcome.notes,
    }
    if bad_file:
        answer["bad_file"] = bad_file
    click.echo(json.dumps(answer, ensure_ascii=False))


def _plain(bad: Bad) -> dict[str, object]:
    return {
        "line": bad.line,
        "column": bad.column,
        "value": safe(bad.value),
        "reason": bad.reason,
        "code": bad.code,
    }
