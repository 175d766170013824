"""A value as people read it: a reference by name, a choice in words, a number with its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.placeholder import Unusable
from officeops.values.convert import show, worded
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.model.office import Office


def shown_value(office: Office, field: Field, value: Any) -> str:  # noqa: ANN401 - any field's value
    """Return a field's value as people read it; a long text keeps its line ends."""
    if isinstance(value, Unusable):
        return show(field, value, office.ways)
    if field.target and value is not None:
        return _reference_text(office, field, value)
    if field.kind.editor == "text" and value and not field.sealed:
        return field.kind.typed(value, field, office.ways)
    text = worded(field, show(field, value, office.ways))
    return f"{text} {field.unit}" if text and field.unit else text


def _reference_text(
    office: Office,
    field: Field,
    record_id: int,
) -> str:
    target = office.target(field)
    # Its plugin may be switched off; its data stays.
    if target:
        return safe(office.label(target, record_id))
    plugin = field.target.partition(".")[0]
    return f"#{record_id} ({plugin} is off)"
