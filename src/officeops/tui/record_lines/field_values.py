"""The values of a record: a line for each field that has one, and the blank fields by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import PluginFault, TimeUp
from officeops.office.shown_value import shown_value
from officeops.query.subject import subject_in_words
from officeops.tui.record_lines.targets import Pointer, SealedField
from officeops.tui.terminal.cells import pad, wrapped
from officeops.tui.widgets.lines import Line
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.widgets.rows import Role

#: Cells of the labels.
LABEL: Final = 20


def value_lines(
    office: Office,
    record: Record,
    width: int,
) -> Iterator[Line]:
    """Yield a line for each value; one line at the end names the blank fields."""
    meta = record.meta
    if meta.prefix:
        yield _labeled("No.", record.human_key, "strong")
    if record.archived_at:
        yield _labeled("Archived", f"since {record.archived_at[:10]}", "alarm")
    withheld = office.withheld(type(record))
    office.readings.show(record, [name for name in meta.guarded if name not in withheld])
    yield from _unrecorded_lines(office, width)
    blank = []
    # What a record is about is one line: its kind and name.
    about, number = (*meta.about, "", "")[:2]
    for field in (*meta.fields, *meta.computed):
        if field.name in withheld or field.name == number or _is_unused(record, field):
            continue
        text = _text(office, record, field)
        if text and field.name == about:
            yield from _about_lines(office, record, field, text, width)
        elif text:
            yield from _value_lines(office, record, field, text, width)
        else:
            blank.append(field.words)
    # Nobody fills in an entry of a ledger later.
    if blank and not meta.append_only:
        for part in wrapped(f"Not set: {', '.join(blank)}", width):
            yield Line.of(part, "dim")


def _unrecorded_lines(office: Office, width: int) -> Iterator[Line]:
    """Yield the lines that say that the history does not have this look at guarded values."""
    if unrecorded := office.readings.unrecorded:
        for part in wrapped(unrecorded, width):
            yield Line.of(part, "alarm")


def _is_unused(record: Record, field: Field) -> bool:
    """Whether a field that code alone keeps, and no list shows, has nothing but its default.

    A computed one that no list shows is for sorting, and one for code alone is never shown.
    """
    if field.sql:
        return field.hidden
    if field.internal:
        return True
    if not (field.hidden and field.managed):
        return False
    return bool(getattr(record, field.name) == field.default)


def _labeled(
    label: str,
    text: str,
    role: Role,
) -> Line:
    return Line(((pad(label, LABEL), "dim"), (text, role)))


def _about_lines(
    office: Office,
    record: Record,
    field: Field,
    key: str,
    width: int,
) -> Iterator[Line]:
    """Yield the line of the record that this one is about, which opens it."""
    number = getattr(record, record.meta.about[1])
    kind = office.records.get(key)
    target = Pointer(kind, number) if kind is not None and office.may_view(kind) else None
    text = safe(subject_in_words(office, key, number))
    yield from _lines_of(field, text, target, width)


def _value_lines(
    office: Office,
    record: Record,
    field: Field,
    text: str,
    width: int,
) -> Iterator[Line]:
    target = SealedField(field) if field.sealed else _pointer(office, record, field)
    yield from _lines_of(field, text, target, width)


def _lines_of(
    field: Field,
    text: str,
    target: SealedField | Pointer | None,
    width: int,
) -> Iterator[Line]:
    first, *rest = wrapped(text, width - LABEL)
    label = pad(field.label, LABEL)
    yield Line(
        ((label, "dim"), (first, "")),
        target,
        f"field {field.name}",
    )
    for part in rest:
        yield Line(((" " * LABEL, ""), (part, "")))


def _pointer(
    office: Office,
    record: Record,
    field: Field,
) -> Pointer | None:
    target = office.target(field)
    return Pointer(target, getattr(record, field.name)) if target else None


def _text(
    office: Office,
    record: Record,
    field: Field,
) -> str:
    if field.sealed:
        return office.masked(getattr(record, field.name))
    if field.sql:
        sql = f"SELECT {field.sql} FROM {record.meta.table} t WHERE t.id = ?"
        try:
            rows = office.answer(type(record), sql, record.id)
        except (PluginFault, TimeUp) as fault:
            # The record's other values are shown all the same.
            return safe(str(fault))
        value = rows[0][0] if rows else None
    else:
        value = getattr(record, field.name)
    return shown_value(office, field, value)
