"""The chain: one link for each action, keyed, over digests of its changes and the link before it.

Without the key nobody can change, add, drop or swap anything in the history undetected. The chain
is made of digests, so that contents can be destroyed when the law demands it: the digest takes
their place (`destroyed`), and the chain still holds. `docs/explanation/history.md` says what this proves and
what it does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.store.digests import Digests

if TYPE_CHECKING:
    import sqlite3

    from officeops.store.former_names import FormerNames
    from officeops.store.key import Key, Keys

#: Rows taken at once: enough to be fast, few enough to keep memory flat.
PIECE = 1000

#: A change: where it belongs, the digest of destroyed contents, what kind of contents, the
#: contents. As bytes, because altered text may not be text at all, and because making strings of it
#: would take half the time.
_CHANGE = (
    "record_id, CAST(record AS BLOB), destroyed, "
    "iif(before IS NULL, after IS NULL, 2), "
    "iif(before IS NULL, CAST(ifnull(after, '') AS BLOB), "
    "CAST(length(CAST(before AS BLOB)) || iif(after IS NULL, '- ', '+ ') || before "
    "|| ifnull(after, '') AS BLOB))"
)
#: The chained columns of an action, as bytes; `id` and `first_change` as numbers.
_ACTION = (
    "id, first_change, CAST(request AS BLOB), CAST(actor AS BLOB), CAST(at AS BLOB), "
    "CAST(verb AS BLOB), CAST(arguments AS BLOB), CAST(outcome AS BLOB), destroyed"
)
CHANGES = f"SELECT id, action_id, {_CHANGE} FROM core_change ORDER BY id"
ACTIONS = f"SELECT {_ACTION}, link, CAST(key_id AS BLOB) FROM core_action ORDER BY id"


def taking_over(before: bytes | None, former: str) -> bytes:
    """Return what a key's first action follows: the link before, and the ended key's name."""
    return b"%b after %b" % (before or b"", former.encode())


def digests_of(key: Key) -> Digests:
    """Return what makes a key's digests, made once."""
    if key.digests is None:
        key.digests = Digests(key.secret)
    return key.digests


#: An action about to be sealed, behind the link and the key of the one before it. One query: each
#: costs microseconds.
_TO_SEAL = (
    "SELECT p.link, p.key_id, a.id, a.first_change, a.request, a.actor, a.at, a.verb, a.arguments "
    "FROM core_action a LEFT JOIN core_action p ON p.id = a.id - 1 WHERE a.id = ?"
)
_OF_ACTION = f"SELECT {_CHANGE} FROM core_change WHERE id >= ? ORDER BY id"


def seal(
    db: sqlite3.Connection,
    keys: Keys,
    action: int,
    outcome: str | None = None,
) -> dict[bytes, int]:
    """Give an action that is about to be committed its outcome and its link.

    Nothing of it may be written after that.

    Returns how many changes of each table it has.
    """
    before, last, *written = db.execute(_TO_SEAL, (action,)).fetchone()
    row = [
        value.encode() if value.__class__ is str else value for value in (*written, outcome, None)
    ]
    key = keys.to_write(last)
    digests = digests_of(key)
    root = digests.root()
    changes = db.execute(_OF_ACTION, (row[1],))
    counts: dict[bytes, int] = {}
    while piece := changes.fetchmany(PIECE):
        root.take(piece)
        tables = [change[1] for change in piece]
        for table in set(tables):
            counts[table] = counts.get(table, 0) + tables.count(table)
    if last is not None and last != key.id:
        before = taking_over(before, last)
    link = digests.link(before, row, root.digest())
    db.execute(
        "UPDATE core_action SET outcome = ?, link = ?, key_id = ? WHERE id = ?",
        (outcome, link, key.id, action),
    )
    return counts


def destroy(
    db: sqlite3.Connection,
    keys: Keys,
    former: FormerNames,
    table: str,
    record_id: int,
) -> list[int]:
    """Put digests in place of the contents of a record's changes; return the actions of these.

    `former` finds the changes that call the table by a name that it had before. Changes sealed with
    a key that is lost are sealed with the one in use: nobody could verify them before either.
    """
    rows = db.execute(
        "SELECT c.id, c.action_id, "
        f"(SELECT a.key_id FROM core_action a WHERE a.id = c.action_id), {_CHANGE} "
        f"FROM core_change c WHERE {former.condition(table)} AND record_id = ? "
        "AND destroyed IS NULL ORDER BY c.id",
        (record_id,),
    ).fetchall()
    for number, _, key_id, *_, kind, contents in rows:
        digest = _digests(db, keys, key_id).contents(kind, contents)
        db.execute(
            "UPDATE core_change SET before = NULL, after = NULL, destroyed = ? WHERE id = ?",
            (digest, number),
        )
    return [row[1] for row in rows]


def destroy_said(db: sqlite3.Connection, keys: Keys, action: int) -> None:
    """Put a digest in place of an action's arguments and outcome."""
    sql = (
        "SELECT key_id, CAST(arguments AS BLOB), CAST(outcome AS BLOB) FROM core_action "
        "WHERE id = ? AND destroyed IS NULL AND (arguments IS NOT NULL OR outcome IS NOT NULL)"
    )
    row = db.execute(sql, (action,)).fetchone()
    if row is None:
        return
    key_id, arguments, outcome = row
    digest = _digests(db, keys, key_id).said(arguments, outcome)
    db.execute(
        "UPDATE core_action SET arguments = NULL, outcome = NULL, destroyed = ? WHERE id = ?",
        (digest, action),
    )


def _digests(db: sqlite3.Connection, keys: Keys, key_id: str | None) -> Digests:
    """Return a key's digests; those of the key in use for a lost key or an unsealed action."""
    key = keys.find(key_id) if key_id else None
    if key is None:
        last = db.execute(
            "SELECT key_id FROM core_action WHERE link IS NOT NULL ORDER BY id DESC LIMIT 1"
        ).fetchone()
        key = keys.to_write(last[0] if last else None)
    return digests_of(key)
