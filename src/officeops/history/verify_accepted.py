"""Accepted findings: an acceptance counts only if its own action is as it was sealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.action_rows import ACTOR, ARGUMENTS, AT, FIRST, ID, LINK, key_of
from officeops.history.finding import Acceptance
from officeops.history.former_marks import current
from officeops.model.errors import Broken
from officeops.store.chain import ACTIONS, CHANGES, digests_of, taking_over
from officeops.store.former_names import read

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from officeops.store.key import Keys

VERB = "core.history.accept"

_ACTION = f"SELECT * FROM ({ACTIONS}) WHERE id = ?"
_LINK_BEFORE = "SELECT link, CAST(ifnull(key_id, '') AS BLOB) FROM core_action WHERE id = ?"


def acceptances(db: sqlite3.Connection, keys: Keys) -> Iterator[Acceptance]:
    """Yield the acceptances, the oldest first.

    One that was altered or cannot be verified accepts nothing.
    """
    numbers = db.execute("SELECT id FROM core_action WHERE verb = ? ORDER BY id", (VERB,))
    former = read(db)
    for (number,) in numbers.fetchall():
        action = db.execute(_ACTION, (number,)).fetchone()
        arguments = action[ARGUMENTS]
        if not arguments or not _holds(db, keys, action):
            continue
        given = json.loads(arguments)
        because = given.get("because", "")
        stored = (current(mark) for mark in given.get("found", ()))
        marks = frozenset(former.mark(mark, number) for mark in stored)
        actor = action[ACTOR].decode()
        at = action[AT].decode()
        yield Acceptance(actor, at, because, marks)


def _holds(db: sqlite3.Connection, keys: Keys, action: Sequence[Any]) -> bool:
    """Tell whether an action is as it was sealed."""
    try:
        key = keys.find(key_of(action))
    except Broken:
        key = None
    if key is None:
        return False
    digests = digests_of(key)
    root = digests.root()
    root.take([change[2:] for change in _changes_of(db, action)])
    before = db.execute(_LINK_BEFORE, (action[ID] - 1,)).fetchone()
    link_before, key_before = before or (None, b"")
    ended = key_before.decode(errors="replace")
    if ended not in {"", key.id}:
        link_before = taking_over(link_before, ended)
    link = digests.link(link_before, action[:LINK], root.digest())
    sealed = bytes(action[LINK] or b"")
    return link == sealed


def _changes_of(db: sqlite3.Connection, action: Sequence[Any]) -> list[tuple[Any, ...]]:
    """List an action's changes: those from its first to the next action's first."""
    after = "SELECT min(first_change) FROM core_action WHERE id > ?"
    until = db.execute(after, (action[ID],)).fetchone()[0]
    sql = f"SELECT * FROM ({CHANGES}) WHERE id >= ? AND (? IS NULL OR id < ?)"
    return db.execute(sql, (action[FIRST], until, until)).fetchall()
