"""Training and policies at 80x24, with their keys counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.hr.tests.training.test_hr_policies import _policy, _state
from tests.access.access_tools import open_as
from tests.access.shared_tools import DESK, PINS, add_desk

from officeops.tui.testing import Terminal
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person
from officeops_hr.policies.acknowledgment import Acknowledgment
from officeops_hr.policies.actions import issue
from officeops_hr.training.actions import invite
from officeops_hr.training.session import TrainingSession

if TYPE_CHECKING:
    from plugins.hr.tests.training.conftest import School

    from officeops.testing import OfficeFactory


def test_a_sheet_of_eight_people_with_one_absent_is_recorded_by_seven_keys(school: School) -> None:
    office = school.office
    with office.acting("test"):
        for number in range(3):
            person = office.add(Person(name=f"New {number}"))
            office.add(Employment(person_id=person.id, hired_on=office.today))
        session = office.add(TrainingSession(title="Safety"))
    office.do(invite, session, topics="Fire, Bloodborne", people="all")
    with Terminal(office) as terminal:
        while "TS-1 Safety: say who came" not in terminal.current:
            terminal.press("down")
        # Open the list, go to the second, who is absent; all others came; look it over, book.
        for key in ("d", "down", "a", "*", "d", "d", "y"):
            terminal.press(key)
        assert "TS-1: 7 trained, 1 absent." in terminal.text
    assert school.state("cyd", "Bloodborne pathogens") == "overdue"
    assert school.state("ben", "Bloodborne pathogens") == "current"


def test_a_policy_is_read_from_today_by_three_keys(
    school: School, office_factory: OfficeFactory
) -> None:
    policy = _policy(school)
    school.office.do(issue, policy, text="Wash at once.")
    with Terminal(office_factory("hr", login="ben")) as terminal:
        while "Read Needlestick" not in terminal.current:
            terminal.press("down")
        terminal.press("enter")
        assert terminal.line("Wash at once.")
        terminal.press("d", "y")
        assert "You have read Needlestick." in terminal.text
    assert _state(school, "ben", policy) == "read"


def test_at_a_shared_login_the_person_who_read_it_says_so_with_their_pin(school: School) -> None:
    office = school.office
    policy = _policy(school)
    office.do(issue, policy, text="Wash at once.")
    add_desk(office, "hr.policy.view", "hr.policy-version.view", "hr.policy.acknowledge")
    user = office.value("SELECT id FROM core_user WHERE login = 'ann'")
    with office.acting("test"):
        person = office.add(Person(name="Ann Lee", user_id=user))
        office.add(Employment(person_id=person.id, hired_on=office.today))
    with open_as(office, DESK) as desk, Terminal(desk) as terminal:
        terminal.press(":").type("policy").press("enter", "enter", "d", "y")
        assert "Whose entry is it?" in terminal.lines[0]
        terminal.type("ann").press("enter").type(PINS["ann"]).press("enter")
        assert "You have read Needlestick." in terminal.text
    [row] = office.all(Acknowledgment)
    assert (row.person_id, row.way, row.recorded_by) == (person.id, "screen", "ann")
