"""Twins of hiring and of first and last days: who has no part in them learns nothing of them.

A manager without HR sees candidates, and neither pay nor scores that are locked.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from plugins.hr.tests.people.test_hr_leaks import VERBS, Twins
from plugins.hr.tests.people.test_hr_leaks_of_parts import ROADS
from tests.effort import sampled

from officeops_hr.boarding.start import begin
from officeops_hr.boarding.usual_steps import add_steps
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

pytestmark = pytest.mark.officeops("hr")

TODAY: Final = date(2026, 3, 2)
WORD: Final = "zygomorph"
KINDS: Final = (
    "opening",
    "candidate",
    "interview",
    "scorecard",
    "interview-score",
    "assessment",
    "offer",
    "boarding",
)
#: Roads on which candidates, their pay and their scores might be read, counted or guessed.
OF_HIRING: Final = (
    "candidate scores C-1 --json",
    "candidate show C-1",
    "candidate list --sort name",
    "opening show JO-1 --json",
    "opening list pay_from>22",
    "opening list --sort pay_from --json",
    "offer list pay=21.75",
    "offer list --json",
    "offer show #1 --reveal pay",
    "interview-score list score=4",
    "interview-score list --sort score --json",
    "boarding show BO-1 --json",
    "person show P-5 --json",
    "person ready --on 2026-04-06 --json",
    "duplicates --json",
    "task show T-1 --json",
    "search 2175",
)


def _seal(office: Office, salt: int) -> None:
    """Add what nobody but HR knows of a candidate: pay, and the scores of one of two cards."""
    kind = office.records
    role = office.value("SELECT id FROM hr_job_role WHERE code = 'MA'")
    people = {person.name: person.id for person in office.all(Person)}
    with office.acting("test.hiring"):
        opening = kind["hr.opening"](title="Aide", role_id=role, pay_from=2_100 + salt)
        opening = office.add(opening)
        candidate = office.add(kind["hr.candidate"](name=WORD, opening_id=opening.id))
        at = datetime(2026, 3, 2, 15, tzinfo=UTC)
        interview = office.add(kind["hr.interview"](candidate_id=candidate.id, at=at, kit_id=1))
        for name in ("Hana Stone", "Lea Stone"):
            card = kind["hr.scorecard"](interview_id=interview.id, interviewer_id=people[name])
            card = office.add(card)
        score = {"score": 2 + salt, "evidence": f"so {salt}"}
        row = kind["hr.interview-score"](scorecard_id=card.id, competency="Calm", weight=1, **score)
        office.add_made(row)
        office.edit(card, managed=True, given_at=office.now())
        office.add(kind["hr.assessment"](candidate_id=candidate.id, test="Typing", most=9))
        first = TODAY + timedelta(35)
        offer = {
            "candidate_id": candidate.id,
            "starts_on": first,
            "pay": 2_175 + salt,
            "made_on": TODAY,
        }
        office.add_made(kind["hr.offer"](**offer))


def _begin(office: Office) -> None:
    """Begin the checklist of cyd's last day."""
    cyd = office.first(Person, "name = 'Cyd Stone'")
    assert cyd is not None
    with office.acting("test.boarding"):
        begin(office, cyd, "leave", TODAY + timedelta(14), None)


def _compare(twins: Twins) -> None:
    roads = [f"{noun} {verb}" for noun in KINDS for verb in VERBS]
    for words in sampled([*ROADS, *roads, *OF_HIRING], 9):
        one, other = twins.answers(words)
        # How much was written is no secret.
        plain = [re.sub(r'"cursor": \d+', "", str(answer)) for answer in (one, other)]
        assert plain[0] == plain[1], words
        assert "Traceback" not in plain[0], words


def test_who_interviews_nobody_learns_of_no_candidate_and_of_nobody_s_last_day(
    office_factory: OfficeFactory,
    freeze_today: Callable[[date], None],
) -> None:
    freeze_today(TODAY)
    twins = Twins(office_factory, "ben")
    for number, file in enumerate(twins.files):
        office = office_factory("hr", file=file.name)
        with office.acting("test.rules"):
            add_steps(office)
            office.add(office.records["hr.interview-kit"](name="Aides"))
        if number:
            _seal(office, 1)
            _begin(office)
        office.close()
    _compare(twins)


def test_a_manager_learns_of_neither_pay_nor_locked_scores(
    office_factory: OfficeFactory,
    freeze_today: Callable[[date], None],
) -> None:
    freeze_today(TODAY)
    twins = Twins(office_factory, "mia")
    for number, file in enumerate(twins.files):
        office = office_factory("hr", file=file.name)
        with office.acting("test.rules"):
            office.add(office.records["hr.interview-kit"](name="Aides"))
        _seal(office, number)
        office.close()
    _compare(twins)
