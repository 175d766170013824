"""The hint of a field: what it is for and what it takes, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.model.fields import Field


def hint(field: Field, *, has_value: bool = False) -> str:
    """Return a field's hint.

    `has_value` means that the form edits a record, where a sealed field keeps its value.
    """
    parts = [
        field.help,
        _sealed_hint(has_value=has_value) if field.sealed else "",
        ", ".join(field.choices) or field.kind.hint,
        f"in {field.unit}" if field.unit else "",
    ]
    sentences = [part[:1].upper() + part[1:] for part in parts if part]
    return ". ".join(sentences)


def _sealed_hint(*, has_value: bool) -> str:
    return "sealed: unchanged unless typed" if has_value else "sealed: not shown again"
