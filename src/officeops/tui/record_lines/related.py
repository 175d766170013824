"""The records that point to a record.

All parts of the record are shown, and the first few records of every other type.
"""

from __future__ import annotations

from array import array
from copy import copy
from typing import TYPE_CHECKING, Final

from officeops.model.declarations import named
from officeops.model.sql_values import text_literal
from officeops.tui.record_lines.targets import Pointer, PointingRecords
from officeops.tui.terminal.cells import pad, wrapped
from officeops.tui.widgets.columns import GAP, fit, listed
from officeops.tui.widgets.lines import Line
from officeops.tui.widgets.row_pager import Pages
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.declarations import Part
    from officeops.model.fields import Field
    from officeops.model.lifecycle.record_life import RecordLife
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.widgets.columns import Column

#: How many records of a type are shown that are no parts.
SHOWN: Final = 5


def part_lines(
    office: Office,
    record: Record,
    width: int,
) -> Iterator[Line]:
    """Yield the parts of the record, all of them, with their total below."""
    types = office.seen()
    for part in record.parts:
        part_type = types.get(part.record)
        field = part_type.meta.field(part.field) if part_type else None
        if part_type is None or field is None:
            continue
        pointing = PointingRecords(part_type, field, record.id)
        ids = _ids(office, pointing)
        if not ids and part.is_quiet:
            continue
        yield Line()
        yield _heading(pointing, part.heading(part_type.meta.plural), len(ids))
        if ids:
            fields = _part_fields(office, part_type, part)
            pages = Pages(
                office,
                part_type,
                fields,
                array("q", ids),
            )
            _rank_blank_last(fields, pages.sample(0))
            yield from _table(pages, pointing, width)
        # The plugin's own function: an order's total is not a sum of one column.
        if part.total:
            total = safe(str(named(part.total)(office, record)))
            for line in wrapped(total, width - 2):
                yield Line.of(f"  {line}", "strong")


def related_lines(
    office: Office,
    record: Record,
    width: int,
) -> Iterator[Line]:
    """Yield the number of records that point here by each field, and the first of them."""
    parts = {(part.record, part.field) for part in record.parts}
    for other in office.seen().values():
        for field in other.meta.fields:
            is_part = (other.meta.key, field.name) in parts
            points_here = field.target == record.meta.key
            if points_here and not is_part:
                pointing = PointingRecords(other, field, record.id)
                yield from _related(office, record, pointing, width)


def _related(
    office: Office,
    record: Record,
    pointing: PointingRecords,
    width: int,
) -> Iterator[Line]:
    ids = _ids(office, pointing, list(_newest_and_open(office, pointing)))
    if not ids:
        return
    meta, field = pointing.record.meta, pointing.field
    # "Lots" says it already; "People as manager" needs the field.
    says_itself = field.label == meta.label or field.target.endswith(field.public_name)
    role = "" if says_itself else f" as {field.words}"
    yield Line()
    yield _heading(pointing, f"{meta.plural}{role}", len(ids))
    columns = listed(meta, away=office.withheld(pointing.record))
    fields = [column for column in columns if column.name != field.name]
    shown = array("q", ids[:SHOWN])
    pages = Pages(office, pointing.record, fields, shown)
    repeated = _repeated(office, record, pages)
    if repeated:
        fields = [column for column in fields if column not in repeated]
        pages = Pages(office, pointing.record, fields, shown)
    yield from _table(pages, pointing, width)


def _repeated(
    office: Office,
    record: Record,
    pages: Pages,
) -> list[Field]:
    """List the references that only repeat one of the record itself: the item of a lot's moves."""
    own: dict[str, set[str]] = {}
    for field in record.meta.fields:
        target = office.target(field)
        if target is not None:
            label = office.label(target, getattr(record, field.name))
            own.setdefault(field.target, set()).add(safe(label))
    rows = pages.sample(0)
    repeated = []
    for place, column in enumerate(pages.fields):
        texts = {row[place] for row in rows}
        if len(texts) == 1 and texts <= own.get(column.target, set()):
            repeated.append(column)
    # A table without columns would say nothing.
    return repeated if len(repeated) < len(pages.fields) else []


def _newest_and_open(office: Office, pointing: PointingRecords) -> Iterable[str]:
    """Yield an order that has the records that are still open first, then the newest.

    A kind that people read by a name or a day of its own keeps its order.
    """
    meta, life = pointing.record.meta, pointing.record.life
    if life is not None:
        ends = [text_literal(state) for state in life.states if _is_end(life, state)]
        yield f"t.{life.column} IN ({', '.join(ends)})"
    first = meta.field(meta.sort.partition(",")[0])
    if first is None or first.target:
        yield "t.id DESC"
    else:
        yield from office.query(pointing.record).order("")


def _is_end(life: RecordLife, state: str) -> bool:
    return not any(life.verb_between(state, other) for other in life.states)


def _ids(
    office: Office,
    pointing: PointingRecords,
    order_by: Iterable[str] = (),
) -> list[int]:
    meta = pointing.record.meta
    live = "" if meta.derived else "t.archived_at IS NULL AND "
    order = ", ".join(order_by or office.query(pointing.record).order(""))
    where = f"{live}t.{pointing.field.name} = ?"
    sql = f"SELECT t.id FROM {meta.table} t WHERE {where} ORDER BY {order}"
    return [row[0] for row in office.rows(sql, pointing.id)]


def _heading(
    pointing: PointingRecords,
    name: str,
    count: int,
) -> Line:
    return Line.of(f"{name} ({count:,})", "head", pointing, f"many {pointing.key}")


def _part_fields(
    office: Office,
    part_type: type[Record],
    part: Part,
) -> list[Field]:
    """Return the columns of a part, ranked as they are declared: the last gives way first."""
    withheld = office.withheld(part_type)
    fields: list[Field] = []
    for name in part.columns:
        declared = part_type.meta.field(name)
        if declared is not None and name not in withheld:
            field = copy(declared)
            field.list_rank = len(fields) + 1
            fields.append(field)
    return fields


def _rank_blank_last(fields: Sequence[Field], sample: Sequence[Sequence[str]]) -> None:
    """Rank blank columns behind the others, so that they give way first."""
    for place, field in enumerate(fields):
        if not any(row[place].strip() for row in sample):
            field.list_rank += len(fields)


def _table(
    pages: Pages,
    pointing: PointingRecords,
    width: int,
) -> Iterator[Line]:
    """Yield the rows under their labels; each opens its record."""
    columns = fit(pages.fields, pages.sample(0), width - 2)
    labels = [pad(column.field.label, column.width, right=column.right) for column in columns]
    yield Line.of(_joined(labels).rstrip(), "head")
    for index, record_id in enumerate(pages.ids):
        target = Pointer(pointing.record, record_id)
        text = _joined(_cells(pages.row(index), columns))
        yield Line.of(text, "", target, f"row {pointing.key} {record_id}")


def _cells(row: Sequence[str] | None, columns: Sequence[Column]) -> list[str]:
    """Return the cells of a row; none for a record that is gone since the ids were read."""
    if not row:
        return []
    return [pad(row[column.at], column.width, right=column.right) for column in columns]


def _joined(cells: Sequence[str]) -> str:
    return "  " + (" " * GAP).join(cells)
