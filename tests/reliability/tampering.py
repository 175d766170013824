"""Thirty ways to tamper with an office outside officeops, and whether `history verify` and `selfcheck` find them."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reliability.recovery import Practice

_LAST: Final = "(SELECT max(id) FROM core_action)"
#: By name: what is done. A name that begins with "not found: " is one that no check can find.
WAYS: Final[dict[str, str]] = {
    "a value of a record": "UPDATE inventory_item SET name = 'Other' WHERE id = 1",
    "a version": "UPDATE inventory_item SET version = 9 WHERE id = 1",
    "a record archived": "UPDATE inventory_item SET archived_at = '2026-01-01T00:00:00.000Z' WHERE id = 1",
    "a record deleted": "DELETE FROM inventory_item WHERE id = 12",
    "a record added": "INSERT INTO inventory_item (sku, name) VALUES ('NEW', 'New')",
    "stock raised": "INSERT INTO inventory_stock (item_id, location_id, lot_id, quantity) SELECT 1, (SELECT min(id) FROM core_location), NULL, 5",
    "a value and its change": "UPDATE core_change SET after = replace(after, 'Gloves', 'Gowns'); UPDATE inventory_item SET name = 'Gowns'",
    "the actor of an action": f"UPDATE core_action SET actor = 'boss' WHERE id = {_LAST}",
    "the time of an action": f"UPDATE core_action SET at = '2020-01-01T00:00:00.000Z' WHERE id = {_LAST}",
    "the words of an action": f"UPDATE core_action SET verb = 'core.init' WHERE id = {_LAST}",
    "the outcome of an action": f"UPDATE core_action SET outcome = 'nothing' WHERE id = {_LAST}",
    "the link of an action": f"UPDATE core_action SET link = randomblob(32) WHERE id = {_LAST}",
    "an action deleted": "DELETE FROM core_action WHERE id = 5",
    "the last action deleted": f"DELETE FROM core_action WHERE id = {_LAST}",
    "an action added": "INSERT INTO core_action (actor, at, verb, first_change) VALUES ('x', '2026-01-01', 'core.init', 999)",
    "a change deleted": "DELETE FROM core_change WHERE id = 9",
    "the last change deleted": "DELETE FROM core_change WHERE id = (SELECT max(id) FROM core_change)",
    "a change given to another action": "UPDATE core_change SET action_id = action_id + 1 WHERE id = 9",
    "two changes exchanged": "UPDATE core_change SET id = -1 WHERE id = 8; UPDATE core_change SET id = 8 WHERE id = 9; UPDATE core_change SET id = 9 WHERE id = -1",
    "a list of columns": "UPDATE core_layout SET columns = columns || char(10) || 'x'",
    "the name of a key": f"UPDATE core_action SET key_id = '0123456789abcdef' WHERE id = {_LAST}",
    "a trigger taken away": "DELETE FROM core_trigger WHERE name = 'inventory_item_history_edit'",
    "a trigger altered": "UPDATE core_trigger SET sql = sql || ' ' WHERE name = 'inventory_item_history_edit'",
    "a trigger added": "CREATE TRIGGER spy AFTER INSERT ON inventory_item BEGIN SELECT 1; END",
    "an index dropped": "DROP INDEX core_action_request",
    "a column added": "ALTER TABLE core_action ADD COLUMN note TEXT",
    "a search index emptied": "INSERT INTO inventory_item_search (inventory_item_search) VALUES ('delete-all')",
    "a counter of numbers": "UPDATE sqlite_sequence SET seq = seq + 9 WHERE name = 'core_action'",
    "an older copy put in place": "",
    "the key taken away": "",
    "not found: a draft that nobody booked": "DELETE FROM core_draft",
    "not found: the counter of a record's numbers": "UPDATE sqlite_sequence SET seq = seq + 9 WHERE name = 'inventory_item'",
}  # fmt: skip


def tampered(whole: Practice, to: Path, way: str) -> bool:
    """Tamper with a copy; return whether a check of every morning finds it."""
    place = whole.copied(to)
    if way == "an older copy put in place":
        shutil.copy(next((place.folder / "backups").glob("*.db")), f"{place.path}.old")
        assert place.line("backup")[0] == 0
        os.replace(f"{place.path}.old", place.path)
    elif way == "the key taken away":
        os.unlink(f"{place.path}.key")
    else:
        with closing(sqlite3.connect(place.path, isolation_level=None)) as db:
            _without_guards(db)
            db.executescript(WAYS[way])
    verified, _ = place.line("history", "verify")
    _, said = place.line("selfcheck")
    return bool(verified) or any(line.startswith("problem") for line in said.splitlines())


def _without_guards(db: sqlite3.Connection) -> None:
    """Take away what stops a stranger's writes: the functions that triggers in the schema call."""
    for name in (
        "officeops_action",
        "officeops_destroying",
        "officeops_undoing",
        "officeops_writing",
    ):
        db.create_function(name, -1, lambda *_: 1)
    for name in ("officeops_fold", "officeops_by_sql", "officeops_untidy"):
        db.create_function(name, -1, lambda *_: 0)
