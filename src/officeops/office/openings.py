"""Openings: the sealed values that code opened, which the history has with the action that opened them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.history.entry import recorded_arguments
from officeops.office.repeated_requests import as_text
from officeops.store.opened_mark import OPENED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from officeops.office.action_runner import ActionRunner

#: Adds the openings to the arguments of an action, which is not in the chain yet.
_ADD = "UPDATE core_action SET arguments = ? WHERE id = ?"
_ARGUMENTS = "SELECT arguments FROM core_action WHERE id = ?"


class Openings:
    """Notes which sealed values the code of an action opens, and asks whether it may."""

    def __init__(self, runner: ActionRunner) -> None:
        self._runner = runner
        #: The records by field, each once.
        self._opened: dict[str, dict[str, None]] = {}
        #: The fields that the report which runs just now declares.
        self._declared: tuple[str, ...] = ()

    def allow(self, field: str, permission: str) -> None:
        """Raise Forbidden where the acting person, or the job that runs, may not open a field."""
        if field not in self._declared:
            self._runner.allow(permission)

    @contextmanager
    def declared(
        self,
        fields: tuple[str, ...],
        subject: str,
        permission: str,
    ) -> Iterator[None]:
        """Let a report open the fields that it declares, once the history has that it does."""
        for field in fields:
            with self._runner.acting(f"{field}.reveal", {"of": [subject]}, needs=permission):
                pass
        self._declared = fields
        try:
            yield
        finally:
            self._declared = ()

    def note(
        self,
        field: str,
        subject: str,
        permission: str,
    ) -> None:
        """Note an opening with the open action, or record it as an action of its own.

        Raises OutsideAction where a plugin is asked something: its question would have to write.
        """
        if field in self._declared:
            return
        if self._runner.is_inside:
            self._opened.setdefault(field, {})[subject] = None
            return
        with self._runner.acting(f"{field}.reveal", {"of": [subject]}, needs=permission):
            pass

    def begin(self) -> None:
        """Start with nothing opened, for an action that begins."""
        self._opened = {}

    def record(self, db: sqlite3.Connection, action: int) -> None:
        """Write the openings beside the arguments of the action, before it is in the chain."""
        if not self._opened:
            return
        (text,) = db.execute(_ARGUMENTS, (action,)).fetchone()
        arguments = recorded_arguments(text)
        arguments[OPENED] = {field: list(subjects) for field, subjects in self._opened.items()}
        db.execute(_ADD, (as_text(arguments), action))
