"""Exported children: nested lists in JSON, columns such as `phone 2` in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.declarations import Query
from officeops.model.fields import Field
from officeops.office.children.entry_text import EntryText
from officeops.office.children.rows import visible
from officeops.values.convert import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from officeops.model.children import Child
    from officeops.model.records import Record
    from officeops.office.office import Office

    #: The names of columns, the rows under them, and the number of each row's record.
    Exported = tuple[Sequence[str], Sequence[Sequence[Any]], Sequence[int]]
    #: The children of one kind by their parents, each with its values by field.
    ByParent = dict[int, list[dict[str, Any]]]


def with_children(
    office: Office,
    record: type[Record],
    exported: Exported,
    *,
    asked: Collection[str] | None,
    is_nested: bool,
) -> tuple[list[str], list[list[Any]]]:
    """Return columns and rows with those of the children behind them.

    `asked` are the names that a person asks for; None is all. A table has as many columns of a kind
    as the record with the most children needs.
    """
    names, rows = list(exported[0]), [list(row) for row in exported[1]]
    numbers = exported[2]
    for child, kind in visible(office, record):
        if asked is not None and child.options not in asked:
            continue
        entry = EntryText(office, child, kind)
        there = _children(office, entry, set(numbers))
        if is_nested:
            names.append(child.options)
            for row, number in zip(rows, numbers, strict=True):
                row.append([_public(entry, values) for values in there.get(number, [])])
            continue
        most = max(map(len, there.values()), default=0)
        names += [_column(child, place) for place in range(1, most + 1)]
        for row, number in zip(rows, numbers, strict=True):
            texts = [entry.joined(_texts(values)) for values in there.get(number, [])]
            row += [*texts, *[None] * (most - len(texts))]
    return names, rows


def _column(child: Child, place: int) -> str:
    return child.option if place == 1 else f"{child.option} {place}"


def _children(
    office: Office,
    entry: EntryText,
    numbers: Collection[int],
) -> ByParent:
    """Read the children of a kind, in their order, in one query."""
    kind = entry.kind
    owner = Field("number", default=None, sql=f"t.{entry.child.by}").named("owner", "")
    fields = [field for field in entry.fields if field.name not in office.withheld(kind)]
    by_parent: ByParent = {}
    for _, parent, *values in office.select(kind, [owner, *fields], Query()):
        if parent not in numbers:
            continue
        row = {}
        for field, value in zip(fields, values, strict=True):
            # The mask of a sealed value would be read as a value.
            if not field.sealed:
                row[field.name] = plain(field, value, office.ways)
        by_parent.setdefault(parent, []).append(row)
    return by_parent


def _public(entry: EntryText, values: dict[str, Any]) -> dict[str, Any]:
    return {field.public_name: values[field.name] for field in entry.fields if field.name in values}


def _texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}
