"""What is part of a record, printed within it: an order's lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from officeops.cli.output import RIGHT, print_table
from officeops.model.declarations import Query, named
from officeops.query.columns import chosen_columns
from officeops.values.convert import plain, safe, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.declarations import Part
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


def parts_as_json(office: Office, record: Record) -> dict[str, Any]:
    """Return what is part of a record, by the name of its kind; null stands for what the person may not see."""
    told: dict[str, Any] = {}
    for part in record.parts:
        kind = office.records.get(part.record)
        if kind is None:
            continue
        name = kind.meta.plural.lower().replace(" ", "_")
        told[name] = None
        if office.may_view(kind):
            columns = chosen_columns(office, kind, "", everything=True)
            rows = _rows(office, kind, part, record, columns)
            told[name] = [_plainly(office, columns, row) for row in rows]
    return told


def _plainly(office: Office, columns: Sequence[Field], row: Sequence[Any]) -> dict[str, Any]:
    values = {
        f.public_name: plain(f, value, office.ways)
        for f, value in zip(columns, row[1:], strict=True)
    }
    return {"id": row[0], **values}


def _rows(
    office: Office, kind: type[Record], part: Part, record: Record, columns: Sequence[Field]
) -> Iterator[Sequence[Any]]:
    whole = part.field.removesuffix("_id")
    yield from office.select(kind, columns, Query(f"{whole}=#{record.id}"))


def print_parts(office: Office, record: Record) -> None:
    """Print what is part of a record, each kind as a table with its total below."""
    for part in record.parts:
        kind = office.records.get(part.record)
        if kind is None:
            continue
        if not office.may_view(kind):
            sys.stdout.write(f"\n{kind.meta.plural}: {office.why_not(f'{kind.meta.key}.view')}\n")
            continue
        columns = chosen_columns(office, kind, ",".join(part.columns))
        rows = [
            [show(f, value, office.ways) for f, value in zip(columns, row[1:], strict=True)]
            for row in _rows(office, kind, part, record, columns)
        ]
        sys.stdout.write(
            f"\n{kind.meta.plural}\n" if rows else f"\nNo {kind.meta.plural.lower()}.\n"
        )
        if rows:
            sys.stdout.flush()
            _print(columns, rows)
        if part.total:
            sys.stdout.write(safe(total_of(office, part, record)) + "\n")


def _print(columns: Sequence[Field], rows: Sequence[Sequence[str]]) -> None:
    """Print a table of parts. Where it does not fit, blank columns give way first, then those declared last."""
    ranks = []
    for place in range(len(columns)):
        blank = not any(row[place].strip() for row in rows)
        # A rank below two never gives way.
        ranks.append(2 + place + (len(columns) if blank else 0))
    print_table([f.label for f in columns], rows, [f.kind in RIGHT for f in columns], ranks)


def total_of(office: Office, part: Part, record: Record) -> str:
    """Return the line below a record's parts."""
    return str(named(part.total)(office, record))
