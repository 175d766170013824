"""Anchor: the end of an office's history at a moment.

Kept with each backup, it shows later whether the office still has that history.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from officeops.backup.listed import Backup

#: The facts of an action that nothing ever changes: a purge, too, leaves them as they are.
_ACTION: Final = "SELECT id, at FROM core_action WHERE id <= ? ORDER BY id DESC LIMIT 1"
_LAST: Final = 1 << 62
LOST_CURE: Final = (
    "If nobody did that on purpose, `officeops backup restore` with the name of that backup makes a "
    "new file of it, and says which actions each of the two has alone. Enter those of one side in the "
    "other. Then `officeops backup restore FILE --live` of the state that is to stay (with --anyway, "
    "where it is the present one) records the decision."
)


def anchor(db: sqlite3.Connection, upto: int = _LAST) -> dict[str, Any]:
    """Return the last recorded action, at most `upto`, with its link in the chain if it has one."""
    row = db.execute(_ACTION, (upto,)).fetchone()
    if row is None:
        return {"action": 0, "at": "", "link": ""}
    return {"action": row[0], "at": row[1], "link": link_of(db, row[0])}


def link_of(db: sqlite3.Connection, action: int) -> str:
    """Return an action's link in hexadecimal; blank where it has none."""
    columns = {row[1] for row in db.execute("PRAGMA table_info(core_action)")}
    if "link" not in columns:
        return ""
    row = db.execute("SELECT link FROM core_action WHERE id = ?", (action,)).fetchone()
    return row[0].hex() if isinstance(row[0], bytes) else str(row[0] or "")


def lost(
    db: sqlite3.Connection,
    backups: Iterable[Backup],
    restored: Iterable[dict[str, Any]] = (),
) -> list[Backup]:
    """Return the backups with an end of the history that the office has lost without a restore.

    `restored` are the arguments of a restore that is about to be recorded. A backup whose manifest
    is damaged is left out: other checks report it.
    """
    missing = []
    for backup in backups:
        manifest = backup.known()
        if manifest and not _has(db, manifest.anchor):
            missing.append((backup, manifest.anchor))
    # Reading the restores costs a pass over the history, so only where something is missing.
    restores = [*restored, *_restores(db)] if missing else []
    return [backup for backup, end in missing if not _is_explained(end, restores)]


def lost_sentence(backups: Sequence[Backup]) -> str:
    """Return the sentence on backups with a lost end of the history."""
    newest, earlier = backups[-1], len(backups) - 1
    more = f", nor what {earlier} before it held" if earlier else ""
    return (
        f"The history does not hold what {newest.name} says it held{more}: "
        "an older copy of the file took its place, its end was cut off, or a second copy of the "
        "office was used elsewhere."
    )


def _has(db: sqlite3.Connection, end: dict[str, Any]) -> bool:
    """Return whether the history has the action of an anchor, unchanged."""
    if not end.get("action"):
        return True
    now = anchor(db, int(end["action"]))
    is_same = (now["action"], now["at"]) == (end["action"], end["at"])
    # Anchors from before the chain have no link.
    return is_same and end["link"] in {"", now["link"]}


def _restores(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the arguments of every recorded restore."""
    rows = db.execute(
        "SELECT arguments FROM core_action WHERE verb = 'core.restore' AND arguments IS NOT NULL"
    )
    return [json.loads(arguments) for (arguments,) in rows.fetchall()]


def _is_explained(end: dict[str, Any], restores: Iterable[dict[str, Any]]) -> bool:
    """Return whether a restore replaced the end of an anchor, or recorded it as lost.

    Both number and instant count: actions after a restore have the numbers of those it replaced.
    """
    for restore in restores:
        replaced = restore.get("replaced") or {"action": 0, "at": ""}
        if end["action"] <= replaced["action"] and end["at"] <= replaced["at"]:
            return True
        if end["link"] and end["link"] in restore.get("left", ()):
            return True
    return False
