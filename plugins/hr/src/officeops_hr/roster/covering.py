"""Covering: who can take a shift, of everybody who works here on its day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.people.person import Person
from officeops_hr.roster.contracts import contract_of
from officeops_hr.roster.facts import RosterFacts
from officeops_hr.roster.office_limits import limits_of
from officeops_hr.roster.plan import ONE_DAY
from officeops_hr.roster.rules.cover import Candidate, who_can
from officeops_hr.roster.rules.moving import who_can_or_moves
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.rules import shift as rules
    from officeops_hr.roster.rules.cover import Answer

#: Shifts so many days around count for the week, the rest and the covers.
_AROUND: Final = timedelta(days=8)
_LOOK_BACK: Final = timedelta(days=90)
_COVERS: Final = """
SELECT person_id, count(*) FROM hr_shift
WHERE origin = 'cover' AND NOT dropped AND archived_at IS NULL AND day BETWEEN ? AND ?
GROUP BY person_id
"""
_OF_PERSON: Final = "person_id = ? AND id <> ? AND NOT dropped AND day BETWEEN ? AND ?"
_NEAR: Final = "person_id IS NOT NULL AND NOT dropped AND day BETWEEN ? AND ?"


def stops(office: Office, shift: Shift) -> list[str]:
    """Return why the person of a shift cannot work it: the few hard stops."""
    planned = shift.planned()
    if planned.person is None:
        return []
    # What became of a shift since, such as leave, is a gap of the day and no fault of its row.
    before = office.get(Shift, shift.id) if shift.id else None
    person = planned.person
    if before is not None and before.planned() == planned:
        # One that comes back to the plan may find another in its place.
        comes_back = before.dropped or before.archived_at is not None
        return _twice(office, shift, planned) if comes_back else []
    # Of this person alone: a week that is copied asks for each of its shifts.
    facts = RosterFacts(
        office,
        shift.day,
        shift.day,
        person,
    )
    # An undo gives the shift back before it takes the absence back that had opened it.
    if before is not None and before.call_out_id is not None and shift.call_out_id is None:
        facts.leave_out(before.call_out_id)
    return [*facts.stops(person, planned), *_twice(office, shift, planned)]


def _twice(
    office: Office,
    shift: Shift,
    planned: rules.Shift,
) -> list[str]:
    """Return that the person works already then; nothing where they are free."""
    return ["works already then"] if clashing(office, shift, planned) else []


def clashing(
    office: Office,
    shift: Shift,
    planned: rules.Shift,
) -> list[Shift]:
    """Return the shifts of the person in `planned` that share a minute with a shift, itself aside."""
    days = ((shift.day - ONE_DAY).isoformat(), (shift.day + ONE_DAY).isoformat())
    others = office.all(
        Shift,
        _OF_PERSON,
        planned.person,
        shift.id or 0,
        *days,
    )
    return [other for other in others if planned.clashes(other.planned())]


def answers(office: Office, shift: Shift) -> list[Answer]:
    """Return everybody's answer for a shift, people who can first."""
    planned = shift.planned()
    facts = RosterFacts(
        office,
        shift.day,
        shift.day,
    )
    candidates = _candidates(
        office,
        shift,
        facts,
    )
    return who_can_or_moves(
        planned,
        candidates,
        facts,
        limits_of(office),
    )


def answer_of(
    office: Office,
    shift: Shift,
    person_id: int,
    freed: frozenset[int] = frozenset(),
) -> Answer | None:
    """Return one person's answer, without the shifts that they give away for it.

    None is for somebody who does not work here on the day, or who has the shift.
    """
    planned = shift.planned()
    facts = RosterFacts(
        office,
        shift.day,
        shift.day,
    )
    candidates = []
    for candidate in _candidates(
        office,
        shift,
        facts,
    ):
        if candidate.person == person_id:
            kept = [other for other in candidate.shifts if other.id not in freed]
            candidates.append(candidate._replace(shifts=tuple(kept)))
    return next(
        iter(
            who_can(
                planned,
                candidates,
                facts,
                limits_of(office),
            )
        ),
        None,
    )


def covers(office: Office, day: date) -> dict[int, int]:
    """Return how many shifts of others people took over in the 90 days up to a day."""
    since = ((day - _LOOK_BACK).isoformat(), day.isoformat())
    return dict(office.rows(_COVERS, *since))


def _candidates(
    office: Office,
    shift: Shift,
    facts: RosterFacts,
) -> list[Candidate]:
    shifts = _near(office, shift)
    taken = covers(office, shift.day)
    people = [one for one in office.all(Person) if facts.is_employed(one.id, shift.day)]
    return [
        Candidate(
            person=person.id,
            name=person.name,
            contract=contract_of(
                facts,
                person.id,
                shift.day,
            ),
            shifts=tuple(row.planned() for row in shifts.get(person.id, [])),
            covers=taken.get(person.id, 0),
        )
        for person in people
        if person.id != shift.person_id
    ]


def _near(office: Office, shift: Shift) -> dict[int, list[Shift]]:
    """Return everybody's other shifts around a day."""
    days = ((shift.day - _AROUND).isoformat(), (shift.day + _AROUND).isoformat())
    shifts: dict[int, list[Shift]] = {}
    for row in office.all(
        Shift,
        _NEAR,
        *days,
    ):
        if row.id != shift.id and row.person_id is not None:
            shifts.setdefault(row.person_id, []).append(row)
    return shifts
