"""Availability: whether a shift is at a time that somebody said they can work, and what they wish.

A date beats a weekday, and `cannot` beats `can`. Without a word on a time the work pattern decides;
somebody without a pattern works at the times they named, or at any if they named none.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops_hr.roster.rules.shift import Shift

#: The first two say when somebody works; the others are wishes.
KINDS: Final = ("can", "cannot", "likes", "dislikes")


class Stated(NamedTuple):
    """One thing that somebody said of a time: of a weekday, of some days, or of both."""

    kind: str
    weekday: int | None = None
    first: date | None = None
    last: date | None = None
    start: int = 0
    end: int = 1440

    @property
    def is_dated(self) -> bool:
        """Whether it is of some days, and so more particular than a weekday."""
        return self.first is not None and self.last is not None

    def counts_on(self, day: date) -> bool:
        """Whether it is of a day."""
        if self.weekday is not None and self.weekday != day.weekday():
            return False
        has_begun = self.first is None or self.first <= day
        return has_begun and (self.last is None or day <= self.last)

    def touches(self, shift: Shift) -> bool:
        """Whether a part of a shift is at the time."""
        return self.counts_on(shift.on) and self.start < shift.end and shift.start < self.end

    def covers(self, shift: Shift) -> bool:
        """Whether all of a shift is at the time."""
        return self.counts_on(shift.on) and self.start <= shift.start and shift.end <= self.end


def can_work(
    shift: Shift,
    stated: Sequence[Stated],
    usual: bool | None,  # noqa: FBT001 - three answers, None for unknown
) -> bool:
    """Return whether a shift is inside the times of somebody; `usual` is what their pattern says."""
    for is_dated in (True, False):
        said = [one for one in stated if one.is_dated == is_dated]
        if any(one.kind == "cannot" and one.touches(shift) for one in said):
            return False
        if any(one.kind == "can" and one.covers(shift) for one in said):
            return True
    if usual is not None:
        return usual
    return not any(one.kind == "can" for one in stated)


def wish(shift: Shift, stated: Sequence[Stated]) -> int:
    """Return 1 for a shift that somebody likes, -1 for one they would rather not have, else 0."""
    # Half a disliked shift is disliked; a liked one is liked as a whole.
    if any(one.kind == "dislikes" and one.touches(shift) for one in stated):
        return -1
    return int(any(one.kind == "likes" and one.covers(shift) for one in stated))
