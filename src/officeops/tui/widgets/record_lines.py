"""The lines of one record: its values, what points to it, and its history."""

from __future__ import annotations

import json
from array import array
from copy import copy
from typing import TYPE_CHECKING, Any, Final

from officeops.model.declarations import named
from officeops.model.immutable import Value
from officeops.model.placeholder import Unusable
from officeops.tui.terminal.cells import pad, wrapped
from officeops.tui.widgets.columns import GAP, fit, listed
from officeops.tui.widgets.lines import Line
from officeops.tui.widgets.row_pager import Pages, worded
from officeops.values.convert import safe, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.declarations import Part
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office

LABEL: Final = 20
RELATED: Final = 5
HISTORY: Final = 20


class Pointer(Value):
    """A record a line stands for."""

    record: type[Record]
    id: int


class Many(Value):
    """The records that point here by one of their fields."""

    record: type[Record]
    field: Field
    id: int


class Hidden(Value):
    """A sealed value a line stands for."""

    field: Field


def lines(office: Office, record: Record, width: int) -> Iterator[Line]:
    """Yield everything a record's screen says."""
    yield from values(office, record, width)
    yield from parts(office, record, width)
    shown = {(part.record, part.field) for part in record.parts}
    for kind in office.seen().values():
        for field in kind.meta.fields:
            if (kind.meta.key, field.name) in shown:
                continue
            if field.kind == "reference" and field.target == record.meta.key:
                yield from related(office, Many(kind, field, record.id), width)
    yield from history(office, record, width)


def values(office: Office, record: Record, width: int) -> Iterator[Line]:
    """Yield a line for each value; what is blank is named in one line at the end."""
    meta, blank = record.meta, []
    if meta.prefix:
        yield _value("No.", record.human_key)
    if record.archived_at:
        yield Line(((pad("Archived", LABEL), "dim"), (f"since {record.archived_at[:10]}", "alarm")))
    away = office.withheld(type(record))
    for field in (each for each in (*meta.fields, *meta.computed) if each.name not in away):
        text = _text(office, record, field)
        if not text:
            blank.append(field.label.lower())
            continue
        target = Hidden(field) if field.sealed else _pointer(office, record, field)
        first, *rest = wrapped(text, width - LABEL)
        yield Line(((pad(field.label, LABEL), "dim"), (first, "")), target, f"field {field.name}")
        yield from (Line(((" " * LABEL, ""), (each, ""))) for each in rest)
    if blank:
        yield from (Line.of(each, "dim") for each in wrapped(f"Not set: {', '.join(blank)}", width))


def _value(label: str, text: str) -> Line:
    return Line(((pad(label, LABEL), "dim"), (text, "strong")))


def _text(office: Office, record: Record, field: Field) -> str:
    if field.sealed:
        return office.masked(getattr(record, field.name))
    if field.sql:
        value = office.value(
            f"SELECT {field.sql} FROM {record.meta.table} t WHERE t.id = ?", record.id
        )
    else:
        value = getattr(record, field.name)
    return value_text(office, field, value)


def value_text(office: Office, field: Field, value: Any) -> str:  # noqa: ANN401 - any field's value
    """Return a value as people read it; a reference by name, a long text with its lines."""
    if isinstance(value, Unusable):
        return show(field, value, office.ways)
    if field.kind == "reference" and value is not None:
        target = office.target(field)
        return (
            safe(office.label(target, value))
            if target
            else f"#{value} ({field.target.partition('.')[0]} is off)"
        )
    if field.kind == "long_text" and value:
        return "\n".join(map(safe, str(value).split("\n")))
    text = worded(field, show(field, value, office.ways))
    return f"{text} {field.unit}" if text and field.unit else text


def _pointer(office: Office, record: Record, field: Field) -> Pointer | None:
    target = office.target(field) if field.kind == "reference" else None
    return Pointer(target, getattr(record, field.name)) if target else None


# -- what is part of it ---------------------------------------------------------------------------------


def parts(office: Office, record: Record, width: int) -> Iterator[Line]:
    """Yield what is part of the record: all of it, with its total below."""
    seen = office.seen()
    for part in record.parts:
        kind = seen.get(part.record)
        field = kind.meta.field(part.field) if kind else None
        if kind is None or field is None:
            continue
        many = Many(kind, field, record.id)
        ids = _ids(office, many)
        yield Line()
        yield Line.of(
            f"{kind.meta.plural} ({len(ids):,})", "head", many, f"many {kind.meta.key} {field.name}"
        )
        if ids:
            yield from _rows(office, many, ids, _part_fields(office, kind, part), width)
        if part.total:
            text = safe(str(named(part.total)(office, record)))
            yield from (Line.of(f"  {line}", "strong") for line in wrapped(text, width - 2))


def _part_fields(office: Office, kind: type[Record], part: Part) -> list[Field]:
    """Return the columns of a part, ranked as they are declared: the last gives way first."""
    away, ranked = office.withheld(kind), []
    for name in part.columns:
        field = kind.meta.field(name)
        if field is not None and field.name not in away:
            ranked.append(copy(field))
            ranked[-1].list_rank = len(ranked)
    return ranked


def _rows(
    office: Office, many: Many, ids: list[int], fields: list[Field], width: int
) -> Iterator[Line]:
    """Yield a table of records under their labels. Where it does not fit, columns blank throughout give way first."""
    kind, field = many.record, many.field
    pages = Pages(office, kind, fields, array("q", ids))
    sample = pages.sample(0)
    for place, column in enumerate(fields):
        if not any(row[place].strip() for row in sample):
            column.list_rank += len(fields)
    columns = fit(fields, sample, width - 2)
    labels = [pad(column.field.label, column.width, right=column.right) for column in columns]
    yield Line.of("  " + (" " * GAP).join(labels).rstrip(), "head")
    for index, record_id in enumerate(ids):
        row = pages.row(index) or ()
        texts = (
            [pad(row[column.at], column.width, right=column.right) for column in columns]
            if row
            else []
        )
        text = "  " + (" " * GAP).join(texts)
        yield Line.of(
            text, "", Pointer(kind, record_id), f"row {kind.meta.key} {field.name} {record_id}"
        )


# -- what points here -----------------------------------------------------------------------------------


def related(office: Office, many: Many, width: int) -> Iterator[Line]:
    """Yield how many records point here by one field, and the first of them."""
    kind, field = many.record, many.field
    ids = _ids(office, many)
    if not ids:
        return
    name = kind.meta.plural
    as_what = (
        ""
        if field.label == kind.meta.label or field.target.endswith(field.public_name)
        else f" as {field.label.lower()}"
    )
    yield Line()
    yield Line.of(
        f"{name}{as_what} ({len(ids):,})", "head", many, f"many {kind.meta.key} {field.name}"
    )
    fields = [f for f in listed(kind.meta, away=office.withheld(kind)) if f.name != field.name]
    pages = Pages(office, kind, fields, array("q", ids[:RELATED]))
    columns = fit(fields, pages.sample(0), width - 2)
    labels = [pad(c.field.label, c.width, right=c.right) for c in columns]
    yield Line.of("  " + (" " * GAP).join(labels).rstrip(), "head")
    for index, each in enumerate(ids[:RELATED]):
        row = pages.row(index) or ()
        texts = [pad(row[c.at], c.width, right=c.right) for c in columns] if row else []
        yield Line.of(
            "  " + (" " * GAP).join(texts),
            "",
            Pointer(kind, each),
            f"row {kind.meta.key} {field.name} {each}",
        )


def _ids(office: Office, many: Many) -> list[int]:
    meta = many.record.meta
    live = "" if meta.derived else "t.archived_at IS NULL AND "
    order = ", ".join(office.query(many.record).order(""))
    sql = f"SELECT t.id FROM {meta.table} t WHERE {live}t.{many.field.name} = ? ORDER BY {order}"
    return [row[0] for row in office.rows(sql, many.id)]


# -- history --------------------------------------------------------------------------------------------


def history(office: Office, record: Record, width: int) -> Iterator[Line]:
    """Yield who did what to the record, and when, the last first."""
    from officeops.history.log import Asked, changes

    rows = changes(office, Asked(record=type(record), record_id=record.id, limit=HISTORY + 1))
    if rows:
        yield Line()
        yield Line.of("History", "head")
    for each in rows[:HISTORY]:
        what = each.action.removeprefix(f"{record.meta.key}.").replace("-", " ")
        start = f"  {_local(office, each.at)}  {safe(each.actor)}  {safe(what)}"
        told = _told(office, record.meta, each.before, each.after)
        first, *rest = wrapped(f"{start}  {told}".rstrip(), width)
        yield Line.of(first, "dim")
        yield from (Line.of(f"    {more}", "dim") for more in rest)
    if len(rows) > HISTORY:
        yield Line.of(
            f"  … and more: officeops history {record.meta.noun} {record.human_key}", "dim"
        )


def _told(office: Office, meta: Meta, before: str | None, after: str | None) -> str:
    if not (before and after):
        return ""
    was, now = json.loads(before), json.loads(after)
    return ", ".join(_one_change(office, meta, name, was.get(name), now[name]) for name in now)


def _one_change(office: Office, meta: Meta, name: str, was: object, now: object) -> str:
    if name == "archived_at":
        return "archived" if now else "brought back"
    field = meta.field(name)
    if field is None or field.sealed:
        return f"{name} changed" if field is None else f"{field.label.lower()} changed"
    old, new = (
        value_text(office, field, value).replace("\n", " ") or "blank" for value in (was, now)
    )
    return f"{field.label.lower()} {old} → {new}"


def _local(office: Office, at: str) -> str:
    """Return an instant as the office's clock showed it, to the minute."""
    from officeops.values.instants import as_instant, local

    return f"{local(as_instant(at), office.ways.zone):%Y-%m-%d %H:%M}"


def at_the_office(office: Office, at: str) -> str:
    """Return when something was done, as the clock at the office showed it."""
    return _local(office, at)
