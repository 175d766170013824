"""RowRefusals: notes bad rows by the columns of the file that they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.about import filled_by
from officeops.model.errors import Reason
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from re import Match as Found

    from officeops.exchange.columns.matching import Match
    from officeops.exchange.importer import Row
    from officeops.model.meta import Meta

    #: Notes a bad row: its line and cells, the column, the cell in it, and why.
    Note = Callable[[int, Sequence[Any], str, object, Reason], None]

_WITH_OPTION = Pattern(r"with --([a-z][a-z-]*)")


class RowRefusals:
    """Says which rows of a file are bad, and names fields as the file does."""

    def __init__(
        self,
        meta: Meta,
        columns: Sequence[str],
        match: Match,
        note: Note,
    ) -> None:
        self._meta = meta
        self._columns = columns
        self._match = match
        self.note = note

    def refuse(
        self,
        row: Row,
        name: str,
        why: str,
    ) -> None:
        """Note a row as bad: the field and why its value, or the row itself, is refused."""
        row.bad = True
        cell = self.cell(row, name)
        sentence = self._in_columns(why)
        # A rule of an importer's own, or of a plugin that gives no code.
        reason = Reason(sentence, code="row-refused")
        if isinstance(why, Reason) and why.code:
            reason = why.within(sentence)
        self.note(row.line, row.cells, self.column(name), cell, reason)

    def column(self, name: str) -> str:
        """Return the file's column for a field, or the field's name where none fills it."""
        place = self._place(name)
        if place is not None:
            return self._columns[place]
        field = self._meta.field(name)
        return field.public_name if field else name

    def cell(self, row: Row, name: str) -> object:
        """Return a row's cell for a field."""
        place = self._place(name)
        return "" if place is None else row.cells[place]

    def _place(self, name: str) -> int | None:
        for place, field in self._match.columns.items():
            names = {part.name for part in filled_by(field)}
            if name in {field.name, field.public_name, *names}:
                return place
        return None

    def _in_columns(self, why: str) -> str:
        """Return a sentence with a column of the file in place of a command line's option."""
        if "with --" not in why:
            return why
        return str(_WITH_OPTION.sub(self._with_column, why))

    def _with_column(self, option: Found[str]) -> str:
        name = option[1].replace("-", "_")
        return f"in a column {name}" if self._meta.field(name) else option[0]
