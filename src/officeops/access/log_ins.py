"""Log-ins: the last day on which each person came by each SSH key.

The table is outside the history: a log-in changes nothing of the office's. One row is written on the
first log-in of a day, and none for all others.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.access.access_days import office_day
from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from officeops.store.stored_office import StoredOffice

#: Seconds that a log-in waits for others to write; the next one of the day keeps it then.
_PATIENCE: Final = 1.0
_UNWRITTEN: Final = (OfficeError, OSError, sqlite3.Error)
_KEPT: Final = "SELECT 1 FROM core_login WHERE login = ? AND key = ? AND day = ?"
_KEEP: Final = (
    "INSERT INTO core_login (login, key, day) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (login, key) DO UPDATE SET day = ?3"
)


def keep_log_in(
    office: StoredOffice,
    login: str,
    key: str,
) -> None:
    """Keep that a person logged in today. Called by the account that owns the file.

    A busy file, or a disk that is full or read-only, keeps nobody from logging in.
    """
    today = office_day(office)
    if office.value(_KEPT, login, key, today):
        return
    note = f"{login}: log-in"
    with suppress(*_UNWRITTEN), office.store.exclusive(note, patience=_PATIENCE) as db:
        db.execute(_KEEP, (login, key, today))
