"""The crew with leave: eight hours from Monday to Thursday, four on Friday, and 80 hours a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from plugins.hr.tests.hr_tools import LEAVER

from officeops_hr.leave.account import account_for
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.job import leave_accrual
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.policy import LeavePolicy, LeaveStep
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.employment import Employment
from officeops_hr.people.work_pattern import WorkPattern

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_hr.leave.account import Account
    from officeops_hr.people.person import Person

HOUR = 60
NEW_YEAR = date(2026, 1, 1)
MONDAY = date(2026, 3, 16)


class Leave:
    """The leave of the crew, and what tests do with it."""

    def __init__(self, office: Office, crew: dict[str, Person]) -> None:
        self.office, self.crew = office, crew
        with office.acting("test.setup"):
            self.policy = self.add_policy("PTO", 80)
            for person in crew.values():
                office.add(_pattern(person))
                self.enroll(person)

    def stay(self) -> None:
        """Take back that somebody left: who has left asks for nothing."""
        left = self.office.first(Employment, "person_id = ?", self.crew[LEAVER].id)
        assert left is not None
        with self.office.acting("test.stay"):
            self.office.edit(left, last_day=None)

    def add_policy(self, name: str, hours: int = 0, **facts: Any) -> LeavePolicy:  # noqa: ANN401 - of the record
        policy = self.office.add(LeavePolicy(name=name, **facts))
        if hours:
            self.office.add(LeaveStep(policy_id=policy.id, yearly=hours * HOUR))
        return policy

    def enroll(self, person: Person, policy: LeavePolicy | None = None) -> LeaveEnrollment:
        chosen = policy or self.policy
        new = LeaveEnrollment(person_id=person.id, policy_id=chosen.id, starts_on=NEW_YEAR)
        return self.office.add(new)

    def ask(self, login: str, first: date, last: date | None = None, **facts: Any) -> LeaveRequest:  # noqa: ANN401
        """Add a request and submit it."""
        facts = {"policy_id": self.policy.id, **facts}
        person = self.crew[login]
        with self.office.acting("test.ask"):
            new = LeaveRequest(person_id=person.id, first_day=first, last_day=last, **facts)
            request = self.office.add(new)
            LEAVE.move(self.office, request, "submit")
        return self.again(request)

    def do(self, request: LeaveRequest, verb: str, **given: Any) -> LeaveRequest:  # noqa: ANN401
        self.office.do(LEAVE.action(LeaveRequest, verb), self.again(request), **given)
        return self.again(request)

    def approve(self, request: LeaveRequest) -> LeaveRequest:
        return self.do(request, "approve", despite=True)

    def again(self, request: LeaveRequest) -> LeaveRequest:
        return self.office.get(LeaveRequest, request.id)

    def night(self) -> list[str]:
        return [*leave_accrual.run(self.office)]

    def account(self, login: str, policy: LeavePolicy | None = None) -> Account:
        chosen = policy or self.policy
        found = account_for(self.office, self.crew[login].id, chosen.id)
        assert found is not None
        return found

    def balance(self, login: str, on: date) -> int:
        return self.account(login).balance(on)


def _pattern(person: Person) -> WorkPattern:
    day = 8 * HOUR
    return WorkPattern(
        person_id=person.id,
        monday=day,
        tuesday=day,
        wednesday=day,
        thursday=day,
        friday=day // 2,
    )


@pytest.fixture
def leave(office: Office, crew: dict[str, Person]) -> Leave:
    return Leave(office, crew)
