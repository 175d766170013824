"""Plugins off: those that have tables in the file, and are off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.store.stored_office import StoredOffice

_PLUGINS: Final = "SELECT DISTINCT migration_set FROM _sqlite_migrations"


def plugins_off(office: StoredOffice) -> str:
    """Name the plugins that have tables in the file and are off, with blanks between."""
    on = {record.meta.plugin for record in office.records.values()}
    known = {name for (name,) in office.rows(_PLUGINS)}
    return " ".join(sorted(known - on - {"core"}))
