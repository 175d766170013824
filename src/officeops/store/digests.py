"""The digests that the chain is made of, keyed with the secret of one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Digests:
    """Makes the digests of one secret.

    Those it begins with are copied: that costs half of keying each again.
    """

    def __init__(self, secret: bytes) -> None:
        from officeops.store.hashing import blake2b

        def begin(person: bytes) -> Callable[[], blake2b]:
            return blake2b(key=secret, digest_size=32, person=person).copy

        self._contents = begin(b"added"), begin(b"nothing"), begin(b"edited")
        self._root = begin(b"root")
        self._link = begin(b"link")
        self._said = begin(b"said")

    def contents(self, kind: int, contents: bytes) -> bytes:
        """Return the digest of a change's before and after."""
        digest = self._contents[kind]()
        digest.update(contents)
        return digest.digest()

    def root(self) -> Root:
        """Begin the root of one action's changes."""
        return Root(self, self._root())

    def said(self, arguments: bytes | None, outcome: bytes | None) -> bytes:
        """Return the digest of an action's arguments and outcome; nothing without both."""
        if arguments is None and outcome is None:
            return b""
        digest = self._said()
        digest.update(_packed([arguments, outcome]))
        return digest.digest()

    def link(
        self,
        before: bytes | None,
        action: Sequence[object],
        root: bytes,
    ) -> bytes:
        """Return an action's link from the link before, its row (`_ACTION`) and its root."""
        id_, first_change, *texts, arguments, outcome, destroyed = action
        digest = self._link()
        said = destroyed or self.said(arguments, outcome)  # type: ignore[arg-type]
        digest.update(_packed([before, b"%d" % id_, b"%d" % first_change, *texts, said, root]))  # type: ignore[list-item,str-format]
        return digest.digest()


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
                digest = begin[kind]()
                digest.update(contents)
                parts += (head, digest.digest())
            else:
                parts += (head, destroyed)
        self._hashed.update(b"".join(parts))  # type: ignore[attr-defined]

    def digest(self) -> bytes:
        """Return the root."""
        digest: bytes = self._hashed.digest()  # type: ignore[attr-defined]
        return digest


def _packed(parts: Sequence[bytes | None]) -> bytes:
    """Return parts as bytes that no other parts would give: each behind its length."""
    return b"".join([b"-" if part is None else b"%d:%b" % (len(part), part) for part in parts])
