"""A hired candidate is a person with all that goes with it, by one action that one undo takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from plugins.hr.tests.hiring.conftest import FIRST_DAY
from tests.access.access_tools import open_as

from officeops import Attachment, Task
from officeops.core.purge import purge
from officeops.history.undo import undo
from officeops.model.errors import OfficeError
from officeops_hr.boarding.blocking import blocking
from officeops_hr.boarding.boarding import Boarding
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.candidate_actions import close_file
from officeops_hr.hiring.hire import hire
from officeops_hr.hiring.life import STAGES
from officeops_hr.hiring.opening import Opening
from officeops_hr.papers.paper import Paper
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.screening.screening_hit import HIT, ScreeningHit
from officeops_hr.screening.screening_run import ScreeningResult, ScreeningRun

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plugins.hr.tests.hiring.conftest import Hiring

    from officeops.testing import Cli

NAMED = "name = ?"
_RUN: dict[str, Any] = {
    "list_key": "leie",
    "file": "a.csv",
    "digest": "0",
    "row_count": 1,
    "subjects": 1,
    "hits": 1,
}
_HIT: dict[str, Any] = {
    "name": "Ann Apply",
    "tier": "A",
    "score": 100,
    "list_key": "leie",
    "listed_name": "APPLY, ANN",
    "entry_digest": "0",
}


def test_the_offer_becomes_a_person_with_papers_and_a_checklist_and_goes_by_one_undo(
    hiring: Hiring, tmp_path: Path
) -> None:
    office = hiring.office
    resume = tmp_path / "resume.txt"
    resume.write_text("Ten years of care.")
    facts = {"email": "ann@mail.example", "phone": "202-555-0119", "former_names": "Ann Ruiz"}
    candidate = hiring.apply(**facts)
    office.attach(candidate, resume)
    hiring.offered(candidate)
    said = hiring.hire(candidate)
    assert said.startswith("Ann Apply is P-7, hired for 2026-04-06. 1 file went into")
    assert "JO-1 is filled." in said
    person = office.first(Person, NAMED, "Ann Apply")
    assert person is not None
    of = "person_id = ?"
    span, position = office.first(Employment, of, person.id), office.first(Position, of, person.id)
    assert span is not None
    assert position is not None
    assert (span.hired_on, position.title, position.manager_id) == (
        FIRST_DAY,
        "Aide",
        hiring.crew["mia"].id,
    )
    pay = office.first(Pay, of, person.id)
    assert pay is not None
    assert office.open(pay, "amount") == 2_175
    paper = office.first(Paper, of, person.id)
    assert paper is not None
    files = list(office.all(Attachment, "about_key = 'hr.paper' AND about_id = ?", paper.id))
    assert [file.is_sealed for file in files] == [True]
    assert hiring.again(candidate).person_id == person.id
    undo(office)
    assert office.first(Person, NAMED, "Ann Apply") is None
    assert office.first(Boarding, "1") is None
    assert hiring.again(candidate).stage == "accepted"
    assert office.get(Opening, hiring.opening.id).state == "open"


def test_what_a_candidate_did_is_said_as_theirs(hiring: Hiring, cli: Cli) -> None:
    steps = {
        "accept": "Offer accepted by Ann Apply.",
        "decline": "Offer declined by Ann Apply.",
        "withdraw": "Application withdrawn by Ann Apply.",
    }
    key = hiring.offered(hiring.apply()).human_key
    undo(hiring.office)
    for step, receipt in steps.items():
        assert receipt in cli("candidate", step, key).err
        said = receipt.partition(" by ")[0].lower()
        assert f": {said}" in cli("undo").err


def test_a_manager_hires_and_hr_enters_the_pay_that_she_may_not_see(
    hiring: Hiring, cli: Cli
) -> None:
    candidate = hiring.offered(hiring.apply())
    with open_as(hiring.office, "mia") as theirs:
        said = str(theirs.do(hire, theirs.get(type(candidate), candidate.id)))
    assert "HR enters the pay of the offer" in said
    assert hiring.office.first(Pay, "amount IS NOT NULL AND person_id = 7") is None
    for login, code in (("mia", 1), ("hana", 0)):
        ran = cli("offer", "show", "#1", "--reveal", "pay", login=login)
        assert (ran.code, "21.75" in ran.out) == (code, code == 0)
        ran = cli("opening", "list", "--json", login=login)
        assert ("43.21" in ran.out) is (login == "hana")


def test_somebody_on_an_exclusion_list_gets_no_offer_and_only_hr_learns_why(
    hiring: Hiring,
) -> None:
    office = hiring.office
    candidate = hiring.step(hiring.apply(), "screen")
    with office.acting("test.hit"):
        run = office.add_made(ScreeningRun(**_RUN, as_of=office.today, run_at=office.now()))
        of_run: dict[str, Any] = {"about": candidate, "run_id": run.id}
        hit = office.add_made(ScreeningHit(**_HIT, **of_run))
        office.add_made(ScreeningResult(name="Ann", names="Ann", best="A", **of_run))
    with pytest.raises(OfficeError, match="a hit of the exclusion check is undecided"):
        hiring.step(candidate, "offer", starts_on=FIRST_DAY)
    office.do(HIT.action(ScreeningHit, "confirm"), office.get(ScreeningHit, hit.id), because="SSN")
    with pytest.raises(OfficeError, match="an exclusion list has them"):
        hiring.step(candidate, "offer", starts_on=FIRST_DAY, despite=True)
    offer = STAGES.action(Candidate, "offer")
    with open_as(office, "mia") as theirs:
        hers = theirs.get(Candidate, candidate.id)
        with pytest.raises(OfficeError, match="ask HR"):
            theirs.do(offer, hers, starts_on=FIRST_DAY, despite=True)


def test_open_blocking_tasks_keep_a_newcomer_from_patients_and_done_ones_do_not(
    hiring: Hiring, cli: Cli
) -> None:
    office = hiring.office
    candidate = hiring.offered(hiring.apply())
    hiring.hire(candidate)
    person = hiring.again(candidate).person_id or 0
    assert "HIPAA basics before the first login" in blocking(office, person)
    ran = cli("person", "ready", "--on", "2026-04-07", "--json")
    assert "onboarding: HIPAA basics before the first login is open" in ran.out
    for task in list(office.all(Task, "about_key = 'hr.boarding'")):
        office.do(Task.life.action(Task, "complete"), task)
    assert not blocking(office, person)
    assert "onboarding" not in cli("person", "ready", "--on", "2026-04-07", "--json").out


def test_a_first_day_that_moves_takes_the_open_tasks_with_it_and_today_says_so(
    hiring: Hiring, cli: Cli
) -> None:
    office = hiring.office
    hiring.hire(hiring.offered(hiring.apply()))
    day = "title LIKE '%I-9 section 2'"
    first = office.first(Task, day)
    assert first is not None
    with office.acting("test.later"):
        span = office.first(Employment, "person_id = 7")
        assert span is not None
        office.edit(span, hired_on=FIRST_DAY.replace(day=13))
    assert "the day is 2026-04-13 now" in cli("today", "--json").out
    assert cli("boarding", "move", "BO-1", "--on", "2026-04-13").code == 0
    later = office.first(Task, day)
    assert later is not None
    assert (later.due_on - first.due_on).days == 7
    assert "the day is" not in cli("today", "--json").out
    assert cli("undo").code == 0
    # A checklist that went with the hire moves no more.
    with office.acting("test.archive"):
        office.archive(office.get(Boarding, 1))
    assert "it is archived" in cli("boarding", "move", "BO-1", "--on", "2026-04-20").err
    assert office.get(Boarding, 1).day == FIRST_DAY


def test_a_file_that_is_closed_is_destroyed_after_a_year_with_all_that_belongs_to_it(
    hiring: Hiring, freeze_today: Callable[[str], None]
) -> None:
    office = hiring.office
    candidate = hiring.apply()
    (card,) = hiring.interview(candidate, "lea")
    hiring.give(card, "lea", 4)
    hiring.step(candidate, "reject", reason_id=1)
    office.do(close_file, hiring.again(candidate))
    freeze_today("2027-03-02")
    assert not purge(office)
    freeze_today("2027-03-04")
    destroyed = {fate.record for fate in purge(office) if not fate.kept}
    assert destroyed == {"hr.candidate", "hr.interview", "hr.scorecard", "hr.interview-score"}


def test_ones_own_page_has_the_cards_to_give(hiring: Hiring, cli: Cli) -> None:
    hiring.interview(hiring.apply(), "lea")
    assert "Ann Apply, 2026-03-02" in cli("me", login="lea").out
    assert "Ann Apply" not in cli("me", login="ben").out


def test_a_leaver_has_a_checklist_and_what_is_past_is_due_today(hiring: Hiring, cli: Cli) -> None:
    office = hiring.office
    assert cli("person", "separate", "P-4", "--on", "2026-03-06").code == 0
    assert "officeops person offboard P-4" in cli("today", "--json").out
    assert cli("person", "offboard", "P-4").code == 0
    assert "officeops person offboard P-4" not in cli("today", "--json").out
    tasks = list(office.all(Task, "about_key = 'hr.boarding'"))
    assert min(task.due_on for task in tasks) == office.today
    assert any(task.title == "Ben Stone: Final pay, accrued leave by the policy" for task in tasks)
    assert "Ben Stone has their last day" not in cli("huddle").out
    # His own lead sees the checklist; a colleague does not.
    assert "BO-1" in cli("boarding", "list", login="lea").out
    assert "BO-1" not in cli("boarding", "list", login="cyd").out
