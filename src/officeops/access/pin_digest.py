"""The digest of a PIN: scrypt (RFC 7914), so that each guess at a stolen file costs time and memory."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.model.sealed_value import Sealed

#: The cost: 2^14 blocks of 1 KB, 16 MB and some 50 ms a guess.
_COST: Final = 14
_BLOCKS: Final = 8
_BYTES: Final = 32
#: Characters of a PIN that count; no PIN is as long, and a pasted file is not worth a digest.
_LONGEST: Final = 64


def digest_of(pin: Sealed, salt: bytes = b"") -> str:
    """Return a PIN's digest with its cost and salt, a new one unless given: `scrypt$14$…$…`."""
    salt = salt or os.urandom(16)
    typed = str(pin.typed)[:_LONGEST].encode(errors="surrogatepass")
    digest = hashlib.scrypt(typed, salt=salt, n=1 << _COST, r=_BLOCKS, p=1, dklen=_BYTES)
    return f"scrypt${_COST}${salt.hex()}${digest.hex()}"


def is_pin_of(pin: Sealed, digest: str) -> bool:
    """Whether a digest is of a PIN. Of a blank digest it never is, after the same time."""
    salt = bytes.fromhex(digest.split("$")[2]) if digest else b""
    return is_same(digest_of(pin, salt), digest)


def is_same(one: str, other: str) -> bool:
    """Compare two digests in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
