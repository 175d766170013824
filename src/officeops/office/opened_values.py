"""Opened values: which sealed values the open action opened, until the history has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.entry import recorded_arguments
from officeops.office.repeated_requests import as_text
from officeops.store.opened_mark import OPENED

if TYPE_CHECKING:
    import sqlite3

#: Adds the openings to the arguments of an action, which is not in the chain yet.
_ADD = "UPDATE core_action SET arguments = ? WHERE id = ?"
_ARGUMENTS = "SELECT arguments FROM core_action WHERE id = ?"


class OpenedValues:
    """The records whose sealed values the open action opened, by field and each once."""

    def __init__(self) -> None:
        self._records: dict[str, dict[str, None]] = {}

    def begin(self) -> None:
        """Start with nothing opened, for an action that begins."""
        self._records = {}

    def add(self, field: str, subject: str) -> None:
        """Note that a field of a record was opened."""
        self._records.setdefault(field, {})[subject] = None

    def record(self, db: sqlite3.Connection, action: int) -> None:
        """Write the openings beside the arguments of the action, before it is in the chain."""
        if not self._records:
            return
        (text,) = db.execute(_ARGUMENTS, (action,)).fetchone()
        arguments = recorded_arguments(text)
        arguments[OPENED] = {field: list(subjects) for field, subjects in self._records.items()}
        db.execute(_ADD, (as_text(arguments), action))
