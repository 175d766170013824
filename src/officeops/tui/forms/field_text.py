"""The text of a value in a form: what a person would type for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from officeops.model.about import Subject
from officeops.model.fields import MISSING
from officeops.model.placeholder import Unusable
from officeops.query.candidates import name_of
from officeops.query.references import given, scope
from officeops.query.subject import subject_as_written
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


def starting_texts(
    office: Office,
    fields: Sequence[Field],
    record: Record | None = None,
) -> dict[str, str]:
    """Return the texts a form begins with, by field.

    They are a record's values, or the declared defaults.
    """
    texts: dict[str, str] = {}
    for field in fields:
        value = getattr(record, field.name) if record else _default(office, field)
        target = office.target(field) if record and field.within else None
        within = (
            scope(
                field,
                target,
                fields,
                given({}, record),
            )
            if target
            else None
        )
        texts[field.name] = text_of(office, field, value, within)
    return texts


def _default(office: Office, field: Field) -> object:
    return field.default if field.default_of is None else asked_default(office, field)


def asked_default(office: Office, field: Field) -> object:
    """Return the default that a function of a field gives; None for the person who signs later.

    At a login that people share, the name of the login is nobody's.
    """
    value: object = field.default_of(office) if field.default_of else None
    is_unsigned = office.who.is_shared and value == office.actor
    return None if is_unsigned else value


def text_of(
    office: Office,
    field: Field,
    value: object,
    within: Mapping[str, int] | None = None,
) -> str:
    """Return a value's text. A sealed value has none.

    `within` are the columns that limit where a reference is looked up: its name has to be unique
    only there.
    """
    if isinstance(value, Unusable):
        return safe(value.shown)
    # A sealed value is never typed out; saving a blank leaves it as it is.
    if value is None or value is MISSING or field.sealed:
        return ""
    if isinstance(value, Subject):
        return safe(subject_as_written(office, value.key, value.id))
    if field.target and isinstance(value, int):
        target = office.target(field)
        return name_of(office, target, value, within) if target else f"#{value}"
    return field.kind.typed(value, field, office.ways)


def understood(
    office: Office,
    field: Field,
    text: str,
    value: object,
) -> str:
    """Return what a typed text means, in other words than it was typed; blank if it says so itself.

    A day comes with its weekday.
    """
    if value is None or field.kind.editor == "text":
        return ""
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%a} {value}"
    meant = text_of(office, field, value)
    return "" if meant.casefold() == text.strip().casefold() else f"= {meant}"
