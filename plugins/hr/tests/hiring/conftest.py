"""The crew with an opening, its candidates, and a kit of two questions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.access_tools import open_as

from officeops.history.undo import undo
from officeops_hr.boarding.usual_steps import add_steps
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.give_scorecard import give
from officeops_hr.hiring.hire import hire
from officeops_hr.hiring.interview import Interview, Scorecard
from officeops_hr.hiring.kit import InterviewKit, KitQuestion
from officeops_hr.hiring.life import STAGES
from officeops_hr.hiring.opening import OPENING, Opening
from officeops_hr.hiring.usual_lists import add_lists

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_hr.people.person import Person

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST_DAY = date(2026, 4, 6)


class Hiring:
    """An opening for a medical assistant under mia, and what tests do with its candidates."""

    def __init__(self, office: Office, crew: dict[str, Person]) -> None:
        self.office, self.crew = office, crew
        role = office.value("SELECT id FROM hr_job_role WHERE code = 'MA'")
        with office.acting("test.setup"):
            add_lists(office)
            add_steps(office)
            self.opening = office.add(
                Opening(title="Aide", role_id=role, manager_id=crew["mia"].id, pay_from=4_321)
            )
            OPENING.move(office, self.opening, "post")
            self.kit = office.add(InterviewKit(name="Aides"))
            for competency, weight in (("Calm", 3), ("Care", 1)):
                row = KitQuestion(kit_id=self.kit.id, competency=competency, weight=weight)
                office.add(row)

    def apply(self, name: str = "Ann Apply", **facts: Any) -> Candidate:  # noqa: ANN401 - of the record
        with self.office.acting("test.apply"):
            return self.office.add(Candidate(name=name, opening_id=self.opening.id, **facts))

    def again(self, candidate: Candidate) -> Candidate:
        return self.office.get(Candidate, candidate.id)

    def step(self, candidate: Candidate, verb: str, **given: Any) -> Candidate:  # noqa: ANN401
        action = STAGES.action(Candidate, verb)
        self.office.do(action, self.again(candidate), **given)
        return self.again(candidate)

    def offered(self, candidate: Candidate, **terms: Any) -> Candidate:  # noqa: ANN401
        """Take somebody to an accepted offer."""
        self.step(candidate, "screen")
        terms = {"starts_on": FIRST_DAY, "pay": 2_175, **terms}
        self.step(candidate, "offer", despite=True, **terms)
        return self.step(candidate, "accept")

    def hire(self, candidate: Candidate) -> str:
        return str(self.office.do(hire, self.again(candidate)))

    def interview(self, candidate: Candidate, *logins: str) -> list[Scorecard]:
        """Add an interview with some interviewers, and return their cards."""
        with self.office.acting("test.interview"):
            interview = self.office.add(
                Interview(candidate_id=candidate.id, at=MORNING, kit_id=self.kit.id)
            )
            return [
                self.office.add(
                    Scorecard(interview_id=interview.id, interviewer_id=self.crew[login].id)
                )
                for login in logins
            ]

    def give(self, card: Scorecard, login: str, score: int, words: str = "as ever") -> str:
        """Have somebody give their card, the same score for both questions."""
        with open_as(self.office, login) as theirs:
            answer = f"Calm={score} {words}\nCare={score} {words}"
            return str(theirs.do(give, theirs.get(Scorecard, card.id), answer=answer))

    def undo_as(self, login: str) -> None:
        with open_as(self.office, login) as theirs:
            undo(theirs)


@pytest.fixture
def hiring(office: Office, crew: dict[str, Person]) -> Hiring:
    return Hiring(office, crew)
