"""Verify the chain of actions and changes: every link, every number, and the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.action_rows import (
    ARGUMENTS,
    DESTROYED,
    FIRST,
    ID,
    KEY_ID,
    LINK,
    OUTCOME,
    VERB,
    about,
    hex_of,
    key_of,
    missing,
    with_next,
)
from officeops.history.change_rows import ChangeRows, misplaced
from officeops.history.finding import Finding
from officeops.history.lost_keys import ChainKeys
from officeops.store.chain import ACTIONS, taking_over

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence

    from officeops.history.finding import Mark
    from officeops.store.key import Keys

    Row = Sequence[Any]


def chain(db: sqlite3.Connection, keys: Keys, accepted: Collection[Mark] = ()) -> Iterator[Finding]:
    """Yield the faults of actions and changes. Reads each once, in order; memory stays flat."""
    yield from _Walk(db, keys, accepted).findings()
    yield from _cut_ends(db)


class _Walk:
    """One walk along the chain."""

    def __init__(
        self,
        db: sqlite3.Connection,
        keys: Keys,
        accepted: Collection[Mark],
    ) -> None:
        self._actions = with_next(db.execute(ACTIONS))
        self._changes = ChangeRows(db)
        self._keys = ChainKeys(keys, accepted)

    def findings(self) -> Iterator[Finding]:
        """Yield everything that is wrong, in the order of the actions."""
        link: bytes | None = None
        last, former_key = 0, ""
        for action, following in self._actions:
            if action[ID] != last + 1:
                yield from self._gap(action, last, link)
                # An action behind a lost end follows no link.
                link, former_key = None, ""
            key_id = key_of(action)
            yield from self._keys.at(action, key_id)
            under = self._keys.under(key_id)
            root, faults = self._root(action, following, under)
            yield from faults
            yield from self._link(action, key_id, under, link, former_key, root)
            link = action[LINK]
            last = action[ID]
            former_key = key_id
        yield from self._keys.at_end()
        yield from self._without_action()

    def _gap(self, action: Row, last: int, link: bytes | None) -> Iterator[Finding]:
        """Yield a gap in the numbers of actions, unless a restore says that they go on there."""
        restored = _continues(action)
        last_and_link = (restored.get("action"), restored.get("link"))
        if last_and_link == (last, hex_of(link)):
            self._changes.skip(restored.get("change"), action[FIRST])
            return
        first_missing = last + 1
        last_missing = action[ID] - 1
        yield missing("actions", first_missing, last_missing)

    def _root(
        self,
        action: Row,
        following: Row | None,
        under: str,
    ) -> tuple[bytes, list[Finding]]:
        """Work out the root of an action's changes, and find the faults that their numbers show."""
        digests = self._keys.digests(under)
        root = digests.root() if digests else None
        until = following[FIRST] if following else None
        faults: list[Finding] = []
        piece = self._changes.take(until)
        while piece:
            faults += misplaced(piece, action[ID], digests)
            if root:
                contents = [row[2:] for row in piece]
                root.take(contents)
            faults += self._changes.gaps
            self._changes.gaps = []
            piece = self._changes.take(until)
        digest = root.digest() if root else b""
        return digest, faults

    def _link(
        self,
        action: Row,
        key_id: str,
        under: str,
        before: bytes | None,
        former_key: str,
        root: bytes,
    ) -> Iterator[Finding]:
        """Yield an action whose link is not that of its contents, or cannot be compared.

        `key_id` is the key that it names, `under` the one that it is compared under.
        """
        digests = self._keys.digests(under)
        contents = action[:LINK]
        # Without the key, no link can be worked out.
        link = digests.link(before, contents, root) if digests else b""
        is_first_of_key = under == key_id and former_key not in {"", key_id}
        if digests and is_first_of_key:
            if link != action[LINK]:
                # The first action under a new key may say whose chain it goes on with.
                taken_over = taking_over(before, former_key)
                link = digests.link(taken_over, contents, root)
            elif not self._keys.digests(former_key):
                mark: Mark = ("first", former_key, action[ID], link.hex())
                yield about(action, "key-first-unsaid", mark)
        yield from self._destroyed(action, under)
        yield from self._compared(action, key_id, under, link)

    def _compared(
        self,
        action: Row,
        key_id: str,
        under: str,
        link: bytes,
    ) -> Iterator[Finding]:
        """Yield an action without a link, or with another than `link`, made with the key `under`.

        An action whose own key is lost is set aside: what comes after it may vouch for it.
        """
        if action[LINK] is None or action[KEY_ID] is None:
            mark: Mark = ("unlinked", key_id, action[ID], under, link.hex())
            yield about(action, "action-unlinked", mark)
        elif under != key_id:
            self._keys.lose(action, key_id, under, link)
        elif link != action[LINK]:
            mark = ("altered", action[ID], hex_of(action[LINK]), link.hex())
            yield about(action, "action-altered", mark)
        else:
            self._keys.held(key_id)

    def _destroyed(self, action: Row, under: str) -> Iterator[Finding]:
        """Yield an action whose destroyed words are there again."""
        arguments, outcome = action[ARGUMENTS], action[OUTCOME]
        is_blank = arguments is None and outcome is None
        if action[DESTROYED] is None or is_blank:
            return
        digests = self._keys.digests(under)
        said = digests.said(arguments, outcome).hex() if digests else ""
        mark: Mark = ("said", action[ID], said)
        yield about(action, "action-destroyed-again", mark)

    def _without_action(self) -> Iterator[Finding]:
        """Yield changes behind the last action."""
        piece = self._changes.take(None)
        while piece:
            first, last = piece[0], piece[-1]
            facts = {"first": first[0], "last": last[0]}
            yield Finding("change-orphaned", facts=facts)
            piece = self._changes.take(None)


def _continues(action: Row) -> dict[str, Any]:
    """Read where a restore says that numbers go on from those of the replaced office."""
    if action[VERB] != b"core.restore" or action[ARGUMENTS] is None:
        return {}
    try:
        arguments = json.loads(action[ARGUMENTS])
    except ValueError:
        return {}
    after: dict[str, Any] = arguments.get("after") or {}
    return after


def _cut_ends(db: sqlite3.Connection) -> Iterator[Finding]:
    """Yield rows that were cut off the end: the counters still know them."""
    last_action = _number(db, "SELECT max(id) FROM core_action")
    # An action without changes knows where its changes would have begun.
    begin = "SELECT first_change - 1 FROM core_action ORDER BY id DESC LIMIT 1"
    kept_change = _number(db, "SELECT max(id) FROM core_change")
    last_change = max(kept_change, _number(db, begin))
    yield from _cut_end(db, "action", last_action)
    yield from _cut_end(db, "change", last_change)


def _cut_end(db: sqlite3.Connection, counted: str, last: int) -> Iterator[Finding]:
    """Yield the rows of a table that are missing after its last one."""
    counter = f"SELECT max(seq) FROM sqlite_sequence WHERE name = 'core_{counted}'"
    given = _number(db, counter)
    if last != given:
        facts = {"counted": counted, "last": last, "given": given}
        # The next write makes this a gap, which has the same mark.
        mark = ("missing", counted, last + 1, given)
        yield Finding("end-cut", facts=facts, mark=mark)


def _number(db: sqlite3.Connection, sql: str) -> int:
    row = db.execute(sql).fetchone()
    return int(row[0] or 0) if row else 0
