"""Paydays: the days on which the practice pays, by a setting, and the next one after a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Refused, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

#: `every 2 weeks from 2026-12-04`, by one payday that is known.
_WEEKS: Final = re.compile(r"every (?:(\d) )?weeks? from (\d{4}-\d\d-\d\d)")
_LAST: Final = "last"
_WEEK: Final = 7
_DECEMBER: Final = 12
#: No month has more days.
_MOST: Final = 31
_EXAMPLES: Final = "'every 2 weeks from 2026-12-04', or days of the month such as '15, last'"


class Paydays(Value):
    """Paydays by weeks from one of them, or by days of each month; 31 is its last."""

    first: date | None = None
    weeks: int = 0
    days: tuple[int, ...] = ()

    def next(self, day: date) -> date:
        """Return the first payday from a day on."""
        if self.first is None:
            return next(payday for payday in self._of_months(day) if payday >= day)
        rhythm = _WEEK * self.weeks
        # Also before the payday that is known: the rhythm is the same.
        behind = (day - self.first).days % rhythm
        return day + timedelta(days=-behind % rhythm)

    def _of_months(self, day: date) -> Iterator[date]:
        year, month = day.year, day.month
        yield from self._of_month(year, month)
        # The days of this month may all be behind.
        if month == _DECEMBER:
            yield from self._of_month(year + 1, 1)
        else:
            yield from self._of_month(year, month + 1)

    def _of_month(
        self,
        year: int,
        month: int,
    ) -> Iterator[date]:
        _, length = monthrange(year, month)
        for number in self.days:
            yield date(year, month, min(number, length))


def paydays(text: str) -> Paydays | None:
    """Read the setting; None where it is blank. Raises Refused where it cannot be read."""
    written = text.strip().lower()
    if not written:
        return None
    try:
        return _by_weeks(written) or _by_month(written)
    except ValueError:
        why = f"boarding_paydays in officeops.toml: {text!r} cannot be read; write {_EXAMPLES}."
        raise Refused(why, code="malformed") from None


def _by_weeks(written: str) -> Paydays | None:
    match = _WEEKS.fullmatch(written)
    if match is None:
        return None
    weeks = int(match[1] or 1)
    if not weeks:
        raise ValueError(written)
    return Paydays(
        first=date.fromisoformat(match[2]),
        weeks=weeks,
    )


def _by_month(written: str) -> Paydays:
    days = []
    for word in written.split(","):
        name = word.strip()
        number = _MOST if name == _LAST else int(name)
        if not 1 <= number <= _MOST:
            raise ValueError(written)
        days.append(number)
    return Paydays(days=tuple(sorted(days)))
