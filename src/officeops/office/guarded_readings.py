"""Guarded readings: the history has who was shown which guarded value, once a day for each record.

Every road that shows values takes them by a query of `Select`, which notes them as SQLite reads
them, or names the fields of a record that it shows. A table beside the history has the day's
readings, so that the next one of the same value writes nothing.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.model.error_words import damage, ended, text_of
from officeops.model.errors import OfficeError
from officeops.office.noted_readings import LOOK_UP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from officeops.model.records import Record
    from officeops.office.action_runner import ActionRunner
    from officeops.office.authorization import Authorizer
    from officeops.office.noted_readings import NotedReadings
    from officeops.store.store import Store

#: The ending of the verbs of these readings, behind the name of the field.
SHOWN: Final = ".shown"
#: Seconds that a reader waits for others to write; the reading is recorded with the next one then.
_PATIENCE: Final = 2.0
_UNWRITTEN: Final = (OfficeError, OSError, sqlite3.Error)
_KEPT: Final = "SELECT record_id FROM core_shown WHERE day = ? AND actor = ? AND field = ?"
_FORGET: Final = "DELETE FROM core_shown WHERE day < ?"
_KEEP: Final = "INSERT INTO core_shown (day, actor, field, record_id) VALUES (?, ?, ?, ?)"


class GuardedReadings:
    """Records the guarded values that were noted, before a person sees them."""

    def __init__(
        self,
        noted: NotedReadings,
        store: Store,
        authorizer: Authorizer,
        runner: Callable[[], ActionRunner],
        today: Callable[[], str],
    ) -> None:
        self._store, self._authorizer = store, authorizer
        self._runner, self._today = runner, today
        self.patience = _PATIENCE
        self._noted = noted
        self._why_not = ""

    def show(self, record: Record, names: Iterable[str]) -> None:
        """Note the guarded ones of some fields of a record that a person is shown, and record them."""
        guarded = record.meta.open_guarded
        for name in guarded.keys() & set(names):
            self._noted.note(guarded[name], record.id, record.__dict__[name])
        self.record()

    def record(self) -> None:
        """Record the noted readings, unless an action or a question is open: then with the next one.

        A busy file, or a disk that is full or read-only, keeps nobody from reading: `unrecorded`
        says so.
        """
        if not self._noted or self._store.db.asked or self._store.db.in_transaction:
            return
        noted = self._noted.take()
        if self._store.is_made_up or not self._has_users():
            return
        for field, numbers in noted.items():
            try:
                self._record(field, numbers)
            except _UNWRITTEN as error:
                self._noted.put_back(field, numbers)
                self._why_not = damage(error) or text_of(error)

    @property
    def unrecorded(self) -> str:
        """The sentence on values that were shown and are not in the history; blank where all are."""
        if not self._noted or not self._why_not:
            return ""
        return f"The history does not have that you saw guarded values. {ended(self._why_not)}"

    def _has_users(self) -> bool:
        """Whether the office has users: without any, everybody who can open it is everybody."""
        with self._authorizer.lifted():
            return bool(self._store.value("SELECT 1 FROM core_user LIMIT 1"))

    def _record(self, field: str, numbers: set[int]) -> None:
        actor, today = self._authorizer.actor, self._today()
        with self._authorizer.lifted():
            kept = {number for (number,) in self._store.rows(_KEPT, today, actor, field)}
        new = sorted(numbers - kept)
        if not new:
            return
        is_look_up = field.endswith(LOOK_UP)
        verb = field if is_look_up else f"{field}{SHOWN}"
        key = verb.rsplit(".", 2)[0]
        with (
            self._store.exclusive(f"{actor}: reading", patience=self.patience) as db,
            self._authorizer.lifted(),
        ):
            subjects = [f"{key}:{number or '*'}" for number in new]
            self._runner().record_reading(db, verb, {"of": subjects})
            db.execute(_FORGET, (today,))
            db.executemany(_KEEP, [(today, actor, field, number) for number in new])
