"""Seal and open one value with AES-256-GCM, bound to its place and key; digest it for a search.

A sealed value is `vVERSION.KEY.BASE64` of nonce, ciphertext and tag (NIST SP 800-38D; 96-bit random
nonces, so a key should not seal more than 2^32 values). Its length shows only how many blocks of 16
bytes it has.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from officeops.model.errors import OfficeError
from officeops.model.immutable import Value
from officeops.model.sealed_value import TOKEN
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.sealing.keyring import SealKey

_NONCE: Final = 12
_BLOCK: Final = 16


class Altered(OfficeError):
    """A sealed value that does not open: it was altered, or copied from another place."""

    code = "altered"


class Place(Value):
    """The place of a value: table, id and field. It opens there and nowhere else."""

    table: str
    id: int
    field: str

    def bound(self, key: SealKey) -> bytes:
        """Return the bytes that a value is bound to: its place and its key."""
        return f"officeops|{self.table}|{self.id}|{self.field}|{key.mark}".encode()


def seal(key: SealKey, place: Place, text: str) -> str:
    """Return a text sealed for its place."""
    from base64 import urlsafe_b64encode

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    plain = text.encode()
    # One byte of 0x80 and zeros to a whole block (ISO/IEC 7816-4), so that 900 and 90,000 look
    # alike.
    plain += b"\x80" + bytes(-(len(plain) + 1) % _BLOCK)
    nonce = os.urandom(_NONCE)
    sealed = nonce + AESGCM(key.derived(b"seal")).encrypt(nonce, plain, place.bound(key))
    return f"{key.mark}.{urlsafe_b64encode(sealed).decode().rstrip('=')}"


def unseal(key: SealKey | None, place: Place, token: str) -> str:
    """Return the text of a sealed value.

    Raises Altered unless this key sealed it for this place.
    """
    from base64 import urlsafe_b64decode, urlsafe_b64encode

    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    match = TOKEN.fullmatch(token)
    if match is None or key is None or f"v{match[1]}.{match[2]}" != key.mark:
        raise Altered
    body = match[3]
    try:
        raw = urlsafe_b64decode(body + "=" * (-len(body) % 4))
        # base64 ignores some bits of the last letter: a change of those is a change too.
        if urlsafe_b64encode(raw).decode().rstrip("=") != body:
            raise Altered
        cipher = AESGCM(key.derived(b"seal"))
        nonce, encrypted = raw[:_NONCE], raw[_NONCE:]
        plain = cipher.decrypt(nonce, encrypted, place.bound(key))
    except (ValueError, InvalidTag):
        raise Altered from None
    return plain.rstrip(b"\0")[:-1].decode()


def mark_of(token: object) -> str:
    """Return the mark of the key in a sealed value; blank for any other value."""
    match = TOKEN.fullmatch(token) if isinstance(token, str) else None
    return f"v{match[1]}.{match[2]}" if match else ""


def index(key: SealKey, place: Place, text: str) -> str:
    """Return the digest by which a value of this table and field is searched, in any record."""
    from officeops.store.hashing import blake2b

    digest = blake2b(key=key.derived(b"index"), digest_size=16)
    digest.update(f"{place.table}|{place.field}|{text}".encode())
    return f"i{key.version}.{key.id}.{digest.hexdigest()}"


def indexes(keys: Sequence[SealKey], place: Place, text: str) -> list[str]:
    """Return a value's digests under every key, the current one first."""
    return [index(key, place, text) for key in reversed(keys)]


#: Spaces, and the dashes of any keyboard and word processor.
_BESIDE: Final = Pattern(r"[\s\-\u2010-\u2015\u2212]+")


def normalised(text: str) -> str:
    """Return a text as a search compares it: without capitals, spaces and dashes."""
    from unicodedata import normalize

    return str(_BESIDE.sub("", normalize("NFKC", text).casefold()))
