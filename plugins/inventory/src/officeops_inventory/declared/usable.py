"""Usable stock: what may be used on a day. The rule once as SQL and once in Python; a test holds that they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

#: The only state of a lot in which it may be used.
AVAILABLE: Final = "available"
#: What stock is in: that of a lot which is held, or has ended, must not be used.
STATES: Final = ("usable", "expired", "quarantined", "recalled", "damaged")


def usable_sql(day: str = "?") -> str:
    """Return SQL for "this stock may be used on a day", over stock `s` joined to its lot `l`; `day` is SQL, a placeholder.

    What is kept without a lot may be used. A lot may be used while it is not held, up to and on the day it expires.
    """
    return f"(l.id IS NULL OR (l.status = '{AVAILABLE}' AND (l.expires_on IS NULL OR l.expires_on >= {day})))"


def state_sql(day: str = "?") -> str:
    """Return SQL for the state of stock `s` in its lot `l`, in a word: usable, expired, or how its lot is held."""
    return f"CASE WHEN {usable_sql(day)} THEN 'usable' WHEN l.status = '{AVAILABLE}' THEN 'expired' ELSE l.status END"


def is_usable(status: str, expires_on: date | None, day: date) -> bool:
    """Whether a lot in a state, which expires on a day or never, may be used on another."""
    return status == AVAILABLE and (expires_on is None or expires_on >= day)
