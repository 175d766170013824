"""Leave in the week: who is off is in the cell, and of which kind for people who may read it alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plugins.hr.tests.hr_tools import CREW

from officeops import Forbidden, default_location
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.week.sheet import WeekSheet

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory
    from officeops_hr.people.person import Person

MONDAY = date(2026, 3, 2)
KIND = "Zephyr leave"


def test_nobody_reads_the_kind_of_a_leave_that_they_may_not_see(
    office: Office, crew: dict[str, Person], office_factory: OfficeFactory
) -> None:
    """For every login: the cell of somebody off never says more than their own list of leave."""
    cyd = crew["cyd"].id
    with office.acting("test.leave"):
        default_location(office)
        office.add(WorkPattern(person_id=cyd, monday=480))
        policy = office.add(LeavePolicy(name=KIND, kind="unpaid", accrues="never"))
        office.add(LeaveEnrollment(person_id=cyd, policy_id=policy.id))
        request = office.add(LeaveRequest(person_id=cyd, policy_id=policy.id, first_day=MONDAY))
        LEAVE.move(office, request, "submit")
    office.do(
        LEAVE.action(LeaveRequest, "approve"),
        office.get(LeaveRequest, request.id),
        despite=True,
    )
    readers = set()
    for login in CREW:
        own = office_factory("hr", login=login)
        sheet = WeekSheet(own, 1, MONDAY)
        try:
            rows = {row.id: row for row in sheet.rows(own, ())}
        except Forbidden:
            continue
        row, reads = rows[str(cyd)], bool(list(own.all(LeaveRequest)))
        said = f"{sheet.cell(row, 'mon', None)} {' '.join(sheet.notes(row, 'mon', {}))}"
        assert "off" in said
        assert (KIND in said) == reads
        readers.add(login)
    assert readers >= {"mia"}
    assert not readers & {"ben", "cyd", "eve"}
