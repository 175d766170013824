"""The text of a sealed field's value: for sealing, after opening, and for a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import UsageProblem
from officeops.model.sql_values import from_sql, to_sql

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.model.meta import Meta


#: The next step where a key is missing.
CURE: Final = (
    "Restore it there from its copy, or type its recovery sheet in with `officeops seal recover`; "
    "all else works on."
)


def sealed_field(meta: Meta, name: str) -> Field:
    """Return a sealed field by its name.

    Raises UsageProblem for one that is not sealed, or not there.
    """
    field = meta.field(name.replace("-", "_"))
    if field is None or not field.sealed:
        known = ", ".join(field.public_name for field in meta.sealed) or "none"
        raise UsageProblem(
            f"{meta.plural} have no sealed field {name!r}; sealed are: {known}.",
            code="unknown-field",
        )
    return field


def as_text(value: object) -> str:
    """Return a field's value as the text to seal."""
    return str(to_sql(value))


def from_text(field: Field, text: str) -> Any:  # noqa: ANN401 - the field's own type
    """Return a field's value from the text that was sealed."""
    return from_sql(field, int(text) if field.kind.sql_type == "INTEGER" else text)


def looked_up(field: Field, value: object) -> str:
    """Return a value as a search compares it: in text, without capitals, spaces and dashes."""
    from officeops.sealing.seal import normalised

    text = as_text(value)
    return normalised(text) if field.kind.is_text else text
