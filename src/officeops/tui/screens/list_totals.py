"""The totals of a list: the sums of the columns that have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values.convert import show

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

#: The most rows that are summed: each may be computed from rows of other records.
_MOST: Final = 1_000


def totals_of(
    office: Office,
    record: type[Record],
    fields: Iterable[Field],
    ids: array[int],
) -> str:
    """Return the totals of a list as words, such as `Total 3,005.57 + 2 unpriced`; blank for none.

    A value that nobody knows is counted beside the sum: left out silently, it would be a zero.
    """
    summed = [record.meta.by_name.get(field.name, field) for field in fields if field.total]
    if not summed or not 1 < len(ids) <= _MOST:
        return ""
    query = office.query(record)
    columns = []
    for field in summed:
        value = query.expression(field)
        unknown = f"total({field.doubt})" if field.doubt else f"count(*) - count({value})"
        columns.append(f"sum({value}), CAST({unknown} AS INTEGER)")
    numbers = ",".join(map(str, ids))
    sql = f"SELECT {', '.join(columns)} FROM {record.meta.table} t WHERE t.id IN ({numbers})"
    row = office.answer(record, sql)[0]
    sums = zip(summed, row[::2], row[1::2], strict=True)
    return "  ".join(_words(office, field, value, unknown) for field, value, unknown in sums)


def _words(
    office: Office,
    field: Field,
    value: int | None,
    unknown: int,
) -> str:
    words = f"{field.label} {'unknown' if value is None else show(field, value, office.ways)}"
    return f"{words} + {unknown} {field.doubtful or 'unknown'}" if unknown else words
