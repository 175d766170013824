"""IdleClock: how long nobody pressed a key, and when the program says so and closes.

A screen left open is open to everybody (45 CFR 164.312(a)(2)(iii), automatic logoff).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds before the end at which the program warns.
WARNING: Final = 60


class IdleClock:
    """Counts the time since the last key. With a limit of 0 minutes it never ends."""

    def __init__(
        self,
        minutes: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.minutes = minutes
        self._clock = clock
        self._last_key = clock()
        self._warned = False

    def key_pressed(self) -> None:
        """Start again: somebody is at the keyboard."""
        self._last_key = self._clock()
        self._warned = False

    @property
    def is_over(self) -> bool:
        """Whether the limit has passed."""
        return self.minutes > 0 and self._seconds_left() <= 0

    def must_warn(self) -> bool:
        """Whether to warn now; True once before each end."""
        if not self.minutes or self._warned or self._seconds_left() > WARNING:
            return False
        # One warning is enough; the next key takes it back.
        self._warned = True
        return True

    def _seconds_left(self) -> float:
        return self.minutes * 60 - (self._clock() - self._last_key)
