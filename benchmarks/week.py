"""What the screen of a week costs: opened with 30 people and their shifts, against one of an empty office."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, busy, figure
from officeops import default_location
from officeops.office.office import open_office
from officeops.tui.testing import Terminal
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.usual_roles import add_roles
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.coverage_rule import CoverageRule
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.shift_pattern import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

PEOPLE = 30
ROLES = ("MA", "FD", "RN", "MD")
START, END, UNPAID = 480, 1020, 60


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figure of the screen, in this process."""
    with (
        closing(_office(folder / "empty.db")) as empty,
        closing(_office(folder / "full.db")) as full,
    ):
        add_week(full, PEOPLE)
        with Terminal(empty) as none, Terminal(full) as many:
            yield figure(
                f"the week of {PEOPLE} people on the screen",
                "the week of an empty office",
                lambda: busy(lambda: opened(many)),
                lambda: busy(lambda: opened(none)),
                limit=1.5,
                aim=1.2,
                rounds=15,
            )


def opened(terminal: Terminal) -> None:
    """Open the screen from Today until it is drawn, and close it."""
    terminal.press(*":schedule", "enter", "escape")


def _office(path: Path) -> Office:
    office = open_office(path, create=True, actor="benchmark", only=["hr"])
    with office.acting("benchmark.begin"):
        add_roles(office)
        default_location(office)
    return office


def add_week(office: Office, people: int) -> None:
    """Add people who work from Monday to Friday, their shifts, and a rule for each role."""
    monday = monday_of(office.today)
    roles = dict(office.rows("SELECT code, id FROM hr_job_role"))
    hours = dict.fromkeys(WEEKDAYS[:5], END - START - UNPAID)
    with office.acting("benchmark.week"):
        place, before = default_location(office), office.last_id(Person)
        office.add_many(Person, [{"name": f"Person {number:03}"} for number in range(people)])
        added = office.rows("SELECT id FROM hr_person WHERE id > ? ORDER BY id", before)
        for number, (person,) in enumerate(added):
            role = roles[ROLES[number % len(ROLES)]]
            office.add_many(Employment, [{"person_id": person, "hired_on": "2020-01-01"}])
            office.add_many(Position, [{"person_id": person, "role_id": role}])
            office.add_many(WorkPattern, [{"person_id": person, **hours}])
            days = [monday + timedelta(days=day) for day in range(5)]
            office.add_many(Shift, [_shift(str(day), person, role, place) for day in days])
        if not list(office.all(CoverageRule)):
            office.add_many(CoverageRule, [_rule(code, roles[code]) for code in ROLES])


def _rule(code: str, role: int) -> dict[str, object]:
    return {
        "name": code,
        "role_id": role,
        "people": 5,
        "starts_at": START,
        "ends_at": END,
        "weekdays": "mon tue wed thu fri",
    }


def _shift(day: str, person: int, role: int, place: int) -> dict[str, object]:
    return {
        "day": day,
        "person_id": person,
        "role_id": role,
        "starts_at": START,
        "ends_at": END,
        "unpaid": UNPAID,
        "location_id": place,
    }
