"""PINs in the file: a digest for each person, and the tries.

A try is counted, and committed, before its PIN is compared. So a process that is killed in the
middle has used its try, and many processes at once share one count: the gate lets one of them
count at a time. The table is outside the history, and the guard lets nobody read it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast
from zlib import crc32

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.office.reader import Rows
    from officeops.store.store import Store
    from officeops.store.stored_office import StoredOffice

#: The action by which a person sets their own PIN.
SET_PIN: Final = "core.pin.set"
#: Tries until a login is locked.
TRIES: Final = 5
#: The first lock; each further one without a right PIN in between is twice as long, up to a day.
_FIRST_LOCK: Final = timedelta(minutes=15)
_LONGEST_LOCK: Final = timedelta(days=1)
#: Rows that count the tries of unknown names, so that those answer like known ones.
_NOBODYS: Final = 256

_SIGNERS: Final = (
    "SELECT login, ifnull(full_name, '') FROM core_user "
    "WHERE archived_at IS NULL AND place_id IS NULL ORDER BY login"
)
_READ: Final = "SELECT digest, tries, until FROM core_pin WHERE login = ?"
_COUNT: Final = (
    "INSERT INTO core_pin (login, digest, tries, until) VALUES (?1, '', ?2, ?3) "
    "ON CONFLICT (login) DO UPDATE SET tries = ?2, until = ?3"
)
_FORGIVE: Final = "UPDATE core_pin SET tries = 0, until = NULL WHERE login = ? AND digest = ?"
_SET: Final = (
    "INSERT INTO core_pin (login, digest, tries, until) VALUES (?1, ?2, 0, NULL) "
    "ON CONFLICT (login) DO UPDATE SET digest = ?2, tries = 0, until = NULL"
)
_CLEAR: Final = "UPDATE core_pin SET digest = '' WHERE login = ?"


class Charged(Value):
    """A try that was counted: the digest to compare with, or until when the login is locked.

    `tries` are those before this one, since the last right PIN.
    """

    digest: str
    tries: int = 0
    locked_until: datetime | None = None


def signers(rows: Rows) -> list[tuple[str, str]]:
    """List the people who may sign at a shared login: login and full name."""
    return list(rows.rows(_SIGNERS))


def charge(
    store: Store,
    login: str,
    *,
    is_known: bool,
) -> Charged:
    """Count a try and commit it, unless the login is locked. The guard is lifted."""
    row = login if is_known else f"?{crc32(login.encode(errors='surrogatepass')) % _NOBODYS}"
    now = datetime.now(UTC)
    with store.exclusive("checking a PIN") as db:
        digest, tries, until = db.execute(_READ, (row,)).fetchone() or ("", 0, None)
        locked_until = datetime.fromisoformat(until) if until else now
        if locked_until > now:
            return Charged(digest, tries, locked_until)
        db.execute(_COUNT, (row, tries + 1, lock_after(tries + 1, now)))
    return Charged(digest, tries)


def lock_after(tries: int, now: datetime) -> str | None:
    """Return until when a login is locked once so many tries were counted; None for not at all."""
    locks, rest = divmod(tries, TRIES)
    if rest:
        return None
    # A day is reached at the eighth lock; a larger power would overflow.
    lock = _FIRST_LOCK * (1 << min(locks - 1, 10))
    return (now + min(lock, _LONGEST_LOCK)).isoformat()


def forgive(
    store: Store,
    login: str,
    digest: str,
) -> None:
    """Forget the tries of a login: its PIN was right. The guard is lifted."""
    with store.exclusive("checking a PIN") as db:
        db.execute(_FORGIVE, (login, digest))


def digest_now(rows: Rows, login: str) -> str:
    """Return the digest of a person's PIN; blank for one without a PIN."""
    sql = "SELECT digest FROM core_pin WHERE login = ?"
    return next((str(digest) for (digest,) in rows.rows(sql, login)), "")


def set_digest(
    store: Store,
    login: str,
    digest: str,
) -> None:
    """Write the digest of a new PIN, or of a starting code, inside an action; the tries begin again."""
    store.db.execute(_SET, (login, digest))


def clear_pin_of(office: Office, login: str) -> bool:
    """Take a person's PIN away, inside an action; return whether there was one."""
    with office.lifted():
        had_one = bool(digest_now(office, login))
        cast("StoredOffice", office).store.db.execute(_CLEAR, (login,))
    return had_one
