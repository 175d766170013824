"""Verify the chain of actions and changes: every link, every number, and the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.finding import Finding
from officeops.model.errors import Broken
from officeops.store.chain import ACTIONS, CHANGES, PIECE, digests_of, taking_over

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence

    from officeops.history.finding import Mark
    from officeops.store.digests import Digests
    from officeops.store.key import Keys

#: Columns of ACTIONS.
ID, FIRST, REQUEST, ACTOR, AT, VERB, ARGUMENTS, OUTCOME, DESTROYED, LINK, KEY_ID = range(11)


def chain(db: sqlite3.Connection, keys: Keys, accepted: Collection[Mark] = ()) -> Iterator[Finding]:
    """Yield what is wrong with actions and changes. Reads each of them once, in order; memory stays flat."""
    yield from _Chain(db, keys, accepted).findings()
    yield from _ends(db)


class _Chain:
    """One walk along the chain."""

    def __init__(self, db: sqlite3.Connection, keys: Keys, accepted: Collection[Mark]) -> None:
        self.keys = keys
        self.actions = _peeked(db.execute(ACTIONS))
        self.changes = _Pieces(db)
        self._digests: dict[str, Digests | None] = {}
        self._lost: _Lost | None = None
        #: The keys in the order in which they began, the newest of them that is here, and the former one that is named again.
        self._begun: dict[str, int] = {}
        self._newest, self._back = -1, ""
        self._in_use = keys.in_use()
        #: The key under which a lost one was accepted: what was accepted can be compared with that one alone.
        self._stand_ins = {
            str(each[1]): str(each[-2]) for each in accepted if each[0] in {"key", "unlinked"}
        }

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong."""
        link: bytes | None = None
        last, former = 0, ""
        for action, following in self.actions:
            if action[ID] != last + 1:
                after = _goes_on(action)
                if (after.get("action"), after.get("link")) == (last, _hex(link)):
                    self.changes.skip(after.get("change"), action[FIRST])
                else:
                    yield _missing("actions", last + 1, action[ID] - 1)
                link, former = (
                    None,
                    "",
                )  # what was written behind an end that was cut off follows nothing
            yield from self._other_key(action)
            root, wrong = self._changes_of(action, following)
            yield from wrong
            yield from self._link(action, link, former, root)
            link, last, former = action[LINK], action[ID], _text(action[KEY_ID])
        yield from self._end()
        yield from self._orphans()

    def _changes_of(
        self, action: Sequence[Any], following: Sequence[Any] | None
    ) -> tuple[bytes, list[Finding]]:
        """Return the root of an action's changes, and what is wrong with them by their numbers alone."""
        digests = self._known(self._under(_text(action[KEY_ID])))
        root = digests.root() if digests else None
        until = following[FIRST] if following else None
        wrong: list[Finding] = []
        while piece := self.changes.take(until):
            wrong += _misplaced(piece, action[ID], digests)
            if root:
                root.take([each[2:] for each in piece])
            wrong += self.changes.gaps
            self.changes.gaps = []
        return root.digest() if root else b"", wrong

    def _link(
        self, action: Sequence[Any], before: bytes | None, former: str, root: bytes
    ) -> Iterator[Finding]:
        key_id = _text(action[KEY_ID])
        under = self._under(key_id)
        digests = self._known(under)
        link = digests.link(before, action[:LINK], root) if digests else b""
        if digests and under == key_id and former not in {"", key_id}:
            first = digests.link(taking_over(before, former), action[:LINK], root)
            if link == action[LINK] and not self._known(former):
                yield _about(action, "key-first-unsaid", ("first", former, action[ID], link.hex()))
            elif link != action[LINK]:
                link = first
        if action[DESTROYED] is not None and (
            action[ARGUMENTS] is not None or action[OUTCOME] is not None
        ):
            said = digests.said(action[ARGUMENTS], action[OUTCOME]).hex() if digests else ""
            yield _about(action, "action-destroyed-again", ("said", action[ID], said))
        if action[LINK] is None or action[KEY_ID] is None:
            mark: Mark = ("unlinked", key_id, action[ID], under, link.hex())
            yield _about(action, "action-unlinked", mark)
        elif under != key_id:
            self._lost = self._lost or _Lost(key_id, action[ID], under)
            self._lost.take(action, link)
        elif link != action[LINK]:
            yield _about(
                action, "action-altered", ("altered", action[ID], _hex(action[LINK]), link.hex())
            )
        else:
            self._newest = max(self._newest, self._begun[key_id])

    def _other_key(self, action: Sequence[Any]) -> Iterator[Finding]:
        """Yield where the actions of a lost key end, and where a former key is named again once another has taken over.

        Else whatever was sealed with the new key could be altered and given the name of the lost one.
        """
        key_id = "" if action[LINK] is None else _text(action[KEY_ID])
        if self._lost and self._lost.key_id != key_id:
            yield self._lost.finding(self.keys.path)
            self._lost = None
        if not key_id:
            return
        order = self._begun.setdefault(key_id, len(self._begun))
        back = key_id if order < self._newest else ""
        if back and back != self._back:
            yield Finding(
                "key-back", action[ID], facts={"key": key_id}, mark=("back", key_id, action[ID])
            )
        self._back = back

    def _end(self) -> Iterator[Finding]:
        """Yield the actions of a lost key with which the history ends, and that the key in use has sealed nothing then."""
        if self._lost is None:
            return
        yield self._lost.finding(self.keys.path)
        key = self._in_use
        if key and key not in self._begun:
            yield Finding("key-unused", facts={"path": self.keys.path}, mark=("unused", key))

    def _under(self, key_id: str) -> str:
        """Return the key with which to make an action's digests: its own, or the one that stands in where that is lost."""
        return next(
            (each for each in (key_id, self._stand_ins.get(key_id, "")) if self._known(each)),
            self._in_use,
        )

    def _known(self, key_id: str) -> Digests | None:
        if key_id not in self._digests:
            try:
                key = self.keys.find(key_id) if key_id else None
            except Broken:
                key = None
            self._digests[key_id] = digests_of(key) if key else None
        return self._digests[key_id]

    def _orphans(self) -> Iterator[Finding]:
        while piece := self.changes.take(None):
            yield Finding("change-orphaned", facts={"first": piece[0][0], "last": piece[-1][0]})


class _Lost:
    """Actions that stand together and whose key is not here.

    Nobody can verify them; but a digest of them with a key that is here tells, once it is accepted, when they are altered later.
    """

    def __init__(self, key_id: str, first: int, under: str) -> None:
        from officeops.store.hashing import blake2b

        self.key_id, self._first, self._under, self._last = key_id, first, under, first
        self._digest = blake2b(digest_size=32)

    def take(self, action: Sequence[Any], link: bytes) -> None:
        """Take an action in, with the link it would have under the key that stands in."""
        self._last = action[ID]
        self._digest.update(b"%b %b " % (link.hex().encode(), _hex(action[LINK]).encode()))

    def finding(self, path: str) -> Finding:
        """Return the finding about all of them."""
        facts = {"key": self.key_id, "first": self._first, "last": self._last, "path": path}
        mark = ("key", self.key_id, self._first, self._last, self._under, self._digest.hexdigest())
        return Finding("key-lost", self._first, facts=facts, mark=mark if self._under else ())


class _Pieces:
    """The changes in order, in pieces that end where an action's changes end."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._rows = db.execute(CHANGES)
        self._kept: list[tuple[Any, ...]] = []
        self._last = 0
        self.gaps: list[Finding] = []
        self._skipped = (-1, 0)

    def skip(self, last: object, following: int) -> None:
        """Take no offence at the numbers between `last` and `following`: a restore on record went on behind them."""
        if isinstance(last, int):
            self._skipped = last, following

    def take(self, until: int | None) -> list[tuple[Any, ...]]:
        """Return the next changes whose number is below `until`, a thousand at most; `gaps` tells of numbers left out."""
        rows = self._kept or self._rows.fetchmany(PIECE)
        if until is None:
            piece, self._kept = rows, []
        else:
            cut = next((n for n, row in enumerate(rows) if row[0] >= until), len(rows))
            piece, self._kept = rows[:cut], rows[cut:]
        for row in piece:
            if row[0] != self._last + 1 and (self._last, row[0]) != self._skipped:
                self.gaps.append(_missing("changes", self._last + 1, row[0] - 1))
            self._last = row[0]
        return piece


def _misplaced(
    piece: Sequence[tuple[Any, ...]], action: int, digests: Digests | None
) -> list[Finding]:
    found = []
    for number, belongs, *_, destroyed, kind, contents in piece:
        if belongs != action:
            facts = {"change": number, "belongs": belongs}
            mark: Mark = ("misplaced", number, belongs, action)
            found.append(Finding("change-misplaced", action, facts=facts, mark=mark))
        if destroyed is not None and (kind != 1 or contents):
            digest = digests.contents(kind, contents).hex() if digests else ""
            mark = ("again", number, digest) if digest else ()
            found.append(
                Finding("change-destroyed-again", action, facts={"change": number}, mark=mark)
            )
    return found


def _ends(db: sqlite3.Connection) -> Iterator[Finding]:
    """Yield where rows were cut off the end and the counters still know."""
    for table, word in (("core_action", "action"), ("core_change", "change")):
        last = db.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0]
        if word == "change":  # an action without changes knows where they would have begun
            begin = db.execute(
                "SELECT first_change - 1 FROM core_action ORDER BY id DESC LIMIT 1"
            ).fetchone()
            last = max(last, begin[0]) if begin else last
        given = db.execute(
            "SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = ?", (table,)
        ).fetchone()[0]
        if last != given:
            facts = {"counted": word, "last": last, "given": given}
            # Once more is written, the same is told as a gap.
            yield Finding("end-cut", facts=facts, mark=("missing", word, last + 1, given))


def _goes_on(action: Sequence[Any]) -> dict[str, Any]:
    """Return behind what a restore says it stands, where numbers go on from those of what it replaced."""
    if action[VERB] != b"core.restore" or action[ARGUMENTS] is None:
        return {}
    try:
        after: dict[str, Any] = json.loads(action[ARGUMENTS]).get("after") or {}
    except ValueError:
        return {}
    return after


def _missing(words: str, first: int, last: int) -> Finding:
    """Return the finding about numbers that nothing has: of "actions" or "changes"."""
    facts = {"first": first, "last": last}
    action = first if words == "actions" else None
    return Finding(
        f"{words}-missing",
        action,
        facts=facts,
        mark=("missing", words.removesuffix("s"), first, last),
    )


def _about(action: Sequence[Any], code: str, mark: Mark) -> Finding:
    """Return a finding about one action; it has no mark where no digest of it could be made."""
    verb, actor, at = (_text(action[column]) for column in (VERB, ACTOR, AT))
    facts = {"verb": verb, "actor": actor, "at": at}
    return Finding(code, action[ID], facts=facts, mark=mark if mark[-1] else ())


def _hex(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _text(value: bytes | None) -> str:
    return "" if value is None else value.decode(errors="replace")


def _peeked(
    rows: Iterator[tuple[Any, ...]],
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...] | None]]:
    """Yield each row with the one after it."""
    row = next(rows, None)
    while row is not None:
        following = next(rows, None)
        yield row, following
        row = following
