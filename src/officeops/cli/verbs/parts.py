"""The parts of a record, printed within it: the lines of an order."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from officeops.cli.output import texts_of
from officeops.cli.table import print_table
from officeops.model.declarations import Query, named
from officeops.query.columns import chosen_columns
from officeops.values.convert import is_plain, plain
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.declarations import Part
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.values.conventions import Conventions


def parts_as_json(office: Office, record: Record) -> dict[str, Any]:
    """Return the parts of a record by the plural of their kind; None for a hidden kind."""
    parts: dict[str, Any] = {}
    # Once for all kinds: they ask which day it is.
    ways = office.ways if record.parts else None
    for part in record.parts:
        kind = office.records.get(part.record)
        # The plugin that brings this kind is off.
        if kind is None:
            continue
        name = part.word or kind.meta.plural.lower()
        name = name.replace(" ", "_").replace("-", "_")
        if ways is not None and office.may_view(kind):
            parts[name] = _plain_rows(office, kind, part, record, ways)
        else:
            parts[name] = None
    return parts


def _plain_rows(
    office: Office,
    kind: type[Record],
    part: Part,
    record: Record,
    ways: Conventions,
) -> list[dict[str, Any]]:
    columns = chosen_columns(office, kind, "", everything=True)
    if kind.meta.child:
        # Nested in its parent, a child need not name it.
        columns = [column for column in columns if column.name != part.field]
    rows = list(_rows(office, kind, part, record, columns))
    if not rows:
        return []
    names = ["id", *(column.public_name for column in columns)]
    # Most columns are texts, which are plain as they are.
    others = [column for column in columns if not is_plain(column)]
    plain_rows = []
    for values in rows:
        row: dict[str, Any] = dict(zip(names, values, strict=True))
        for column in others:
            row[column.public_name] = plain(column, row[column.public_name], ways)
        plain_rows.append(row)
    return plain_rows


def _rows(
    office: Office,
    kind: type[Record],
    part: Part,
    record: Record,
    columns: Sequence[Field],
) -> Iterator[Sequence[Any]]:
    """Yield the rows of a part, each the id and then the values of the columns."""
    if not kind.meta.derived:
        sql = office.query(kind).belonging(columns, part.field)
        yield from office.answer(kind, sql, record.id)
        return
    whole = part.field.removesuffix("_id")
    yield from office.select(kind, columns, Query(f"{whole}=#{record.id}"))


def print_parts(office: Office, record: Record) -> None:
    """Print the parts of a record, each kind as a table with its total below."""
    for part in record.parts:
        kind = office.records.get(part.record)
        if kind is None:
            continue
        # Said in its place, so that nobody takes the order for an empty one.
        if not office.may_view(kind):
            sys.stdout.write(f"\n{kind.meta.plural}: {office.why_not(f'{kind.meta.key}.view')}\n")
            continue
        _print_part(office, kind, part, record)
        if part.total:
            sys.stdout.write(safe(total_of(office, part, record)) + "\n")


def _print_part(
    office: Office,
    kind: type[Record],
    part: Part,
    record: Record,
) -> None:
    columns = chosen_columns(office, kind, ",".join(part.columns))
    rows = []
    for _, *values in _rows(office, kind, part, record, columns):
        rows.append(texts_of(columns, values, office.ways))
    if not rows:
        if part.is_quiet:
            return
        sys.stdout.write(f"\nNo {kind.meta.many}.\n")
        return
    sys.stdout.write(f"\n{part.heading(kind.meta.plural)}\n")
    # The table may name columns on stderr that do not fit; the heading goes out before it.
    sys.stdout.flush()
    labels = [column.label for column in columns]
    right = [column.kind.align == "right" for column in columns]
    print_table(labels, rows, right, _ranks(rows, len(columns)))


def _ranks(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """Return the rank of each column: where a table is too wide, the highest give way first.

    Blank columns go first, then those declared last. A rank below two never gives way.
    """
    ranks = []
    for place in range(columns):
        is_blank = not any(row[place].strip() for row in rows)
        ranks.append(2 + place + (columns if is_blank else 0))
    return ranks


def total_of(
    office: Office,
    part: Part,
    record: Record,
) -> str:
    """Return the line below the parts of a record, from the function that the part names."""
    return str(named(part.total)(office, record))
