"""The chain: one link for each action, keyed, over digests of what it wrote and the link before it.

Who has no key cannot change, add, drop or swap anything in the history unseen. What is chained are digests, so that
contents the law says must go can go: the digest stays in their place (`destroyed`), and the chain still holds.
`docs/explanation/history.md` says what this proves and what it does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from officeops.store.key import Key, Keys

#: Rows taken at once: enough to be fast, few enough to keep memory flat.
PIECE = 1000

#: A change: where it belongs, the digest of destroyed contents, what kind of contents, the contents.
#: As bytes, because altered text may not be text at all, and because making strings of it would take half the time.
_CHANGE = (
    "record_id, CAST(record AS BLOB), destroyed, "
    "iif(before IS NULL, after IS NULL, 2), "
    "iif(before IS NULL, CAST(ifnull(after, '') AS BLOB), "
    "CAST(length(CAST(before AS BLOB)) || iif(after IS NULL, '- ', '+ ') || before || ifnull(after, '') AS BLOB))"
)
#: What is chained of an action, as bytes; `id` and `first_change` as numbers.
_ACTION = ", ".join(
    ["id", "first_change"]
    + [f"CAST({name} AS BLOB)" for name in ("request", "actor", "at", "verb", "arguments", "outcome")]
    + ["destroyed"]
)
CHANGES = f"SELECT id, action_id, {_CHANGE} FROM core_change ORDER BY id"
ACTIONS = f"SELECT {_ACTION}, link, CAST(key_id AS BLOB) FROM core_action ORDER BY id"


class Digests:
    """Makes the digests of one key. Those it begins with are copied: that is half as dear as keying each anew."""

    def __init__(self, key: Key) -> None:
        from _blake2 import blake2b

        def begin(person: bytes) -> Callable[[], blake2b]:
            return blake2b(key=key.secret, digest_size=32, person=person).copy

        self._contents = begin(b"added"), begin(b"nothing"), begin(b"edited")
        self._root = begin(b"root")
        self._link = begin(b"link")
        self._said = begin(b"said")

    def contents(self, kind: int, contents: bytes) -> bytes:
        """Return the digest of a change's before and after."""
        made = self._contents[kind]()
        made.update(contents)
        return made.digest()

    def root(self) -> Root:
        """Begin the root of one action's changes."""
        return Root(self, self._root())

    def said(self, arguments: bytes | None, outcome: bytes | None) -> bytes:
        """Return the digest of what an action was told and what it answered; nothing where there was neither."""
        if arguments is None and outcome is None:
            return b""
        made = self._said()
        made.update(_packed([arguments, outcome]))
        return made.digest()

    def link(self, before: bytes | None, action: Sequence[object], root: bytes) -> bytes:
        """Return an action's link, from the link before it, its row (the columns of `_ACTION`) and its changes' root."""
        id_, first_change, *told, arguments, outcome, destroyed = action
        made = self._link()
        said = destroyed or self.said(arguments, outcome)  # type: ignore[arg-type]
        made.update(_packed([before, b"%d" % id_, b"%d" % first_change, *told, said, root]))  # type: ignore[list-item,str-format]
        return made.digest()


def taking_over(before: bytes | None, former: str) -> bytes:
    """Return what the first action of a key follows: the link before it, and the name of the key that ended there."""
    return b"%b after %b" % (before or b"", former.encode())


def digests_of(key: Key) -> Digests:
    """Return what makes a key's digests, made once."""
    if key.digests is None:
        key.digests = Digests(key)
    return key.digests


class Root:
    """The root of one action's changes, taken in piece by piece."""

    def __init__(self, digests: Digests, hashed: object) -> None:
        self._begin = digests._contents  # noqa: SLF001 - both are of this module; a call for each change would show
        self._hashed = hashed

    def take(self, rows: Sequence[tuple[int, bytes, bytes | None, int, bytes]]) -> None:
        """Take changes in, in order: rows of the columns of `_CHANGE`."""
        begin = self._begin
        parts: list[bytes] = []
        for record_id, record, destroyed, kind, contents in rows:
            head = b"%d %d %b " % (record_id, len(record), record)
            if destroyed is None:
                made = begin[kind]()
                made.update(contents)
                parts += (head, made.digest())
            else:
                parts += (head, destroyed)
        self._hashed.update(b"".join(parts))  # type: ignore[attr-defined]

    def digest(self) -> bytes:
        """Return the root."""
        digest: bytes = self._hashed.digest()  # type: ignore[attr-defined]
        return digest


def _packed(parts: Sequence[bytes | None]) -> bytes:
    """Return parts as bytes that no other parts would give: each behind its length."""
    return b"".join([b"-" if each is None else b"%d:%b" % (len(each), each) for each in parts])


#: An action about to be sealed, behind the link and the key of the one before it. One query: each costs microseconds.
_TO_SEAL = (
    "SELECT p.link, p.key_id, a.id, a.first_change, a.request, a.actor, a.at, a.verb, a.arguments "
    "FROM core_action a LEFT JOIN core_action p ON p.id = a.id - 1 WHERE a.id = ?"
)
_OF_ACTION = f"SELECT {_CHANGE} FROM core_change WHERE id >= ? ORDER BY id"


def seal(db: sqlite3.Connection, keys: Keys, action: int, outcome: str | None = None) -> dict[bytes, int]:
    """Give an action that is about to be committed its outcome and its link. Nothing of it may be written after that.

    Returns how many changes of each table it has.
    """
    before, last, *written = db.execute(_TO_SEAL, (action,)).fetchone()
    row = [each.encode() if each.__class__ is str else each for each in (*written, outcome, None)]
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
    db.execute("UPDATE core_action SET outcome = ?, link = ?, key_id = ? WHERE id = ?", (outcome, link, key.id, action))
    return counts


def destroy(db: sqlite3.Connection, keys: Keys, table: str, record_id: int) -> list[int]:
    """Put digests in place of the contents of all a record's changes, and return the actions they belong to.

    What was sealed with a key that is lost is sealed with the one in use: it could not be verified before either.
    """
    rows = db.execute(
        f"SELECT c.id, c.action_id, (SELECT a.key_id FROM core_action a WHERE a.id = c.action_id), {_CHANGE} FROM core_change c "
        "WHERE record = ? AND record_id = ? AND destroyed IS NULL ORDER BY c.id",
        (table, record_id),
    ).fetchall()
    for number, _, key_id, *_, kind, contents in rows:
        digest = _digests(db, keys, key_id).contents(kind, contents)
        db.execute("UPDATE core_change SET before = NULL, after = NULL, destroyed = ? WHERE id = ?", (digest, number))
    return [row[1] for row in rows]


def destroy_said(db: sqlite3.Connection, keys: Keys, action: int) -> None:
    """Put a digest in place of what an action was told and what it answered."""
    row = db.execute(
        "SELECT key_id, CAST(arguments AS BLOB), CAST(outcome AS BLOB) FROM core_action WHERE id = ? AND destroyed IS NULL "
        "AND (arguments IS NOT NULL OR outcome IS NOT NULL)",
        (action,),
    ).fetchone()
    if row:
        digest = _digests(db, keys, row[0]).said(row[1], row[2])
        db.execute(
            "UPDATE core_action SET arguments = NULL, outcome = NULL, destroyed = ? WHERE id = ?", (digest, action)
        )


def _digests(db: sqlite3.Connection, keys: Keys, key_id: str | None) -> Digests:
    """Return the digests of a key; of the one in use where it is lost, or where the action is not sealed yet."""
    key = keys.find(key_id) if key_id else None
    if key is None:
        last = db.execute("SELECT key_id FROM core_action WHERE link IS NOT NULL ORDER BY id DESC LIMIT 1").fetchone()
        key = keys.to_write(last[0] if last else None)
    return digests_of(key)
