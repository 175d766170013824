"""Examples for the help: what may be typed on this very screen, in this very office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Kinds of field that an example compares, each with how.
_COMPARED: Final = {"quantity": "<10", "number": "<10", "date": "<=+30d", "yes_no": "=yes"}


def example(record: type[Record]) -> str:
    """Return what a filter on a kind of record may say: words, and a comparison of each kind that its fields allow."""
    meta = record.meta
    found: dict[str, str] = {}
    for field in (*meta.fields, *meta.computed):
        if field.kind in _COMPARED and not field.sealed and not field.guard:
            found.setdefault(_COMPARED[field.kind], field.public_name)
    said = " ".join(f"{name}{how}" for how, name in found.items())
    return f"words, or {said}" if said else "words"


def destination(office: Office) -> str:
    """Return where `:` may go: a kind of record, and one of its views where a plugin has any."""
    for _, view in office.plugins.registered("views"):
        if view.record in office.records:
            return f"{office.records[view.record].meta.noun} {view.name}"
    return "location"
