"""Anchor: where an office's history ends at a moment. Kept with each backup, it tells later whether that history still stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from officeops.backup.listed import Backup

#: The action's own facts that nothing ever changes, whatever the law says must be forgotten of it.
_ACTION: Final = "SELECT id, at FROM core_action WHERE id <= ? ORDER BY id DESC LIMIT 1"
_LAST: Final = 1 << 62
LOST_CURE: Final = (
    "If nobody did that on purpose, restore that backup to a new file and compare. Then `officeops backup restore FILE --live` "
    "of the state that is to stay (with --anyway, where it is the present one) records the decision."
)


def anchor(db: sqlite3.Connection, upto: int = _LAST) -> dict[str, Any]:
    """Return the last recorded action, at most `upto`, with its link in the chain where there is one."""
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
    db: sqlite3.Connection, backups: Iterable[Backup], restored: Iterable[dict[str, Any]] = ()
) -> list[Backup]:
    """Return those of an office's backups whose end of the history it has no more, though no restore on record says why.

    `restored` is what a restore is about to put on record. A manifest that is not whole tells nothing; other checks say that.
    """
    there = [(each, known.anchor) for each in backups if (known := each.known())]
    gone = [(each, kept) for each, kept in there if not _held(db, kept)]
    restores = [*restored, *_restores(db)] if gone else []
    return [each for each, kept in gone if not _left(kept, restores)]


def lost_sentence(gone: Sequence[Backup]) -> str:
    """Return what to say of backups whose end of the history is lost."""
    more = f", nor what {len(gone) - 1} before it held" if len(gone) > 1 else ""
    return (
        f"The history does not hold what {gone[-1].name} says it held{more}: "
        "an older copy of the file took its place, or its end was cut off."
    )


def _held(db: sqlite3.Connection, kept: dict[str, Any]) -> bool:
    if not kept.get("action"):
        return True
    now = anchor(db, int(kept["action"]))
    return (now["action"], now["at"]) == (kept["action"], kept["at"]) and kept["link"] in {
        "",
        now["link"],
    }


def _restores(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return what each restore on record says of what it left behind."""
    rows = db.execute(
        "SELECT arguments FROM core_action WHERE verb = 'core.restore' AND arguments IS NOT NULL"
    )
    return [json.loads(arguments) for (arguments,) in rows.fetchall()]


def _left(kept: dict[str, Any], restores: Iterable[dict[str, Any]]) -> bool:
    """Whether an anchor is of what a restore replaced, or knew to have been lost before it.

    By number and by instant: what was written after a restore has the numbers of what it replaced.
    """
    for each in restores:
        replaced = each.get("replaced") or {"action": 0, "at": ""}
        if kept["action"] <= replaced["action"] and kept["at"] <= replaced["at"]:
            return True
        if kept["link"] and kept["link"] in each.get("left", ()):
            return True
    return False
