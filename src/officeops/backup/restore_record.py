"""The record of a restore: an action in the restored office that says what it replaced."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from officeops.backup.anchor import anchor, lost
from officeops.backup.config import BackupSettings
from officeops.backup.folder import Folder
from officeops.backup.identity import identity_of

if TYPE_CHECKING:
    import sqlite3

    from officeops.backup.manifest import Manifest
    from officeops.office.office import Office

#: The tables of the history, whose numbers are cursors for programs that follow it.
_HISTORY: Final = ("core_action", "core_change")


def highest_numbers(db: sqlite3.Connection) -> dict[str, int]:
    """Return the highest number ever given in each table."""
    return dict(db.execute("SELECT name, seq FROM sqlite_sequence").fetchall())


def record(
    office: Office,
    source: str,
    manifest: Manifest | None,
    replaced: dict[str, Any] | None = None,
    given: dict[str, int] | None = None,
    request: str | None = None,
) -> None:
    """Record the restore of `source` in the office that came out of it.

    `replaced` is the anchor of the content it replaced. The numbers `given` until then are not
    given again: a vendor may already hold the order of such a number.
    """
    facts: dict[str, Any] = {"from": os.path.basename(source)}
    if manifest:
        facts |= {"made": manifest.created_at, "sha256": manifest.sha256}
    if replaced:
        facts["replaced"] = replaced
    links = _left_behind(office, facts)
    if links:
        facts["left"] = links
    # A new file begins its own numbers; only a live office has cursors out in the world.
    if given:
        facts["after"] = _continue_history(office, given)
    with office.acting("core.restore", facts, request=request) as outcome:
        outcome.append(f"{office.path} is as it was in {source}.")
        for table, number in (given or {}).items():
            if table not in _HISTORY:
                with office.lifted():
                    _skip_numbers(office.store.db, table, number)


def _left_behind(office: Office, facts: dict[str, Any]) -> list[str]:
    """Return the links of history ends that only backups hold, and `facts` do not name.

    Recorded, they are no longer reported as lost: the restore decided so.
    """
    folder = Folder(office.machine.table("backup", BackupSettings).place(office.path))
    backups = folder.all(identity_of(office.store.db, office.path))
    ahead = lost(office.store.db, backups, [facts])
    links = [backup.manifest().anchor["link"] for backup in ahead]
    return list(filter(None, links))


def _continue_history(office: Office, given: dict[str, int]) -> dict[str, Any]:
    """Continue the numbers of the history after the `given` ones; return its end before that.

    So cursors only grow. Verification takes a gap in the numbers for a loss, unless the restore
    after it has this end.
    """
    with office.store.exclusive(f"{office.actor}: restoring a backup") as db:
        last = db.execute("SELECT ifnull(max(id), 0) FROM core_change").fetchone()[0]
        for table in _HISTORY:
            _skip_numbers(db, table, given.get(table, 0))
        return {**anchor(db), "change": last}


def _skip_numbers(db: sqlite3.Connection, table: str, number: int) -> None:
    """Make the next number of a table greater than `number`; a table that is gone has none."""
    raise_it = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"
    if db.execute(raise_it, (number, table)).rowcount:
        return
    exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    if db.execute(exists, (table,)).fetchone():
        db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
