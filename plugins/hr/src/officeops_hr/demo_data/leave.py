"""Two years of leave of the made-up people: a policy, days off, years that were closed, one request.

The same functions write it as in an office: the night's job, the steps of requests, the year's end.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Refused
from officeops.demo import Demo
from officeops_hr.leave.account import account_of
from officeops_hr.leave.balance_actions import open_balance
from officeops_hr.leave.blackout import Blackout
from officeops_hr.leave.changes import request_leave
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.policy import LeavePolicy, LeaveStep
from officeops_hr.leave.posting import due_entries, post
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.leave.usual_policies import add_usual_policy
from officeops_hr.leave.worked import HoursWorked
from officeops_hr.leave.year_end import close_year, year_ends

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from officeops import Office

#: The day, from today, on which the practice began to keep its leave here.
_FIRST: Final = -720
_HOUR: Final = 60
_DAY: Final = timedelta(days=1)
#: A year's hours from so many months of service on.
_STEPS: Final = {0: 80, 24: 120, 60: 160}
#: Days from today on which leave began, the last ones to come, and for how many days it is.
_OFF: Final = ((-600, 4), (-410, 9), (-300, 1), (-190, 4), (-60, 2), (-3, 5), (24, 4))
_EMPLOYED: Final = """
SELECT p.id, p.name FROM hr_person p JOIN hr_employment e ON e.person_id = p.id
WHERE e.last_day IS NULL AND e.hired_on <= ? ORDER BY p.id
"""


def build(office: Office, seed: int) -> None:
    """Write the policies, each person's enrollment, the days off and what accrued."""
    demo = Demo(office, seed, "leave")
    chance = demo.random("leave")
    people = dict(office.rows(_EMPLOYED, demo.day(_FIRST).isoformat()))
    with demo.at(demo.day(_FIRST), "ann"), office.acting("demo.build"):
        policy = _policies(office, demo)
        for person in people:
            new = LeaveEnrollment(person_id=person, policy_id=policy.id, starts_on=office.today)
            enrollment = office.add(new)
            # As the spreadsheet had it on the day before.
            brought = chance.randrange(20, 60) * _HOUR
            open_balance(office, enrollment, balance=brought, day=office.today)
    for ended in _year_ends(demo):
        with demo.at(ended, "ann"):
            _close(office, policy)
    for days, length in _OFF:
        for person in chance.sample(sorted(people), 3):
            _take_off(demo, policy, person, days, length, chance)
    with demo.at(demo.day(-1), "ann"), office.acting("demo.build"):
        _night(office)
    with demo.at(demo.day(0), "ann"):
        _ask(office, policy, max(people), demo.day(40), 4)


def _policies(office: Office, demo: Demo) -> LeavePolicy:
    """Add the policies, with a blackout and some hours worked."""
    policy = office.add(
        LeavePolicy(
            name="PTO",
            cap=240 * _HOUR,
            carry="limited",
            carry_most=40 * _HOUR,
            carry_days=90,
            paid_out=True,
        )
    )
    for months, yearly in _STEPS.items():
        office.add(LeaveStep(policy_id=policy.id, after_months=months, yearly=yearly * _HOUR))
    add_usual_policy(office, policy="Unpaid leave")
    add_usual_policy(office, policy="Sick leave Washington")
    flu = demo.day(60)
    office.add(Blackout(first_day=flu, last_day=flu + 4 * _DAY, reason="Flu clinic"))
    locum = office.value("SELECT max(id) FROM hr_person")
    for weeks in (2, 4):
        ends_on = demo.day(_FIRST) + 7 * weeks * _DAY
        office.add(HoursWorked(person_id=locum, ends_on=ends_on, worked=64 * _HOUR))
    return policy


def _year_ends(demo: Demo) -> Iterator[date]:
    """Yield the days on which leave years were closed: the first working days of each year."""
    for year in (demo.today.year - 1, demo.today.year):
        closed_on = date(year, 1, 3)
        if demo.day(_FIRST) < closed_on <= demo.today:
            yield closed_on


def _close(office: Office, policy: LeavePolicy) -> None:
    # A practice that began in January has no year to close yet.
    if any(year_ends(office, policy.id, office.today)):
        office.do(close_year, policy)


def _night(office: Office) -> None:
    for enrollment in list(office.all(LeaveEnrollment)):
        account = account_of(office, enrollment)
        post(office, account, due_entries(account, office.today))


def _take_off(
    demo: Demo,
    policy: LeavePolicy,
    person: int,
    days: int,
    length: int,
    chance: Random,
) -> None:
    """Have somebody ask for days some weeks before, and the manager approve them."""
    first = demo.day(days + chance.randrange(-12, 12))
    asked_on = min(first - 21 * _DAY, demo.day(-2))
    with demo.at(asked_on, "dana"):
        number = _ask(demo.office, policy, person, first, length)
    if not number:
        return
    with demo.at(asked_on + _DAY, "ann"):
        try:
            _decide(demo.office, number, "approve", despite=True)
        except Refused:
            # There was not enough then.
            _decide(demo.office, number, "deny", why_not="Not enough hours yet")


def _decide(
    office: Office,
    number: int,
    verb: str,
    **given: Any,  # noqa: ANN401 - of the step
) -> None:
    request = office.get(LeaveRequest, number)
    office.do(LEAVE.action(LeaveRequest, verb), request, **given)


def _ask(
    office: Office,
    policy: LeavePolicy,
    person: int,
    first: date,
    length: int,
) -> int:
    """Ask for days, and return the number of the request; 0 where there was nothing to ask for."""
    last = first + (length - 1) * _DAY
    try:
        asked = office.do(
            request_leave,
            policy_id=policy.id,
            first_day=first,
            last_day=last,
            person_id=person,
        )
    except Refused:
        # Days on which nobody works, or that they asked for before.
        return 0
    return asked.record.id
