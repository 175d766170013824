"""New references: which records a field may come to point to. Those it points to already stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.declarations import Query
from officeops.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record


def problems_of(office: Office, meta: Meta, field: Field, number: int) -> Iterator[Problem]:
    """Yield why a field of a record must not come to point to a record, by its number."""
    name = field.public_name
    target = office.records.get(field.target)
    if target is None:
        plugin = field.target.partition(".")[0]
        yield Problem(f"the plugin {plugin} is off, so it cannot be set", name, code="plugin-off")
        return
    label = target.meta.label.lower()
    rows = office.rows(f"SELECT archived_at FROM {target.meta.table} WHERE id = ?", number)
    if not rows:
        facts = {"kind": target.meta.noun, "text": f"#{number}"}
        yield Problem(f"there is no {label} #{number}", name, code="not-found", facts=facts)
    # What actions alone write, such as the reversal of an old entry, is theirs to judge.
    elif rows[0][0] and meta.editable and not field.managed:
        why = (
            f"the {label} {office.label(target, number)} is archived; choose another, or restore it"
        )
        yield Problem(why, name, code="archived")
    elif field.where and not _is_among(office, target, field.where, number):
        why = f"the {label} {office.label(target, number)} is not one with {field.where}"
        facts = {"where": field.where}
        yield Problem(why, name, code="not-allowed-here", facts=facts)


def _is_among(office: Office, target: type[Record], where: str, number: int) -> bool:
    """Tell whether a filter finds a record."""
    query = Query(where=f"#{number} {where}", archived=True)
    shown = target.meta.by_name[target.meta.display]
    # A person who may set the field learns yes or no, also of fields that they may not see.
    with office.trusted():
        return any(office.select(target, [shown], query))
