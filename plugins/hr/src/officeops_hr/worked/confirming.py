"""Confirming: days that were worked as rostered, for many people and days at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Refused, action, param, ref
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.roster.facts import RosterFacts
from officeops_hr.worked.missing import missing_days
from officeops_hr.worked.rostered import as_rostered

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_hr.worked.missing import RosteredDay

#: Why a day is not confirmed yet: somebody may still be called away.
NOT_OVER: Final = "today is confirmed tomorrow"
_FIRST: Final[date] = param(help="The first day", example="mon")
_LAST: Final[date | None] = param(default=None, help="Blank: that day alone")
_PERSON: Final[int | None] = ref(
    "hr.person",
    default=None,
    help="Blank: everybody within reach",
)


@action(
    "hr.confirm-time",
    beside=("hr.time-entry",),
    label="Confirm as rostered",
)
def confirm_time(
    office: Office,
    day: date = _FIRST,
    until: date | None = _LAST,
    person_id: int | None = _PERSON,
) -> str:
    """Confirm that people worked as rostered.

    It leaves days alone of which somebody said something else.
    """
    last = until or day
    if last < day:
        raise Refused(f"{last} is before {day}.", code="wrong-order")
    last = min(last, office.today - timedelta(days=1))
    days = list(
        missing_days(
            office,
            day,
            last,
            person_id,
        )
    )
    if not days:
        words = f"Nothing is missing from {day} to {last}" if day <= last else f"{day} is not over"
        raise Refused(f"{words}; {NOT_OVER}.", code="nothing-to-do")
    # Who called out or has leave did not work as rostered, whatever the plan says.
    facts = RosterFacts(
        office,
        day,
        last,
    )
    away = [one for one in days if facts.is_off(one.person_id, one.day)]
    worked = [one for one in days if not facts.is_off(one.person_id, one.day)]
    # Both halves of a split day, else the other one would never be asked for.
    for one in worked:
        for entry in as_rostered(one):
            office.add(entry)
    people = wording.count(len({one.person_id for one in worked}), "person")
    said = f"{wording.count(len(worked), 'day')} of {people} confirmed as rostered."
    return f"{said}{_away_words(office, away)}"


def _away_words(office: Office, away: list[RosteredDay]) -> str:
    """Return who was left out, as a sentence behind the first."""
    if not away:
        return ""
    days = [f"{office.get(Person, one.person_id).name} on {one.day}" for one in away]
    return f" Left out, as they were off: {wording.listing(days)}; enter what they worked, or `absent`."
