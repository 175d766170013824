"""The hiring of the made-up practice: an opening with candidates, a newcomer and a leaver."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from officeops import Task
from officeops.demo import Demo
from officeops_hr.boarding.boarding import Boarding
from officeops_hr.boarding.boarding_actions import offboard, onboard
from officeops_hr.boarding.usual_steps import add_steps
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.checks import Assessment
from officeops_hr.hiring.give_scorecard import Answer, give_all, questions_of
from officeops_hr.hiring.interview import Interview, Scorecard
from officeops_hr.hiring.kit import InterviewKit, KitQuestion
from officeops_hr.hiring.life import STAGES
from officeops_hr.hiring.opening import OPENING, Opening
from officeops_hr.hiring.reasons import DeclineReason
from officeops_hr.hiring.usual_lists import add_lists
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from officeops import Office

_CANDIDATES: Final = (
    ("Tess Moran", "Indeed", -16, "(202) 555-0171"),
    ("Jo Park", "Friend of Ana", -14, "(202) 555-0172"),
    ("Lena Fischer", "County medical society", -20, "(202) 555-0173"),
)
_AFTERNOON: Final = time(15)
_NOTES: Final = "told a case step by step"


def build(office: Office, seed: int) -> None:
    """Write an opening with candidates, and the checklists of a newcomer and of a leaver."""
    demo = Demo(office, seed, "hiring")
    people = dict(office.rows("SELECT name, id FROM hr_person WHERE archived_at IS NULL"))
    if "Sam Wick" not in people:
        return
    with demo.at(demo.day(-30), "ann"), demo.writing():
        add_lists(office)
        add_steps(office)
    _filled(demo)
    opening = _opened(demo, people)
    # The first of them waits for somebody to look at the application.
    _, interviewed, offered = _applied(demo, opening)
    with demo.at(demo.day(-12), "ann"):
        for one in (interviewed, offered):
            _step(office, one, "screen")
            _step(office, one, "interview")
    _interview(demo, interviewed, people, -2, given=1)
    _interview(demo, offered, people, -9, given=2)
    _offer(demo, offered)
    _board(demo, people)


def _opened(demo: Demo, people: dict[str, int]) -> Opening:
    office = demo.office
    with demo.at(demo.day(-28), "ann"):
        role = office.first(JobRole, "code = 'MA'")
        opening = Opening(
            title="Medical assistant",
            role_id=role.id if role else 0,
            weekly=2400,
            department="Clinical",
            manager_id=people["Priya Nair"],
            pay_from=2050,
            pay_to=2350,
            reason="Replaces Sam Wick",
            needs="BLS within a month; Spanish is welcome",
        )
        with demo.writing():
            added = office.add(opening)
        office.do(OPENING.action(Opening, "post"), added, posted_at="Indeed")
    return office.get(Opening, added.id)


def _filled(demo: Demo) -> None:
    """Write an opening of last year, whose one candidate declined, and which was closed."""
    office = demo.office
    with demo.at(demo.day(-330), "ann"), demo.writing():
        role = office.first(JobRole, "code = 'FD'")
        opening = office.add(
            Opening(title="Front desk", role_id=role.id if role else 0, department="Front desk")
        )
        candidate = office.add(
            Candidate(name="Pat Quill", opening_id=opening.id, source="Walked in")
        )
        test = Assessment(candidate_id=candidate.id, test="Phone scenario", reached=70)
        office.add(test)
        kit = office.add(InterviewKit(name="Front desk", role_id=opening.role_id))
        question = "Tell me of a full waiting room."
        office.add(KitQuestion(kit_id=kit.id, competency="Calm", question=question))
    with demo.at(demo.day(-320), "ann"):
        _step(office, candidate, "screen")
        starts_on = demo.day(-290)
        _step(office, candidate, "offer", starts_on=starts_on, pay=1900, despite=True)
        reason = office.first(DeclineReason, "said_by = 'candidate'")
        _step(office, candidate, "decline", reason_id=reason.id if reason else None)
        why = "The hours were shared out"
        office.do(OPENING.action(Opening, "close"), opening, why_closed=why)


def _applied(demo: Demo, opening: Opening) -> list[Candidate]:
    office = demo.office
    added = []
    for name, source, days, phone in _CANDIDATES:
        first, _, last = name.lower().partition(" ")
        with demo.at(demo.day(days), "ann"), demo.writing():
            candidate = Candidate(
                name=name,
                opening_id=opening.id,
                source=source,
                email=f"{first}.{last}@mail.example",
                phone=phone,
            )
            added.append(office.add(candidate))
    return added


def _step(
    office: Office,
    candidate: Candidate,
    verb: str,
    **given: Any,  # noqa: ANN401 - of the step
) -> None:
    current = office.get(Candidate, candidate.id)
    office.do(STAGES.action(Candidate, verb), current, **given)


def _interview(
    demo: Demo,
    candidate: Candidate,
    people: dict[str, int],
    days: int,
    given: int,
) -> None:
    """Add an interview with two interviewers, of whom some have given their cards."""
    office = demo.office
    day = demo.day(days)
    with demo.at(demo.day(days - 2), "ann"), demo.writing():
        kit = office.first(InterviewKit, "1")
        moment = datetime.combine(day, time(10), office.now().tzinfo)
        interview = office.add(
            Interview(candidate_id=candidate.id, at=moment, kit_id=kit.id if kit else 0)
        )
        for name in ("Priya Nair", "Dana Price"):
            office.add(Scorecard(interview_id=interview.id, interviewer_id=people[name]))
    cards = list(office.all(Scorecard, "interview_id = ?", interview.id, order="id"))
    for place, card in enumerate(cards[:given]):
        with demo.at(day, "priya", _AFTERNOON), demo.writing():
            answers = {}
            for number, question in enumerate(questions_of(office, card)):
                answers[question.id] = Answer(3 + (number + place) % 3, _NOTES)
            give_all(office, card, answers)


def _offer(demo: Demo, candidate: Candidate) -> None:
    office = demo.office
    with demo.at(demo.day(-7), "ann"):
        _step(office, candidate, "check-references")
        with demo.writing():
            test = Assessment(
                candidate_id=candidate.id,
                test="Vitals on a colleague",
                most=20,
                reached=18,
                pass_mark=15,
            )
            office.add(test)
    with demo.at(demo.day(-3), "ann"):
        _step(
            office,
            candidate,
            "offer",
            starts_on=demo.day(28),
            answer_by=demo.day(1),
            pay=2225,
            despite=True,
        )


def _board(demo: Demo, people: dict[str, int]) -> None:
    """Begin the checklists of the newcomer, half of it done, and of the leaver, all but one task."""
    office = demo.office
    for name, days, begin in (("Nora Fay", -20, onboard), ("Sam Wick", -45, offboard)):
        if name not in people:
            continue
        with demo.at(demo.day(days), "ann"):
            office.do(begin, office.get(Person, people[name]))
        boarding = office.first(Boarding, "person_id = ?", people[name])
        tasks = "about_key = 'hr.boarding' AND about_id = ?"
        number = boarding.id if boarding else 0
        rows = list(office.all(Task, tasks, number, order="due_on, id"))
        # The earlier tasks first. Weeks after the last day few are late.
        done = len(rows) // 2 if begin is onboard else len(rows) - 1
        with demo.at(demo.day(-1), "ann"):
            for task in rows[:done]:
                office.do(Task.life.action(Task, "complete"), task)
