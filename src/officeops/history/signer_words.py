"""Signer words: who made an entry, and at which shared login, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.history.entry import Entry
    from officeops.store.stored_office import StoredOffice


def by_whom(office: StoredOffice, entry: Entry) -> str:
    """Return who made an entry: `ann`, or `Ann Lee, at Front desk (shared key front-desk)`.

    A witness follows: `, witnessed by Bob Lee`.
    """
    words = entry.actor
    if entry.login:
        name = _name(office, entry.actor)
        words = f"{name}, at {entry.place} (shared key {entry.login})"
    if entry.witness:
        words += f", witnessed by {_name(office, entry.witness)}"
    return safe(words)


def _name(office: StoredOffice, login: str) -> str:
    """Return a person's full name, or the login of one without."""
    with office.lifted():
        name = office.value("SELECT full_name FROM core_user WHERE login = ?", login)
    return str(name or login)
