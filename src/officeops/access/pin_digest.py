"""The digest of a PIN: scrypt (RFC 7914) of the PIN under a key that is in no copy of the file.

With the key, each guess costs time and memory; without it, nobody can guess.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Final

from officeops.store.key import Key

if TYPE_CHECKING:
    from officeops.model.sealed_value import Sealed
    from officeops.store.key import Keys

#: The cost: 2^14 blocks of 1 KB, 16 MB and some 50 ms a guess.
_COST: Final = 14
_BLOCKS: Final = 8
_BYTES: Final = 32
#: Characters of a PIN that count; no PIN is as long, and a pasted file is not worth a digest.
_LONGEST: Final = 64


def digest_of(pin: Sealed, key: Key, salt: bytes = b"") -> str:
    """Return a PIN's digest with its cost, its salt and the name of the key: `scrypt$14$…$…$…`.

    The key is that of the history, which no backup has: without it a copy of the file tells nothing
    of a PIN, not even of one with four digits. The salt is a new one unless given.
    """
    return f"{_scrypt(_keyed(pin, key), salt or os.urandom(16))}${key.id}"


def is_pin_of(pin: Sealed, digest: str, keys: Keys) -> bool:
    """Whether a digest is of a PIN. Of a blank one, or one with a lost key, it never is, after the same time."""
    _, _, salt, _, name = digest.split("$") if digest else [""] * 5
    key = keys.find(name) or Key(b"")
    return is_same(digest_of(pin, key, bytes.fromhex(salt)), digest)


def _scrypt(typed: bytes, salt: bytes) -> str:
    digest = hashlib.scrypt(typed, salt=salt, n=1 << _COST, r=_BLOCKS, p=1, dklen=_BYTES)
    return f"scrypt${_COST}${salt.hex()}${digest.hex()}"


def _keyed(pin: Sealed, key: Key) -> bytes:
    typed = str(pin.typed)[:_LONGEST].encode(errors="surrogatepass")
    return hmac.digest(key.secret, b"officeops PIN " + typed, "sha256")


def is_same(one: str, other: str) -> bool:
    """Compare two digests in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
