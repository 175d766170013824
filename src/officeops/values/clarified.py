"""Clarified: a moment whose clock time was in doubt, with the sentence on how it was read.

It is apart from `values.instants`, since each write looks for such moments and few have any.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Clarified(datetime):
    """A moment that was written by a time which the clocks left out or showed twice.

    `remark` says how it was read; code that keeps it shows that to the person.
    """

    remark: str

    @classmethod
    def of(cls, moment: datetime, remark: str) -> Clarified:
        """Make it from a moment in UTC."""
        clarified = cls.combine(moment.date(), moment.timetz())
        clarified.remark = remark
        return clarified


def remarks_on(values: Iterable[object]) -> list[str]:
    """List how doubtful times among some values were read."""
    remarks = [value.remark for value in values if isinstance(value, Clarified)]
    return list(dict.fromkeys(remarks))
