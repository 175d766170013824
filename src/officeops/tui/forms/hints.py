"""The hint of a field: what it is for and what it takes, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.lines import Line
from officeops.values.quantities import allowed

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.values.conventions import Conventions


#: Lines below a form that describe a field. They are always there, so that nothing jumps.
_LINES: Final = 2


def hint(
    field: Field,
    ways: Conventions,
    *,
    has_value: bool = False,
) -> str:
    """Return a field's hint: what it is for, what it takes, and its limits.

    `has_value` means that the form edits a record, where a sealed field keeps its value.
    """
    parts = [
        field.help,
        _sealed_hint(has_value=has_value) if field.sealed else "",
        ", ".join(field.choices) or field.kind.hint,
        limits(field, ways),
    ]
    sentences = [part[:1].upper() + part[1:] for part in parts if part]
    return ". ".join(sentences)


def limits(field: Field, ways: Conventions) -> str:
    """Return the least and the greatest value that a field takes, with its unit; blank for none."""
    if field.minimum is None and field.maximum is None:
        return f"in {field.unit}" if field.unit else ""
    return allowed(
        field.minimum,
        field.maximum,
        lambda limit: field.kind.show(limit, field, ways),
        field.unit,
    )


def foot_lines(words: str, width: int) -> list[Line]:
    """Return the lines that describe a field."""
    lines = wrapped(words, width)[:_LINES]
    lines += [""] * (_LINES - len(lines))
    return [Line.of(line) for line in lines]


def _sealed_hint(*, has_value: bool) -> str:
    return "sealed: unchanged unless typed" if has_value else "sealed: not shown again"
