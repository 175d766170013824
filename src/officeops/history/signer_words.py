"""Signer words: who made an entry, and at which shared login, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.history.entry import Entry
    from officeops.store.stored_office import StoredOffice


def by_whom(office: StoredOffice, entry: Entry) -> str:
    """Return who made an entry: `ann`, or `Ann Lee, at Front desk (shared key front-desk)`."""
    if not entry.login:
        return safe(entry.actor)
    sql = "SELECT full_name FROM core_user WHERE login = ?"
    with office.lifted():
        name = office.value(sql, entry.actor)
    return safe(f"{name or entry.actor}, at {entry.place} (shared key {entry.login})")
