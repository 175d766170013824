"""Usual rows: suggestions that come in a CSV file beside the code, and which an office edits."""

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
    # Commands that add nothing need neither the file nor its reader.
    import csv
    from importlib.resources import files

    text = files(package).joinpath(name).read_text("utf-8")
    known = {value for (value,) in office.rows(f"SELECT {by} FROM {kind.meta.table}")}
    rows = [_values(kind, row) for row in csv.DictReader(text.splitlines())]
    return office.add_many(kind, [row for row in rows if row[by] not in known])


def _values(kind: type[Record], row: dict[str, str]) -> dict[str, Any]:
    fields = kind.meta.by_name
    # A blank cell says nothing, so that the field's default counts.
    return {name: _value(fields[name], text) for name, text in row.items() if text}


def _value(field: Field, text: str) -> object:
    if field.kind.annotation == "int":
        return int(text)
    return text == "yes" if field.kind.annotation == "bool" else text
