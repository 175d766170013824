"""Usual rows: suggestions that come in a CSV file beside the code, and which an office edits.

A row names the source of its figure. `compared_on` is the day on which somebody compared the figure
with copies of that source, or with pages that quote it; `ask` is whom to ask where nobody did. A
habit of the house has neither. An office confirms a rule by itself: a comparison is no confirmation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officeops import Field, Office, Record


def add_missing(
    office: Office,
    kind: type[Record],
    package: str,
    name: str,
    *,
    by: str,
) -> list[int]:
    """Add the rows of a file whose value `by` the office has in none, in an action.

    An archived row was taken out on purpose, so it counts as there. Returns the new numbers.
    """
    known = {value for (value,) in office.rows(f"SELECT {by} FROM {kind.meta.table}")}
    rows = [_values(kind, row) for row in usual_rows(package, name)]
    return office.add_many(kind, [row for row in rows if row[by] not in known])


def usual_rows(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a file as records have them: each source says how far it was compared."""
    # Commands that add nothing need neither the file nor its reader.
    import csv
    from importlib.resources import files

    text = files(package).joinpath(name).read_text("utf-8")
    return [_sourced(row) for row in csv.DictReader(text.splitlines())]


def _sourced(row: dict[str, str]) -> dict[str, str]:
    # A list of words, such as reasons to decline, has no source.
    day, ask = row.pop("compared_on", ""), row.pop("ask", "")
    if day:
        row["source"] += f" (compared {day})"
    elif ask:
        row["source"] += f" (unconfirmed, check with {ask})"
    return row


def _values(kind: type[Record], row: dict[str, str]) -> dict[str, Any]:
    fields = kind.meta.by_name
    # A blank cell says nothing, so that the field's default counts.
    return {name: _value(fields[name], text) for name, text in row.items() if text}


def _value(field: Field, text: str) -> object:
    if field.kind.annotation == "int":
        return int(text)
    return text == "yes" if field.kind.annotation == "bool" else text
