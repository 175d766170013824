"""Seven weeks of schedule: five published, one of them with a change since, and two still a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo
from officeops_hr.demo_data import wishes
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.calling_out import call_out
from officeops_hr.roster.coverage_rule import CoverageRule
from officeops_hr.roster.lay_out import lay_out
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.revision import PublishedShift, RosterRevision
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.shift_pattern import WEEKDAYS, ShiftPattern
from officeops_hr.roster.telling.tell import told
from officeops_hr.roster.usual_place import usual_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_WEEK: Final = timedelta(days=7)
#: Weeks before and after this one that have a plan; this week is the last that is published.
_BEFORE, _AFTER = 4, 2
_ASSISTANTS: Final = """
day = ? AND person_id IS NOT NULL
AND role_id = (SELECT id FROM hr_job_role WHERE code = 'MA')
"""
_OF_ASSISTANT: Final = f"{_ASSISTANTS} AND revision_id = (SELECT max(id) FROM hr_roster_revision)"
#: Assistants without a shift on a day.
_FREE: Final = """
SELECT p.id, p.name FROM hr_person p JOIN hr_position o ON o.person_id = p.id
JOIN hr_job_role r ON r.id = o.role_id AND r.code = 'MA'
JOIN hr_employment e ON e.person_id = p.id AND e.last_day IS NULL
WHERE NOT EXISTS (SELECT 1 FROM hr_shift s WHERE s.person_id = p.id AND s.day = ?)
ORDER BY p.id
"""
_UNPAID: Final = 60
#: When people of a role begin and go, in minutes; the others from 8 until 5.
_TIMES: Final = {"MA": (450, 990), "RN": (450, 990), "FD": (450, 990)}
_OTHERS: Final = (480, 1020)
#: Needed from Monday to Friday: a name, the role, how many, from when until when, how bad a gap is.
_RULES: Final = (
    ("Assistants", "MA", 3, 480, 960, "unsafe"),
    ("Front desk", "FD", 2, 480, 960, "routine"),
)
_WORKING: Final = f"""
SELECT t.person_id, {", ".join(f"t.{day}" for day in WEEKDAYS)}, p.role_id, r.code
FROM hr_work_pattern t JOIN hr_position p ON p.person_id = t.person_id
JOIN hr_job_role r ON r.id = p.role_id
JOIN hr_employment e ON e.person_id = t.person_id AND e.last_day IS NULL AND e.hired_on <= ?
GROUP BY t.person_id ORDER BY t.person_id
"""


def build(office: Office, seed: int) -> None:
    """Write patterns and rules, lay out the weeks, publish them, and change one shift."""
    demo = Demo(office, seed, "roster")
    this_week = monday_of(demo.today)
    first = this_week - _BEFORE * _WEEK
    with demo.at(first - _WEEK, "ann"), demo.writing():
        office.add_many(ShiftPattern, list(_patterns(office, first)))
        roles = dict(office.rows("SELECT code, id FROM hr_job_role"))
        office.add_many(CoverageRule, [_rule(roles, *rule) for rule in _RULES])
        lay_out(office, first, this_week + (_AFTER + 1) * _WEEK - timedelta(days=1))
    for number in range(_BEFORE + 1):
        monday = first + number * _WEEK
        with demo.at(monday - timedelta(days=11), "ann"):
            office.do(publish_schedule, week=monday)
            # It hangs on the wall of the break room.
            office.do(told, _newest(office), how="paper")
    wishes.build(demo)
    _change(demo, this_week)


def _patterns(office: Office, first: date) -> Iterator[dict[str, Any]]:
    place = usual_place(office)
    for person, *minutes, role, code in office.rows(_WORKING, first.isoformat()):
        starts_at, ends_at = _TIMES.get(code, _OTHERS)
        for weekday, some in zip(WEEKDAYS, minutes, strict=True):
            if some:
                yield {
                    "person_id": person,
                    "weekday": weekday,
                    "starts_at": starts_at,
                    "ends_at": ends_at,
                    "unpaid": _UNPAID,
                    "role_id": role,
                    "location_id": place,
                }


def _rule(
    roles: dict[str, int],
    name: str,
    code: str,
    people: int,
    starts_at: int,
    ends_at: int,
    severity: str,
) -> dict[str, Any]:
    return {
        "name": name,
        "role_id": roles[code],
        "people": people,
        "weekdays": "mon tue wed thu fri",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "severity": severity,
    }


def _change(demo: Demo, this_week: date) -> None:
    """Let somebody call out for a day of this week: their seat is open."""
    friday = this_week + timedelta(days=4)
    office = demo.office
    shifts = list(office.all(Shift, _ASSISTANTS, friday.isoformat(), order="id"))
    # On a weekend Friday is behind, and nobody calls out for it.
    if shifts and friday >= demo.today:
        with demo.at(demo.today, "ann"):
            person = office.get(Person, shifts[-1].person_id or 0)
            office.do(call_out, person, first_day=friday)
    _trade(demo, this_week + timedelta(days=3))
    _lack(demo, this_week + timedelta(days=11))


def _lack(demo: Demo, friday: date) -> None:
    """Let two assistants be out on Friday of next week, so that the day lacks one."""
    office = demo.office
    shifts = list(office.all(Shift, _ASSISTANTS, friday.isoformat(), order="id"))
    with demo.at(demo.today, "ann"):
        for shift in shifts[-2:]:
            person = office.get(Person, shift.person_id or 0)
            office.do(call_out, person, first_day=friday)


def _trade(demo: Demo, thursday: date) -> None:
    """Let an assistant who is off on Thursdays take one: a manager has to decide on it."""
    office = demo.office
    day = thursday.isoformat()
    row = office.first(PublishedShift, _OF_ASSISTANT, day)
    free = list(office.rows(_FREE, day))
    if row is None or not free or thursday <= demo.today:
        return
    taker, name = free[0]
    with demo.at(demo.today, "ann"), demo.writing():
        # Taken at the login of the assistant, which nobody of the demo has.
        office.add_made(
            ShiftOffer(
                shift_id=row.id,
                person_id=row.person_id,
                name=row.name,
                taker_id=taker,
                taker=name,
                state="taken",
            )
        )


def _newest(office: Office) -> RosterRevision:
    return next(iter(office.all(RosterRevision, order="id DESC")))
