"""The record of a restore: an action in the restored office that says what it replaced."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from officeops.backup.anchor import anchor, lost
from officeops.backup.config import BackupSettings
from officeops.backup.folder import Folder
from officeops.backup.identity import identity_of
from officeops.model.immutable import Value

if TYPE_CHECKING:
    import sqlite3

    from officeops.backup.manifest import Manifest
    from officeops.office.office import Office

#: The tables of the history, whose numbers are cursors for programs that follow it.
_HISTORY: Final = ("core_action", "core_change")


class Source(Value):
    """A proved backup: its path, the plain file that is read, and its manifest if it has one."""

    path: str
    plain: str
    manifest: Manifest | None


class Replaced(Value):
    """The state that a restore replaces: its end, and the highest number given in each table."""

    end: dict[str, Any]
    given: dict[str, int]


def replaced_state(db: sqlite3.Connection) -> Replaced:
    """Return the state that is about to be replaced."""
    given = dict(db.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    return Replaced(anchor(db), given)


def record(
    office: Office,
    source: Source,
    target: str,
    replaced: Replaced | None = None,
    request: str | None = None,
) -> int:
    """Record the restore of `source` in the office that came out of it; return the action's number.

    The office will be at `target`. The numbers given in the state that it `replaced` are not given
    again: a vendor may already hold the order of such a number.
    """
    facts: dict[str, Any] = {"from": os.path.basename(source.path)}
    if source.manifest:
        facts |= {"made": source.manifest.created_at, "sha256": source.manifest.sha256}
    if replaced:
        facts["replaced"] = replaced.end
    links = _left_behind(office, target, facts)
    if links:
        facts["left"] = links
    given = replaced.given if replaced else {}
    # A new file begins its own numbers; only a live office has cursors out in the world.
    if replaced:
        facts["after"] = _continue_history(office, given)
    with office.acting("core.restore", facts, request=request) as outcome:
        outcome.append(f"{target} is as it was in {source.path}.")
        for table, number in given.items():
            if table not in _HISTORY:
                with office.lifted():
                    _skip_numbers(office.store.db, table, number)
    return office.fate.actions[-1]


def _left_behind(office: Office, target: str, facts: dict[str, Any]) -> list[str]:
    """Return the links of history ends that only backups hold, and `facts` do not name.

    Recorded, they are no longer reported as lost: the restore decided so.
    """
    folder = Folder(office.machine.table("backup", BackupSettings).place(target))
    backups = folder.all(identity_of(office.store.db, target))
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
