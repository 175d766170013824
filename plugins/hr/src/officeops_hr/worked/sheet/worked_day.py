"""Worked day: somebody's day as it was rostered, and as far as anybody said what they worked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.person import Person
from officeops_hr.roster.facts import RosterFacts
from officeops_hr.worked.entry_checks import handed_in
from officeops_hr.worked.missing import rostered_days
from officeops_hr.worked.rostered import as_rostered
from officeops_hr.worked.time_entry import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from officeops import Office

    #: A person and a day.
    PersonDay = tuple[int, date]

_ENTERED: Final = "day BETWEEN ? AND ? AND person_id = ifnull(?, person_id)"


class WorkedDay(Value):
    """One day of one person.

    `rostered` are the entries that confirming it would add. `closed` is why the week takes no
    change, blank where it does.
    """

    person_id: int
    name: str
    day: date
    rostered: Sequence[TimeEntry]
    entries: Sequence[TimeEntry]
    is_off: bool
    closed: str


def worked_days(
    office: Office,
    first: date,
    last: date,
    person_id: int | None = None,
    also: Iterable[PersonDay] = (),
) -> list[WorkedDay]:
    """Return the days of people within reach with a shift or an entry, and those of `also`."""
    rostered: dict[PersonDay, list[TimeEntry]] = {}
    for one in rostered_days(
        office,
        first,
        last,
        person_id,
    ):
        rostered[one.person_id, one.day] = as_rostered(one)
    entered: dict[PersonDay, list[TimeEntry]] = {}
    days = (first.isoformat(), last.isoformat(), person_id)
    for entry in office.all(
        TimeEntry,
        _ENTERED,
        *days,
        order="starts_at",
    ):
        entered.setdefault((entry.person_id, entry.day), []).append(entry)
    facts = RosterFacts(
        office,
        first,
        last,
        person_id,
    )
    worked = []
    for person, day in {**rostered, **entered, **dict.fromkeys(also)}:
        closed = handed_in(
            office,
            TimeEntry(
                person_id=person,
                day=day,
                how="absent",
            ),
        )
        one_day = WorkedDay(
            person_id=person,
            name=office.label(Person, person),
            day=day,
            rostered=rostered.get((person, day), []),
            entries=entered.get((person, day), []),
            is_off=facts.is_off(person, day),
            closed=str(closed or ""),
        )
        worked.append(one_day)
    return worked
