"""Check of values: every row of every kind of record, for values that their fields do not take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.history.unseen_rows import unseen
from officeops.model.fields import Field
from officeops.model.immutable import Value
from officeops.selfcheck.finding import UNSEEN, Finding
from officeops.selfcheck.tables import table_names
from officeops.store.sql_triggers import no_stamp
from officeops.values.field_rules import unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office

#: Rows that are read at once. They are checked column by column, which is what keeps a hundred
#: thousand rows quick: a field is asked once for a column, not once for a value.
PIECE: Final = 10_000
#: The most values of a kind of record that are named one by one.
NAMED: Final = 20
#: The most characters of a time of archiving that a finding repeats.
_BRIEF: Final = 40
#: The column that says when a record was archived, which is no field.
ARCHIVED: Final = Field("instant", default=None, label="Archived at").named("archived_at", "")


class Unfit(Value):
    """A value that its field does not take: the record's id, the field, and the reason."""

    id: int
    field: Field
    wrong: str


def value_findings(office: Office) -> Iterator[Finding]:
    """Yield a finding for each value that its field does not take; one finding if all fit."""
    tables = table_names(office)
    all_fit = True
    for record in office.records.values():
        # A missing table is a finding of its own.
        if record.meta.table not in tables:
            continue
        for finding in _findings(office, record):
            all_fit = False
            yield finding
    if all_fit:
        what = "Every value is of its field's kind, within its limits."
        yield Finding("records", "value-unfit", "ok", what)


def _findings(office: Office, record: type[Record]) -> Iterator[Finding]:
    every = list(unfit_values(office, record))
    unseen_ids = unseen(office, record, {value.id for value in every})
    values = [value for value in every if value.id not in unseen_ids]
    if unseen_ids:
        plural = record.meta.many
        what = f"Some {plural} that you may not see have values that do not fit their fields."
        yield Finding("records", "value-unfit", "problem", what, UNSEEN)
    for value in values[:NAMED]:
        yield _finding(office, record, value)
    more = len(values) - NAMED
    if more > 0:
        what = f"{more:,} more values of {record.meta.many} do not fit their fields."
        cure = "Correct those that are named, then check again."
        yield Finding("records", "value-unfit-more", "problem", what, cure)


def unfit_values(office: Office, record: type[Record]) -> Iterator[Unfit]:
    """Yield every value of a kind of record, archived ones too, that its field does not take."""
    if not record.meta.derived:
        yield from _without_stamp(office, record)
    fields, last = record.meta.fields, 0
    names = ", ".join(("id", *(field.name for field in fields)))
    # Piece by piece, so that a large table does not fill the memory.
    while True:
        sql = f"SELECT {names} FROM {record.meta.table} WHERE id > ? ORDER BY id LIMIT {PIECE}"
        rows = office.rows(sql, last)
        if not rows:
            return
        ids, *columns = zip(*rows, strict=True)
        for field, column in zip(fields, columns, strict=True):
            for place, wrong in _wrong(office, field, column):
                yield Unfit(ids[place], field, wrong)
        last = int(ids[-1])


def _without_stamp(office: Office, record: type[Record]) -> Iterator[Unfit]:
    """Yield every record with a time of archiving that the office did not write."""
    table = record.meta.table
    sql = f"SELECT id, archived_at FROM {table} WHERE {no_stamp('archived_at')} ORDER BY id"
    for id_, stamp in office.rows(sql):
        yield Unfit(id_, ARCHIVED, f"{stamp[:_BRIEF]!r} is no time that the office writes")


def _wrong(
    office: Office,
    field: Field,
    column: tuple[Any, ...],
) -> Iterator[tuple[int, str]]:
    """Yield the place of each value that does not fit in a column, and the reason."""
    blank: set[object] = {None} if field.required else set()
    if field.is_never_blank:
        blank.add("")
    for place, value in enumerate(column) if blank.intersection(column) else ():
        if value in blank:
            yield place, "is blank, and it is needed"
    yield from unfit(field, column, lambda: office.ways)


def _finding(
    office: Office,
    record: type[Record],
    value: Unfit,
) -> Finding:
    meta, field = record.meta, value.field
    wrong = value.wrong
    if field.name in meta.guarded:
        # The reason may repeat the value, which not everybody who checks the office may see.
        wrong = "holds a value that it does not take"
    what = f"{meta.label} {office.label(record, value.id)}: {field.label}: {wrong}."
    # The cure is a line that can be typed.
    option = field.public_name.replace("_", "-")
    if field is ARCHIVED and not (meta.append_only or meta.commandless):
        cure = f"Bring it back, then archive it again: `officeops {meta.noun} unarchive '#{value.id}'`."
    elif meta.editable and not field.managed and field is not ARCHIVED:
        cure = f"Correct it: `officeops {meta.noun} edit '#{value.id}' --{option} VALUE`."
    else:
        history = f"`officeops {meta.noun} history '#{value.id}'`"
        cure = f"{history} tells which action wrote it; `officeops undo` takes that back."
    return Finding("records", "value-unfit", "problem", what, cure)
