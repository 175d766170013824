"""Every row of every kind of record, read as its record: values that their fields do not take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.immutable import Value
from officeops.selfcheck.finding import Finding
from officeops.values.field_rules import unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Rows that are read at once. Columns are looked at whole, so that a hundred thousand rows take no longer than they must.
PIECE: Final = 10_000
#: The most values of a kind of record that are named one by one.
NAMED: Final = 20


class Unfit(Value):
    """One value that does not fit: of which record, in which field, and what is wrong with it."""

    id: int
    field: Field
    wrong: str


def value_findings(office: Office) -> Iterator[Finding]:
    """Yield a finding for each value that its field does not take, by the record's name; or that all fit."""
    there = {name for (name,) in office.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    kinds = [record for record in office.records.values() if record.meta.table in there]
    fine = True
    for record in kinds:
        found = list(unfit_values(office, record))
        fine = fine and not found
        yield from (_finding(office, record, value) for value in found[:NAMED])
        if len(found) > NAMED:
            more = f"{len(found) - NAMED:,} more values of {record.meta.plural.lower()} do not fit their fields."
            yield Finding(
                "records",
                "value-unfit-more",
                "problem",
                more,
                "Mend those that are named, then check again.",
            )
    if fine:
        yield Finding(
            "records", "value-unfit", "ok", "Every value is of its field's kind, within its limits."
        )


def unfit_values(office: Office, record: type[Record]) -> Iterator[Unfit]:
    """Yield every value of a kind of record, archived ones too, that its field does not take."""
    fields, last = record.meta.fields, 0
    names = ", ".join(("id", *(field.name for field in fields)))
    while True:
        sql = f"SELECT {names} FROM {record.meta.table} WHERE id > ? ORDER BY id LIMIT {PIECE}"
        rows = office.rows(sql, last)
        if not rows:
            return
        ids, *columns = zip(*rows, strict=True)
        for field, column in zip(fields, columns, strict=True):
            yield from (
                Unfit(ids[place], field, wrong) for place, wrong in _wrong(office, field, column)
            )
        last = int(ids[-1])


def _wrong(office: Office, field: Field, column: tuple[Any, ...]) -> Iterator[tuple[int, str]]:
    if field.required and (None in column or "" in column):
        yield from (
            (place, "is blank, and it is needed")
            for place, kept in enumerate(column)
            if kept in {None, ""}
        )
    yield from unfit(field, column, lambda: office.ways)


def _finding(office: Office, record: type[Record], value: Unfit) -> Finding:
    meta, field = record.meta, value.field
    wrong = value.wrong if field.name not in meta.guarded else "holds a value that it does not take"
    what = f"{meta.label} {office.label(record, value.id)}: {field.label}: {wrong}."
    option = field.public_name.replace("_", "-")
    if meta.editable and not field.managed:
        cure = f"Correct it: `officeops {meta.noun} edit '#{value.id}' --{option} VALUE`."
    else:
        cure = f"`officeops {meta.noun} history '#{value.id}'` tells which action wrote it; `officeops undo` takes that back."
    return Finding("records", "value-unfit", "problem", what, cure)
