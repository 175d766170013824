"""Starting codes: with one, a person without a login of their own sets a first PIN at a shared one.

A code is in the place of the PIN, which a manager clears to make one. It signs nothing but the new
PIN, once, within a day. Its digest is kept with its end: `2026-12-01T17:00:00+00:00 scrypt$…`.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops.access.pin_digest import digest_of
from officeops.model.sealed_value import Sealed

if TYPE_CHECKING:
    from officeops.store.key import Key

#: Digits of a code, and how long it counts.
_DIGITS: Final = 8
LASTS: Final = timedelta(days=1)


def new_code() -> Sealed:
    """Make up a code."""
    return Sealed(typed=f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}")


def kept(code: Sealed, key: Key) -> str:
    """Return a code as it is kept in the place of a PIN's digest."""
    until = datetime.now(UTC).replace(microsecond=0) + LASTS
    return f"{until.isoformat()} {digest_of(code, key)}"


def is_code(digest: str) -> bool:
    """Whether a digest is of a code, and not of a PIN."""
    return " " in digest


def usable(digest: str) -> str:
    """Return the digest of a PIN, or of a code that still counts, to compare with; else blank."""
    until, _, own = digest.rpartition(" ")
    return "" if until and datetime.fromisoformat(until) < datetime.now(UTC) else own
