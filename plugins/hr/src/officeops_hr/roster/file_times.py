"""Times of a file: somebody is in one place at a time, also in rows that come together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.exchange import Importer
from officeops_hr.roster.rules.shift import DAY, Shift
from officeops_hr.roster.rules.taken_times import TakenTimes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange import Row

_TWICE: Final = "is within the time that an earlier row gives this person"


class OneAtATime(Importer):
    """Refuses new rows in which somebody is in two places.

    A record's own rules compare a row with the office, where none of the file's rows is yet.
    """

    def __init__(self, office: Office, source: str) -> None:
        """Begin a file, in which nobody has any time yet."""
        super().__init__(office, source)
        self._taken = TakenTimes([])

    def refuse_new(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Yield the rows whose person has an earlier one at that time."""
        for row in rows:
            shift = _shift_of(row)
            if shift is None:
                continue
            is_free = self._taken.take(shift)
            if not is_free:
                yield row, "starts_at", _TWICE


def _shift_of(row: Row) -> Shift | None:
    """Return the time of a row; None of an open seat, and of a day of absence."""
    values = row.values
    person = values["person_id"]
    start = values["starts_at"]
    end = values["ends_at"]
    if person is None or start is None or end is None:
        return None
    over_midnight = end <= start
    return Shift(
        id=0,
        person=person,
        on=date.fromisoformat(values["day"]),
        start=start,
        end=end + (DAY if over_midnight else 0),
        role=0,
        place=0,
    )
