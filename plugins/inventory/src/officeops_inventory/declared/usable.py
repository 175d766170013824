"""Usable stock: what may be used on a day, once as SQL and once in Python.

A test holds that the two agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

#: The only state of a lot in which it may be used.
AVAILABLE: Final = "available"
#: The states of stock: that of a held or expired lot must not be used.
STATES: Final = ("usable", "expired", "quarantined", "recalled", "damaged")


def usable_sql(day: str = "?") -> str:
    """Return SQL for "this stock may be used on a day", over stock `s` joined to its lot `l`.

    `day` is SQL, by default a placeholder. Stock without a lot may be used. A lot may be used while
    it is not held, up to and on the day it expires.
    """
    available = f"l.status = '{AVAILABLE}'"
    return f"(l.id IS NULL OR ({available} AND (l.expires_on IS NULL OR l.expires_on >= {day})))"


def state_sql(day: str = "?") -> str:
    """Return SQL for the state of stock `s` in its lot `l`: usable, expired, or how it is held."""
    # Not usable though available: then it is the date.
    available = f"l.status = '{AVAILABLE}'"
    states = f"WHEN {usable_sql(day)} THEN 'usable' WHEN {available} THEN 'expired'"
    return f"CASE {states} ELSE l.status END"


def is_usable(status: str, expires_on: date | None, day: date) -> bool:
    """Whether a lot in a state, which expires on a day or never, may be used on another."""
    return status == AVAILABLE and (expires_on is None or expires_on >= day)


#: SQL for "this stock may be used on day ?", over stock `s` joined to its lot `l`.
USABLE: Final = usable_sql()
