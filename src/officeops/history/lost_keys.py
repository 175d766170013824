"""Lost keys: the keys that a walk along the chain meets, and actions whose key is not here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.history.action_rows import ID, LINK, hex_of
from officeops.history.finding import Finding
from officeops.model.errors import Broken
from officeops.store.chain import digests_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from officeops.history.finding import Mark
    from officeops.store.digests import Digests
    from officeops.store.key import Keys


class LostKey:
    """Successive actions whose key is not here.

    Nobody can verify them. But a digest of them with a key that is here shows, once it is accepted,
    when they are altered later.
    """

    def __init__(self, key_id: str, first: int, under: str) -> None:
        from officeops.store.hashing import blake2b

        self.key_id = key_id
        self._first = self._last = first
        self._under = under
        self._digest = blake2b(digest_size=32)

    def take(self, action: Sequence[Any], link: bytes) -> None:
        """Take an action in, with the link it would have under the key used in place of its own."""
        self._last = action[ID]
        own_link = hex_of(action[LINK])
        self._digest.update(f"{link.hex()} {own_link} ".encode())

    def finding(self, keys: Keys) -> Finding:
        """Make the finding about all of them; `keys` are those that are here."""
        first, last = self._first, self._last
        facts = {
            "key": self.key_id,
            "first": first,
            "last": last,
            "path": keys.path,
            "astray": keys.astray(self.key_id),
            "unread": next(keys.unreadable(), ""),
        }
        mark: Mark = ()
        if self._under:
            mark = ("key", self.key_id, first, last, self._under, self._digest.hexdigest())
        return Finding("key-lost", first, facts=facts, mark=mark)


class ChainKeys:
    """The keys of a chain in the order in which they began, and the digests that each makes."""

    def __init__(self, keys: Keys, accepted: Collection[Mark]) -> None:
        self._keys = keys
        self._in_use = keys.in_use()
        self._digests: dict[str, Digests | None] = {}
        self._order: dict[str, int] = {}
        self._newest = -1
        self._back = ""
        self._lost: LostKey | None = None
        #: The key under which a lost one was accepted; an acceptance compares with that alone.
        self._in_place_of: dict[str, str] = {}
        for kind, *facts in accepted:
            if kind in {"key", "unlinked"}:
                self._in_place_of[str(facts[0])] = str(facts[-2])

    def digests(self, key_id: str) -> Digests | None:
        """Return a key's digests; None where it is not here."""
        # Each action of a long chain asks, so the file of a key is read once.
        if key_id in self._digests:
            return self._digests[key_id]
        try:
            key = self._keys.find(key_id) if key_id else None
        # A key that cannot be read verifies nothing, like one that is gone.
        except Broken:
            key = None
        digests = digests_of(key) if key else None
        self._digests[key_id] = digests
        return digests

    def under(self, key_id: str) -> str:
        """Choose the key for an action's digests: its own, or one in place of a lost one."""
        instead = self._in_place_of.get(key_id, "")
        for candidate in (key_id, instead):
            if self.digests(candidate):
                return candidate
        return self._in_use

    def held(self, key_id: str) -> None:
        """Note that a key's action is as it was sealed."""
        self._newest = max(self._newest, self._order[key_id])

    def lose(
        self,
        action: Sequence[Any],
        key_id: str,
        under: str,
        link: bytes,
    ) -> None:
        """Take an action in whose key is not here."""
        self._lost = self._lost or LostKey(key_id, action[ID], under)
        self._lost.take(action, link)

    def at(self, action: Sequence[Any], key_id: str) -> Iterator[Finding]:
        """Yield a lost key's actions at their end, and a former key that is named again.

        Otherwise an action sealed with the new key could be altered and given the lost key's name.
        """
        key_id = "" if action[LINK] is None else key_id
        if self._lost and self._lost.key_id != key_id:
            yield self._lost.finding(self._keys)
            self._lost = None
        if not key_id:
            return
        order = self._order.setdefault(key_id, len(self._order))
        back = key_id if order < self._newest else ""
        if back and back != self._back:
            mark = ("back", key_id, action[ID])
            yield Finding("key-back", action[ID], facts={"key": key_id}, mark=mark)
        self._back = back

    def at_end(self) -> Iterator[Finding]:
        """Yield a lost key's actions at the end, and a key in use that has sealed nothing."""
        if self._lost is None:
            return
        yield self._lost.finding(self._keys)
        if self._in_use and self._in_use not in self._order:
            mark = ("unused", self._in_use)
            yield Finding("key-unused", facts={"path": self._keys.path}, mark=mark)
