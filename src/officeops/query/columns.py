"""Columns: the fields of a list, by their names or those that are shown without any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.query.terms import MOST

if TYPE_CHECKING:
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record


#: Columns of a higher rank are left to `--columns`, JSON and CSV.
SHOWN = 6


def chosen_columns(
    office: Office, record: type[Record], names: str, *, everything: bool = False
) -> list[Field]:
    """Return the columns asked for; without names, those a table shows, or all readable ones."""
    meta, away = record.meta, office.withheld(record)
    if names:
        if names.count(",") >= MOST:
            raise UsageProblem(
                f"{names.count(',') + 1:,} fields are asked for; {MOST} is the most."
            )
        chosen = [_column(meta, name.strip()) for name in names.split(",")]
        for field in chosen:
            if field.name in away:
                office.allow(f"{meta.guarded[field.name]}.view")
        return chosen
    if not everything:
        return [f for f in meta.list_fields if f.list_rank <= SHOWN and f.name not in away]
    columns = []
    for f in (*meta.fields, *meta.computed):
        if f.name in away:
            continue
        columns.append(f)
        if f.kind == "reference":
            columns.append(_plain_id(f))
    return columns


def _column(meta: Meta, name: str) -> Field:
    field = meta.field(name)
    if field is None:
        known = ", ".join(f.public_name for f in (*meta.fields, *meta.computed))
        raise UsageProblem(f"{meta.plural} have no field {name!r}. They have {known}.")
    return field


def _plain_id(reference: Field) -> Field:
    return Field(
        "number", default=None, label=reference.label + " id", sql=f"t.{reference.name}"
    ).named(reference.name, "")
