"""What an owner accepted of what verify found: only what stands in an action whose own link holds, and only that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.finding import Acceptance
from officeops.history.former_marks import current
from officeops.history.verify_chain import ACTOR, ARGUMENTS, AT, FIRST, ID, KEY_ID, LINK
from officeops.model.errors import Broken
from officeops.store.chain import ACTIONS, CHANGES, digests_of, taking_over
from officeops.store.former_names import read

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from officeops.store.key import Keys

VERB = "core.history.accept"


def acceptances(db: sqlite3.Connection, keys: Keys) -> Iterator[Acceptance]:
    """Yield what was accepted, the oldest first. What nobody can verify, or was altered, accepts nothing."""
    former = read(db)
    for (action,) in db.execute(
        "SELECT id FROM core_action WHERE verb = ? ORDER BY id", (VERB,)
    ).fetchall():
        [row] = db.execute(f"SELECT * FROM ({ACTIONS}) WHERE id = ?", (action,)).fetchall()
        if row[ARGUMENTS] and _stands(db, keys, row):
            told = json.loads(row[ARGUMENTS])
            found = [current(mark) for mark in told.get("found", ())]
            marks = frozenset(former.mark(mark, action) for mark in found)
            yield Acceptance(row[ACTOR].decode(), row[AT].decode(), told.get("because", ""), marks)


def _stands(db: sqlite3.Connection, keys: Keys, row: Sequence[Any]) -> bool:
    """Whether an action is as it was sealed."""
    try:
        key = keys.find(row[KEY_ID].decode(errors="replace")) if row[KEY_ID] else None
    except Broken:
        key = None
    if key is None:
        return False
    digests = digests_of(key)
    root = digests.root()
    until = db.execute(
        "SELECT min(first_change) FROM core_action WHERE id > ?", (row[ID],)
    ).fetchone()[0]
    sql = f"SELECT * FROM ({CHANGES}) WHERE id >= ? AND (? IS NULL OR id < ?)"
    root.take([each[2:] for each in db.execute(sql, (row[FIRST], until, until)).fetchall()])
    sql = "SELECT link, CAST(ifnull(key_id, '') AS BLOB) FROM core_action WHERE id = ?"
    before, former = db.execute(sql, (row[ID] - 1,)).fetchone() or (None, b"")
    if (ended := former.decode(errors="replace")) not in {"", key.id}:
        before = taking_over(before, ended)
    link: bytes = digests.link(before, row[:LINK], root.digest())
    return link == bytes(row[LINK] or b"")
