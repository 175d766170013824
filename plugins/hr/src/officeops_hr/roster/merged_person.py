"""Merged person: what the schedule has to say once two people are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values import wording
from officeops_hr.leave.amounts import hours
from officeops_hr.roster.contracts import contract_of
from officeops_hr.roster.facts import RosterFacts
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.rules.limits import minutes_by_week
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.notice import RosterNotice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.people.person import Person

_AHEAD: Final = "person_id = ? AND NOT dropped AND day >= ?"
_KNOWN_AHEAD: Final = """
person_id = ? AND revision_id IN (SELECT id FROM hr_roster_revision WHERE monday >= ?)
"""


def remarks(office: Office, person: Person) -> Iterator[str]:
    """Yield the weeks ahead that are over the person's hours now, and those to tell them again."""
    yield from _long_weeks(office, person)
    monday = monday_of(office.today)
    notices = office.all(
        RosterNotice,
        _KNOWN_AHEAD,
        person.id,
        monday.isoformat(),
    )
    known = list(notices)
    # Each was about the shifts of one of the two, and says nothing of the other's.
    for notice in known:
        office.archive(notice)
    if known:
        yield f"Tell {person.name} of their published weeks again: officeops me shows the news."


def _long_weeks(office: Office, person: Person) -> Iterator[str]:
    monday = monday_of(office.today)
    rows = office.all(
        Shift,
        _AHEAD,
        person.id,
        monday.isoformat(),
    )
    weeks = minutes_by_week(row.planned() for row in rows)
    facts = RosterFacts(
        office,
        monday,
        monday,
        person.id,
    )
    long = []
    for week, minutes in sorted(weeks.items()):
        contract = contract_of(
            facts,
            person.id,
            week,
        )
        if minutes > contract.most:
            long.append(f"{hours(minutes)} in the week of {week}")
    if long:
        yield f"{person.name} has {wording.listing(long)}: look at them in officeops roster week."
