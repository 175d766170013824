"""Filling by people whom no rule needs where they are, and by people who hold papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops import default_location
from officeops.history.undo import undo
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.people.contacts import PersonRole
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.coverage_rule import CoverageRule
from officeops_hr.roster.filling.fill_action import draft_of, fill_schedule
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.wishes.availability import Availability

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_hr.people.person import Person

MONDAY = date(2026, 3, 2)


@pytest.fixture
def staffed(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Ben, Cyd and Lea work as assistants on Mondays; Lea is a nurse too."""
    with office.acting("test.staff"):
        default_location(office)
        for login in ("ben", "cyd", "lea"):
            person = crew[login].id
            office.add(WorkPattern(person_id=person, monday=480, tuesday=480))
        office.add(PersonRole(person_id=crew["lea"].id, role_id=_role(office, "MA")))
    return crew


def _role(office: Office, code: str) -> int:
    return int(office.value("SELECT id FROM hr_job_role WHERE code = ?", code) or 0)


def _rule(
    office: Office,
    code: str | None,
    people: int,
    **more: Any,  # noqa: ANN401 - of the record
) -> None:
    with office.acting("test.rule"):
        office.add(
            CoverageRule(
                name=f"{code} {people}",
                people=people,
                role_id=_role(office, code) if code else None,
                starts_at=480,
                ends_at=780,
                severity="unsafe",
                **more,
            )
        )


def _has(
    office: Office,
    person: int | None,
    code: str = "MA",
) -> Shift:
    with office.acting("test.shift"):
        shift = office.add(
            Shift(
                day=MONDAY,
                person_id=person,
                role_id=_role(office, code),
                starts_at=480,
                ends_at=780,
            )
        )
        office.edit(shift, managed=True, origin="pattern")
    return shift


def _live(office: Office) -> list[tuple[int | None, int]]:
    rows = office.all(Shift, "NOT dropped", order="role_id, person_id")
    return [(row.person_id, row.role_id) for row in rows]


def test_somebody_whom_no_rule_needs_moves_to_a_gap_and_their_shift_goes_with_them(
    office: Office, staffed: dict[str, Person]
) -> None:
    """Three assistants, of whom two are needed; one nurse is, and only Lea is one."""
    ben, cyd, lea = (staffed[login].id for login in ("ben", "cyd", "lea"))
    _rule(office, "MA", 2)
    _rule(office, "RN", 1)
    for person in (ben, cyd, lea):
        _has(office, person)
    before = _live(office)
    draft = draft_of(office, MONDAY, MONDAY)
    rows = {(row.what, row.before, row.after) for row in draft.proposals}
    assert rows == {("drop", lea, None), ("add", None, lea)}
    assert draft.open_seats == []
    assert len({row.group for row in draft.proposals}) == 1
    office.do(fill_schedule, first=MONDAY, until=MONDAY, take="1")
    nurse, assistant = _role(office, "RN"), _role(office, "MA")
    assert set(_live(office)) == {(lea, nurse), (ben, assistant), (cyd, assistant)}
    assert office.do(fill_schedule, first=MONDAY, until=MONDAY) == "No seat is open."
    undo(office)
    assert _live(office) == before


def test_nobody_who_is_needed_moves(office: Office, staffed: dict[str, Person]) -> None:
    """Three assistants are needed as much as the nurse: the draft moves no gap to another place."""
    _rule(office, "MA", 3)
    _rule(office, "RN", 1)
    for login in ("ben", "cyd", "lea"):
        _has(office, staffed[login].id)
    draft = draft_of(office, MONDAY, MONDAY)
    assert draft.proposals == []
    assert len(draft.open_seats) == 1


@pytest.fixture
def papers(office: Office, staffed: dict[str, Person]) -> int:
    """Cyd and Lea hold BLS, Cyd's until Monday; one holder is needed from Monday to Tuesday."""
    with office.acting("test.papers"):
        kind = office.add(CredentialType(name="BLS")).id
        for login, days in (("cyd", 0), ("lea", 300)):
            ends = MONDAY + timedelta(days=days)
            office.add(Credential(person_id=staffed[login].id, type_id=kind, expires_on=ends))
    _rule(office, None, 1, kind="holder", credential_type_id=kind, weekdays="mon tue")
    return kind


@pytest.mark.usefixtures("papers")
def test_an_open_seat_goes_to_somebody_whose_papers_close_a_second_gap(
    office: Office, staffed: dict[str, Person]
) -> None:
    """Ben would be the first by number; Cyd holds BLS on Monday."""
    _has(office, None)
    (row,) = draft_of(office, MONDAY, MONDAY).proposals
    assert (row.what, row.after) == ("fill", staffed["cyd"].id)
    office.do(fill_schedule, first=MONDAY, until=MONDAY)
    assert draft_of(office, MONDAY, MONDAY).plan.gaps == []


@pytest.mark.usefixtures("papers")
def test_without_an_open_seat_a_holder_comes_in_a_role_of_theirs(
    office: Office, staffed: dict[str, Person]
) -> None:
    """On Tuesday Cyd's has ended, so it is Lea; elsewhere then, she comes nearest."""
    _has(office, staffed["ben"].id)
    tuesday = MONDAY + timedelta(days=1)
    (row,) = draft_of(office, tuesday, tuesday).proposals
    assert (row.what, row.after) == ("add", staffed["lea"].id)
    office.do(fill_schedule, first=tuesday, until=tuesday)
    assert draft_of(office, tuesday, tuesday).plan.gaps == []
    undo(office)
    with office.acting("test.course"):
        office.add(Availability(person_id=staffed["lea"].id, kind="cannot", weekday="tuesday"))
    draft = draft_of(office, tuesday, tuesday)
    assert draft.proposals == []
    (seat,) = draft.open_seats
    assert seat.verdict == "nobody found; nearest: Lea Stone, not one of their times"


def test_nobody_leaves_a_shift_that_no_rule_needs_for_another_such_one(
    office: Office, staffed: dict[str, Person]
) -> None:
    """One assistant of two is enough; the seat that stays open beside them closes no gap."""
    _rule(office, "MA", 1)
    # A gap of the day, so that people who are not needed are looked at.
    _rule(office, "XR", 1)
    for login in ("ben", "cyd"):
        _has(office, staffed[login].id)
    _has(office, None)
    with office.acting("test.away"):
        office.add(Availability(person_id=staffed["lea"].id, kind="cannot", weekday="monday"))
    draft = draft_of(office, MONDAY, MONDAY)
    assert [(row.what, row.before, row.after) for row in draft.proposals] == []
    assert len(draft.open_seats) == 2
