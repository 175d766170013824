"""The text of a sealed field's value: as it is sealed, as it comes back, and as it is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import UsageProblem
from officeops.model.fields import INTEGER_KINDS
from officeops.model.sql_values import from_sql, to_sql

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.model.meta import Meta


CURE: Final = "Put it back there from its copy, or type its recovery sheet in with `officeops seal recover`; all else works on."


def sealed_field(meta: Meta, name: str) -> Field:
    """Return a sealed field by its name. Raises UsageProblem for one that is not sealed, or not there."""
    found = meta.field(name.replace("-", "_"))
    if found is None or not found.sealed:
        known = ", ".join(f.public_name for f in meta.sealed) or "none"
        raise UsageProblem(f"{meta.plural} have no sealed field {name!r}; sealed are: {known}.")
    return found


def as_text(value: object) -> str:
    """Return a field's value as the text that is sealed."""
    return str(to_sql(value))


def from_text(field: Field, text: str) -> Any:  # noqa: ANN401 - the field's own type
    """Return a field's value from the text that was sealed."""
    return from_sql(field, int(text) if field.kind in INTEGER_KINDS else text)


def looked_up(field: Field, value: object) -> str:
    """Return a value as it is looked up: of text, capitals, spaces and dashes make no difference."""
    from officeops.sealing.seal import normalised

    text = as_text(value)
    return normalised(text) if field.kind in {"text", "long_text"} else text
