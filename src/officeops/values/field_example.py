"""Field example: a value of a field as people type it, for the example of a help."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.values.conventions import Conventions
from officeops.values.convert import show
from officeops.values.field_rules import wrong_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field

#: A value of which nothing else is known than that people type it.
ANY_TEXT: Final = "Front desk"


def taken_by(field: Field, text: str) -> str:
    """Return a text that a field takes: the given one, else one of its kind or its limits.

    That of a reference is somebody's record, of which no declaration knows.
    """
    if field.target:
        return text
    for candidate in (text, *_candidates(field)):
        if not why_not_taken(field, candidate):
            return candidate
    return text


def _candidates(field: Field) -> Iterator[str]:
    """Yield texts that the field may take: a usual one may be beyond its limits."""
    yield from field.choices[:1]
    if field.kind.example:
        yield field.kind.example
    for limit in (field.minimum, field.maximum):
        if limit is not None:
            yield show(field, limit, _ways())


def why_not_taken(field: Field, text: str) -> str:
    """Return why a field does not take a text, as a sentence's end; blank if it does."""
    # The kind's own reader: that of a sealed field wraps its value.
    try:
        value = field.kind.reader(field, _ways())(text)
    except ValueError as error:
        return str(error)
    return wrong_with(field, value)


def _ways() -> Conventions:
    # With a day, because people write tomorrow as +1d.
    return Conventions(today=date.today())
