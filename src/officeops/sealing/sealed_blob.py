"""Sealed bytes: attached files encrypted with AES-256-GCM, under a digest that takes the key.

The digest tells nobody without the key which form or photograph a file is, and is another for each
kind of record, so that equal files of two kinds do not look alike. The bytes are bound to it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from officeops.sealing.field_text import CURE
from officeops.sealing.keyring import NoKey
from officeops.sealing.seal import Altered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.sealing.keyring import SealKey

_NONCE: Final = 12
#: Between the mark of the key and the rest.
_END: Final = b"\0"


def addresses(keys: Sequence[SealKey], kind: str, content: bytes) -> list[str]:
    """Return the digests of a content under every key, the current one first.

    `kind` is the key of the kind of record that the file is about.
    """
    return [_address(key, kind, content) for key in reversed(keys)]


def _address(key: SealKey, kind: str, content: bytes) -> str:
    from officeops.store.hashing import blake2b

    digest = blake2b(key=key.derived(b"blob address"), digest_size=32)
    digest.update(kind.encode() + _END)
    digest.update(content)
    return f"{key.mark}.{digest.hexdigest()}"


def seal_bytes(key: SealKey, address: str, content: bytes) -> bytes:
    """Encrypt a content for its digest."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    # A new nonce each time, so that a rotation back to the same content shows nothing.
    nonce = os.urandom(_NONCE)
    cipher = AESGCM(key.derived(b"blob"))
    return key.mark.encode() + _END + nonce + cipher.encrypt(nonce, content, _bound(key, address))


def open_bytes(keys: Sequence[SealKey], address: str, kept: bytes) -> bytes:
    """Decrypt the bytes under a digest.

    Raises NoKey where its key is not among these, and Altered for other bytes than were sealed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    mark, _, rest = kept.partition(_END)
    by_mark = {key.mark.encode(): key for key in keys}
    key = by_mark.get(mark)
    if key is None:
        # A flipped bit of the mark and a lost key look alike; the mark of the digest tells them apart.
        known = address.rpartition(".")[0].encode() in by_mark
        if known and len(by_mark) == keys[-1].version:
            raise Altered
        raise NoKey(f"The key of a sealed file is not here. {CURE}")
    cipher = AESGCM(key.derived(b"blob"))
    try:
        return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], _bound(key, address))
    except (InvalidTag, ValueError):
        raise Altered from None


def _bound(key: SealKey, address: str) -> bytes:
    return f"officeops|blob|{address}|{key.mark}".encode()
