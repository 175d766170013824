"""Anchor: where an office's history ends at a moment. Kept with each backup, it tells later whether that history still stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3

#: The action's own facts that nothing ever changes, whatever the law says must be forgotten of it.
_ACTION: Final = "SELECT id, at FROM core_action WHERE id <= ? ORDER BY id DESC LIMIT 1"
_LAST: Final = 1 << 62


def anchor(db: sqlite3.Connection, upto: int = _LAST) -> dict[str, Any]:
    """Return the last recorded action, at most `upto`, with its link in the chain where there is one."""
    row = db.execute(_ACTION, (upto,)).fetchone()
    if row is None:
        return {"action": 0, "at": "", "link": ""}
    return {"action": row[0], "at": row[1], "link": _link(db, row[0])}


def _link(db: sqlite3.Connection, action: int) -> str:
    columns = {row[1] for row in db.execute("PRAGMA table_info(core_action)")}
    if "link" not in columns:
        return ""
    row = db.execute("SELECT link FROM core_action WHERE id = ?", (action,)).fetchone()
    return row[0].hex() if isinstance(row[0], bytes) else str(row[0] or "")


def stands(db: sqlite3.Connection, kept: dict[str, Any]) -> bool:
    """Whether a history still has the end it had when the anchor was kept, or was replaced, on record, by a restore since."""
    if not kept.get("action"):
        return True
    now = anchor(db, int(kept["action"]))
    same = (now["action"], now["at"]) == (kept["action"], kept["at"])
    return (same and kept["link"] in {"", now["link"]}) or _replaced(db, kept)


def _replaced(db: sqlite3.Connection, kept: dict[str, Any]) -> bool:
    """Whether a restore on record says that it replaced the state the anchor is of."""
    restores = db.execute(
        "SELECT arguments FROM core_action WHERE verb = 'core.restore' AND arguments IS NOT NULL"
    ).fetchall()
    replaced = [json.loads(arguments).get("replaced") or {} for (arguments,) in restores]
    return any(each.get("action", 0) >= kept["action"] for each in replaced)
