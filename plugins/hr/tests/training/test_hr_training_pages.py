"""What a person's page, the morning's page and the search say of training, skills and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.hr.tests.training.test_hr_policies import _policy

from officeops_hr.policies.actions import issue, record_readers
from officeops_hr.skills.actions import record_competence
from officeops_hr.skills.skill import Skill
from officeops_hr.training.part import TrainingPart
from officeops_hr.training.session import TrainingSession

if TYPE_CHECKING:
    from plugins.hr.tests.training.conftest import School

    from officeops.testing import OfficeFactory


def _sections(school: School, login: str) -> dict[str, list[str]]:
    sections = TrainingPart().page(school.office, school.crew[login].id)
    return {
        part.heading: [f"{line.label}: {line.text}" for line in part.lines] for part in sections
    }


def test_a_page_has_what_somebody_needs_and_is_short_when_nothing_is_wrong(school: School) -> None:
    policy = _policy(school)
    school.office.do(issue, policy, text="Wash.")
    needed = _sections(school, "ben")
    assert needed["Training"][0] == "Overdue: Bloodborne pathogens by 2024-04-01"
    assert needed["Policies to read"] == ["Unread: Needlestick, version 1 by 2026-03-16"]
    school.train_all("2026-02-10")
    school.office.do(record_readers, policy)
    with school.office.acting("test"):
        skill = school.office.add(Skill(name="Phlebotomy"))
    school.office.do(record_competence, skill_id=skill.id, people="Ben", outside_observer="Rae")
    assert _sections(school, "ben") == {
        "Training": ["Due: nothing"],
        "Skills": ["Alone: Phlebotomy"],
    }
    # A leaver needs nothing, and the page says nothing of it.
    assert _sections(school, "eve") == {}


def test_the_morning_names_the_sessions_of_the_day_and_who_may_not_look_sees_no_page(
    school: School, office_factory: OfficeFactory
) -> None:
    with school.office.acting("test"):
        school.office.add(TrainingSession(title="Fire drill", trainer="Rae"))
    lines = [line.what for line in TrainingPart().huddle(school.office)]
    assert lines == ["Training: Fire drill with Rae"]
    with office_factory("hr", login="ben") as bens:
        # Of Cyd, whom Ben does not reach, no section has a line that names anything.
        cyd = school.crew["cyd"].id
        assert list(TrainingPart().page(bens, cyd)) == []
