"""Examples for help: what a person may type on this screen, in this office."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


def example(record: type[Record]) -> str:
    """Return an example of a filter.

    It has words, and one comparison of each sort that the type's fields allow.
    """
    meta = record.meta
    names: dict[str, str] = {}
    for field in (*meta.fields, *meta.computed):
        is_open = not (field.sealed or field.guard or field.hidden)
        if field.kind.comparison and is_open and _is_taken(field):
            names.setdefault(field.kind.comparison, field.public_name)
    terms = [f"{name}{comparison}" for comparison, name in names.items()]
    return f"words, or {' '.join(terms)}" if terms else "words"


def _is_taken(field: Field) -> bool:
    """Whether a field's limits take the value of its kind's example."""
    highest = field.maximum
    value = field.kind.comparison.lstrip("<>=")
    return highest is None or not value.isdigit() or int(value) <= highest


def destination(office: Office) -> str:
    """Return an example of a place to go: a noun with one of its views if a plugin has any."""
    for _, view in office.plugins.registered("views"):
        if view.record in office.records:
            return f"{office.records[view.record].meta.noun} {view.name}"
    return "location"
