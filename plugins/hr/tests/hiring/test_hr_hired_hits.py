"""What the exclusion check found about a candidate is about the person whom they became."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.access.access_tools import open_as

from officeops.history.undo import undo
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.hire import hire
from officeops_hr.people.person import Person
from officeops_hr.screening.screening_hit import HIT, ScreeningHit
from officeops_hr.screening.screening_run import ScreeningRun

if TYPE_CHECKING:
    from plugins.hr.tests.hiring.conftest import Hiring

    from officeops.testing import Cli

READY = ("person", "ready", "--on", "2026-04-07", "--json")


@pytest.fixture
def found(hiring: Hiring) -> tuple[Candidate, ScreeningHit]:
    """A candidate with an offer that they accepted, and an open hit."""
    office = hiring.office
    candidate = hiring.offered(hiring.apply())
    given: dict[str, Any] = {"as_of": office.today, "run_at": office.now(), "list_key": "leie"}
    with office.acting("test.hit"):
        run = office.add_made(
            ScreeningRun(file="a.csv", digest="0", row_count=1, subjects=1, hits=1, **given)
        )
        hit = office.add_made(
            ScreeningHit(
                about=candidate,
                name="Ann Apply",
                tier="C",
                score=100,
                list_key="leie",
                listed_name="APPLY, ANN",
                entry_digest="0",
                run_id=run.id,
            )
        )
    return candidate, hit


def test_a_hit_that_hr_confirms_after_the_hire_bars_the_person(
    hiring: Hiring, found: tuple[Candidate, ScreeningHit], cli: Cli
) -> None:
    candidate, hit = found
    # A manager who sees no hits hires.
    with open_as(hiring.office, "mia") as theirs:
        theirs.do(hire, theirs.get(Candidate, candidate.id))
    hired = hiring.again(candidate).person_id or 0
    present = hiring.office.get(ScreeningHit, hit.id)
    assert (present.about.key, present.about.id, present.decision) == ("hr.person", hired, "open")
    said = cli("screening-hit", "confirm", "OH-1", "--because", "Same SSN")
    assert "Ann Apply may not work." in said.err
    assert hiring.office.get(Person, hired).barred_on is not None
    assert "may not work" in cli(*READY).out


def test_a_decision_of_before_the_hire_counts_for_the_person_and_the_undo_gives_it_back(
    hiring: Hiring, found: tuple[Candidate, ScreeningHit]
) -> None:
    candidate, hit = found
    office = hiring.office
    office.do(HIT.action(ScreeningHit, "clear"), office.get(ScreeningHit, hit.id), because="SSN")
    hiring.hire(candidate)
    present = office.get(ScreeningHit, hit.id)
    assert (present.about.key, present.decision) == ("hr.person", "somebody_else")
    undo(office)
    assert office.get(ScreeningHit, hit.id).about.key == "hr.candidate"
