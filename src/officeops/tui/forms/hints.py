"""The hint of a field: what it is for and what it takes, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.model.fields import Field

#: What a kind of field takes.
_TAKES: Final = {
    "date": "a date: 2026-01-31, 1/31/2026, today, +30d",
    "money": "money: 12.50",
    "price": "a price: 12.50, or 0.125",
    "duration": "a duration: 90, 1:30, 1h30m",
    "yes_no": "yes or no; space changes it",
    "choice": "space shows the next choice",
    "reference": "type a part of its name, down chooses",
    "number": "a whole number",
    "quantity": "a whole number",
}


def hint(field: Field, *, has_value: bool = False) -> str:
    """Return a field's hint.

    `has_value` means that the form edits a record, where a sealed field keeps its value.
    """
    parts = [
        field.help,
        _sealed_hint(has_value=has_value) if field.sealed else "",
        ", ".join(field.choices) or _TAKES.get(field.kind, ""),
        f"in {field.unit}" if field.unit else "",
    ]
    sentences = [part[:1].upper() + part[1:] for part in parts if part]
    return ". ".join(sentences)


def _sealed_hint(*, has_value: bool) -> str:
    return "sealed: unchanged unless typed" if has_value else "sealed: not shown again"
