"""People: their keys, and who a key belongs to."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.access.records import User
    from officeops.model.office import Office

#: Kinds of public key that are taken, with the parts each has on the wire (RFC 4253, 5656, 8709,
#: OpenSSH's PROTOCOL.u2f); DSA is broken, certificates name no single key.
TYPES: Final = {
    "ssh-ed25519": 2,
    "sk-ssh-ed25519@openssh.com": 3,
    "ecdsa-sha2-nistp256": 3,
    "ecdsa-sha2-nistp384": 3,
    "ecdsa-sha2-nistp521": 3,
    "sk-ecdsa-sha2-nistp256@openssh.com": 4,
    "ssh-rsa": 3,
}
#: Bits of the shortest RSA key that is taken, and bytes of every Ed25519 one.
SHORTEST_RSA: Final = 3072
ED25519: Final = 32
LONGEST: Final = 16_384


def read_public_key(text: str) -> tuple[str, str]:
    """Return a public key, type and base64, and its comment, from the text of a .pub file.

    Raises Refused for a private key, for options before the key, for more than one key, and for
    any other text.
    """
    if "PRIVATE KEY" in text:
        raise Refused(
            "that is a private key, which stays with its owner; give the .pub file beside it",
            "Key",
            code="malformed",
        )
    written = [line for line in text[:LONGEST].splitlines() if not line.startswith("#")]
    lines = [line.strip() for line in written if line.strip()]
    if len(lines) != 1:
        raise Refused(
            f"a file with one public key is wanted; this has {len(lines)} lines",
            "Key",
            code="malformed",
        )
    kind, _, rest = lines[0].partition(" ")
    data, _, comment = rest.strip().partition(" ")
    if kind not in TYPES:
        raise Refused(
            f"{kind[:40]!r} is no kind of key that is taken; ssh-keygen -t ed25519 makes one",
            "Key",
            code="unknown-choice",
        )
    try:
        wire = base64.b64decode(data, validate=True)
    except ValueError:
        raise Refused(
            "its letters are not those of a key; copy the .pub file whole", "Key", code="malformed"
        ) from None
    parts = _parts(wire)
    is_whole = len(parts) == TYPES[kind] and parts[0] == kind.encode() and all(parts)
    if is_whole and "ed25519" in kind:
        is_whole = len(parts[1]) == ED25519
    if not is_whole:
        raise Refused(
            "its letters are not those of such a key; copy the .pub file whole",
            "Key",
            code="malformed",
        )
    if kind == "ssh-rsa" and int.from_bytes(parts[2], "big").bit_length() < SHORTEST_RSA:
        raise Refused(
            "an RSA key needs 3072 bits; ssh-keygen -t ed25519 makes a better one",
            "Key",
            code="out-of-range",
        )
    public = f"{kind} {base64.b64encode(wire).decode()}"
    # The comment is shown and logged, so only letters, digits and the marks of an address stay.
    plain_comment = re.sub(r"[^\w@. +-]", "", comment)
    return public, plain_comment[:80]


def _parts(wire: bytes) -> list[bytes]:
    """Return the parts of a key, each behind its length in four bytes; none if one is wrong."""
    parts: list[bytes] = []
    while wire:
        length = int.from_bytes(wire[:4], "big")
        if len(wire) < 4 + length:
            return []
        parts.append(wire[4 : 4 + length])
        wire = wire[4 + length :]
    return parts


def fingerprint(public: str) -> str:
    """Return a public key's fingerprint as ssh-keygen -l prints it, behind `SHA256:`."""
    from hashlib import sha256

    wire = base64.b64decode(public.split()[1])
    return "SHA256:" + base64.b64encode(sha256(wire).digest()).decode().rstrip("=")


def by_fingerprint(office: Office, wanted: str) -> User | None:
    """Return who a key belongs to; nobody where the key or its owner is archived."""
    from officeops.access.records import SshKey, User

    key = office.first(SshKey, "fingerprint = ?", wanted)
    return office.first(User, "id = ?", key.user_id) if key else None
