"""Pause: days in which a plan is not followed, such as while a device is out of service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import date


class Pause(Value):
    """Days in which nothing of a plan is due, from `first` to `last`, and why.

    Without a `last` it goes on, and its dates are not written yet. Once it has ended they are kept
    as skipped, with the reason. Of one that `waits`, the first date is due on the day after it.
    """

    first: date
    last: date | None
    reason: str
    waits: bool = False

    def has(self, day: date) -> bool:
        """Whether it has a day."""
        return self.first <= day and (self.last is None or day <= self.last)
