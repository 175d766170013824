"""Day sheet: each person of a day as rostered, entered, absent, or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.person import Person
from officeops_hr.roster.clock import span
from officeops_hr.worked.missing import missing_days
from officeops_hr.worked.name_order import by_name
from officeops_hr.worked.rules.day_minutes import minutes_passed
from officeops_hr.worked.time_entry import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

MISSING: Final = "missing"
#: Nobody owes a word of a day that is not over.
TO_COME: Final = "to_come"


class DayLine(Value):
    """Somebody's day as far as the office knows it. `minutes` are those that really passed."""

    person: str
    person_id: int
    how: str
    time: str
    minutes: int | None = None
    entry_id: int | None = None


def day_lines(office: Office, day: date) -> list[DayLine]:
    """Return the lines of a day for the people within reach, by name."""
    # A day is entered or missing for somebody, never both.
    lines = [*_entered(office, day), *_missing(office, day)]
    return sorted(lines, key=lambda line: (by_name(line.person), line.time))


def _entered(office: Office, day: date) -> Iterator[DayLine]:
    for entry in office.all(
        TimeEntry,
        "day = ?",
        day.isoformat(),
    ):
        worked = entry.worked()
        yield DayLine(
            person=office.label(Person, entry.person_id),
            person_id=entry.person_id,
            how=entry.how,
            time=span(worked.start, worked.end) if worked else "",
            minutes=minutes_passed([worked], office.ways.moment) if worked else 0,
            entry_id=entry.id,
        )


def _missing(office: Office, day: date) -> Iterator[DayLine]:
    for missing in missing_days(
        office,
        day,
        day,
    ):
        spans = [span(one.starts_at, one.ends_at) for one in missing.shifts]
        # Its hours stay unknown: nothing is assumed to be worked.
        yield DayLine(
            person=office.label(Person, missing.person_id),
            person_id=missing.person_id,
            how=MISSING if day < office.today else TO_COME,
            time=", ".join(spans),
        )
