"""Verify the chain of actions and changes: every link, every number, and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.errors import Broken
from officeops.store.chain import ACTIONS, CHANGES, PIECE, digests_of
from officeops.verify import Finding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from officeops.store.chain import Digests
    from officeops.store.key import Keys

#: Columns of ACTIONS.
ID, FIRST, REQUEST, ACTOR, AT, VERB, ARGUMENTS, OUTCOME, DESTROYED, LINK, KEY_ID = range(11)


def chain(db: sqlite3.Connection, keys: Keys) -> Iterator[Finding]:
    """Yield what is wrong with actions and changes. Reads each of them once, in order; memory stays flat."""
    yield from _Chain(db, keys).findings()
    yield from _ends(db)


class _Chain:
    """One walk along the chain."""

    def __init__(self, db: sqlite3.Connection, keys: Keys) -> None:
        self.keys = keys
        self.actions = _peeked(db.execute(ACTIONS))
        self.changes = _Pieces(db)
        self._digests: dict[str, Digests | None] = {}
        self._lost = ""

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong."""
        link: bytes | None = None
        last = 0
        for action, following in self.actions:
            if action[ID] != last + 1:
                yield Finding("action", f"{_numbers('Action', last + 1, action[ID] - 1)} missing.", last + 1)
            root, wrong = self._changes_of(action, following)
            yield from wrong
            yield from self._link(action, link, root)
            link, last = action[LINK], action[ID]
        yield from self._orphans()

    def _changes_of(self, action: Sequence[Any], following: Sequence[Any] | None) -> tuple[bytes, list[Finding]]:
        """Return the root of an action's changes, and what is wrong with them by their numbers alone."""
        digests = self._known(_text(action[KEY_ID]))
        root = digests.root() if digests else None
        until = following[FIRST] if following else None
        wrong: list[Finding] = []
        while piece := self.changes.take(until):
            wrong += _misplaced(piece, action[ID])
            if root:
                root.take([each[2:] for each in piece])
            wrong += self.changes.gaps
            self.changes.gaps = []
        return root.digest() if root else b"", wrong

    def _link(self, action: Sequence[Any], before: bytes | None, root: bytes) -> Iterator[Finding]:
        if action[LINK] is None or action[KEY_ID] is None:
            yield _about(action, "has no link: it was not written by officeops")
            return
        if action[DESTROYED] is not None and (action[ARGUMENTS] is not None or action[OUTCOME] is not None):
            yield _about(action, "has again what was destroyed of it")
        key_id = _text(action[KEY_ID])
        digests = self._known(key_id)
        if digests is None:
            # Told once for all actions of that key which stand together.
            if self._lost != key_id:
                yield _lost(action, key_id, self.keys.path)
            self._lost = key_id
            return
        self._lost = ""
        if digests.link(before, action[:LINK], root) != action[LINK]:
            yield _about(
                action,
                "is not as it was written, or does not follow the one before it: it, a change of it, or what came before was altered",
            )

    def _known(self, key_id: str) -> Digests | None:
        if key_id not in self._digests:
            try:
                key = self.keys.find(key_id)
            except Broken:
                key = None
            self._digests[key_id] = digests_of(key) if key else None
        return self._digests[key_id]

    def _orphans(self) -> Iterator[Finding]:
        while piece := self.changes.take(None):
            yield Finding("change", f"{_numbers('Change', piece[0][0], piece[-1][0], 'belong')} to no action.")


class _Pieces:
    """The changes in order, in pieces that end where an action's changes end."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._rows = db.execute(CHANGES)
        self._kept: list[tuple[Any, ...]] = []
        self._last = 0
        self.gaps: list[Finding] = []

    def take(self, until: int | None) -> list[tuple[Any, ...]]:
        """Return the next changes whose number is below `until`, a thousand at most; `gaps` tells of numbers left out."""
        rows = self._kept or self._rows.fetchmany(PIECE)
        if until is None:
            piece, self._kept = rows, []
        else:
            cut = next((n for n, row in enumerate(rows) if row[0] >= until), len(rows))
            piece, self._kept = rows[:cut], rows[cut:]
        for row in piece:
            if row[0] != self._last + 1:
                self.gaps.append(Finding("change", f"{_numbers('Change', self._last + 1, row[0] - 1)} missing."))
            self._last = row[0]
        return piece


def _misplaced(piece: Sequence[tuple[Any, ...]], action: int) -> list[Finding]:
    found = []
    for number, belongs, *_, destroyed, kind, contents in piece:
        if belongs != action:
            found.append(
                Finding(
                    "change",
                    f"Change {number:,} says it belongs to action {belongs:,}, but stands among those of {action:,}.",
                    action,
                )
            )
        if destroyed is not None and (kind != 1 or contents):
            found.append(Finding("change", f"Change {number:,} has again the contents that were destroyed.", action))
    return found


def _ends(db: sqlite3.Connection) -> Iterator[Finding]:
    """Yield where rows were cut off the end and the counters still know."""
    for table, word in (("core_action", "action"), ("core_change", "change")):
        last = db.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0]
        given = db.execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()[0]
        if last != given:
            yield Finding(
                "end",
                f"The history ends with {word} {last:,}, but {word} {given:,} was written: its end was cut off or added to.",
            )


def _lost(action: Sequence[Any], key_id: str, path: str) -> Finding:
    return Finding(
        "key",
        f"From action {action[ID]:,} on, the history was written with the key {key_id[:32]}, which is not here: until another key takes over "
        f"it cannot be verified. Put that key in {path}.{key_id[:32]}.",
        action[ID],
    )


def _about(action: Sequence[Any], what: str) -> Finding:
    verb, actor, at = (_text(action[column]) for column in (VERB, ACTOR, AT))
    return Finding("action", f"Action {action[ID]:,} ({verb} by {actor}, {at}) {what}.", action[ID])


def _text(value: bytes | None) -> str:
    return "" if value is None else value.decode(errors="replace")


def _numbers(word: str, first: int, last: int, verb: str = "") -> str:
    one, many = (f"{verb}s", verb) if verb else ("is", "are")
    return f"{word} {first:,} {one}" if first == last else f"{word}s {first:,} to {last:,} {many}"


def _peeked(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...] | None]]:
    """Yield each row with the one after it."""
    row = next(rows, None)
    while row is not None:
        following = next(rows, None)
        yield row, following
        row = following
