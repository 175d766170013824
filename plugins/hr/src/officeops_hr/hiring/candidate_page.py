"""The page of a candidate: what comes next, the interviews, the checks and the offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject, Task
from officeops_hr.hiring.checks import Assessment
from officeops_hr.hiring.interview import Interview
from officeops_hr.hiring.offer import Offer
from officeops_hr.hiring.opening import Opening
from officeops_hr.hiring.panel import cards_of, competencies, mean_of, open_scores
from officeops_hr.hiring.reasons import DeclineReason
from officeops_hr.hiring.steps import before_offer
from officeops_hr.hiring.worked_before import worked_before
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.hiring.candidate import Candidate

_OF: Final = "candidate_id = ?"
_TASKS: Final = "about_key = 'hr.candidate' AND about_id = ?"


def page(office: Office, candidate: Candidate) -> Iterator[PageSection]:
    """Yield the sections of a candidate, as far as the acting person may see them."""
    yield PageSection("", list(_summary(office, candidate)))
    sections = {
        "Interviews": _interviews(office, candidate),
        "Scores": _scores(office, candidate),
        "Tests and references": _checks(office, candidate),
        "Offer": _offer(office, candidate),
    }
    for heading, found in sections.items():
        lines = list(found)
        if lines:
            yield PageSection(heading, lines)


def _summary(office: Office, candidate: Candidate) -> Iterator[PageLine]:
    opening = office.label(Opening, candidate.opening_id)
    yield PageLine("For", opening, Subject(Opening.meta.key, candidate.opening_id))
    since = office.ways.day_of(office.last_event_at(candidate))
    yield PageLine("Stage", f"{candidate.stage} since {since}")
    if candidate.reason_id is not None:
        yield PageLine("Reason", office.label(DeclineReason, candidate.reason_id))
    if candidate.person_id is not None:
        became = office.label(Person, candidate.person_id)
        yield PageLine("Became", became, Subject(Person.meta.key, candidate.person_id))
    elif office.may_view(Person):
        for person in worked_before(office, candidate):
            words = f"{office.label(Person, person)}, {_status(office, person)}"
            yield PageLine("Worked here?", words, Subject(Person.meta.key, person))
    if candidate.decided_on is not None:
        yield PageLine("Kept until", office.text_of(candidate, "keep_until"))
    elif office.may("hr.candidate.offer"):
        doubts = "; ".join(before_offer(office, candidate))
        yield PageLine("Before an offer", doubts or "nothing is missing")


def _status(office: Office, person: int) -> str:
    return office.text_of(office.get(Person, person), "status").replace("_", " ")


def _interviews(office: Office, candidate: Candidate) -> Iterator[PageLine]:
    if not office.may_view(Interview):
        return
    for interview in office.all(Interview, _OF, candidate.id, order="at, id"):
        # Who still owes a card is no secret; the scores are.
        names = []
        for card in cards_of(office, interview):
            name = office.label(Person, card.interviewer_id)
            names.append(name if card.given_at else f"{name} (card missing)")
        when = office.text_of(interview, "at")
        text = ", ".join(names) or "nobody interviews"
        yield PageLine(when, text, Subject(interview.meta.key, interview.id))


def _scores(office: Office, candidate: Candidate) -> Iterator[PageLine]:
    # Locked ones are not here, so that no mean gives one away.
    scores = list(open_scores(office, candidate.id))
    for competency in competencies(scores):
        given = " ".join(map(str, competency.scores)) or "no answer"
        talk = "  talk about it" if competency.is_disputed else ""
        yield PageLine(f"{competency.name} x{competency.weight}", f"{given}{talk}")
    mean = mean_of(scores)
    if mean is not None:
        yield PageLine("Mean", f"{mean // 100}.{mean % 100:02}")


def _checks(office: Office, candidate: Candidate) -> Iterator[PageLine]:
    if office.may_view(Assessment):
        for test in office.all(Assessment, _OF, candidate.id, order="taken_on, id"):
            reached = "not taken" if test.reached is None else f"{test.reached} of {test.most}"
            subject = Subject(test.meta.key, test.id)
            yield PageLine(test.test, f"{reached}: {office.text_of(test, 'result')}", subject)
    if office.may_view(Task):
        for task in office.all(Task, _TASKS, candidate.id, order="id"):
            yield PageLine(
                task.human_key, f"{task.title}: {task.state}", Subject("core.task", task.id)
            )


def _offer(office: Office, candidate: Candidate) -> Iterator[PageLine]:
    if not office.may_view(Offer):
        return
    # Every offer stays: a second one does not hide that the first was declined.
    for offer in office.all(Offer, _OF, candidate.id, order="id"):
        answer = offer.answer or "no answer yet"
        text = f"first day {offer.starts_on}: {answer}"
        yield PageLine(str(offer.made_on), text, Subject(offer.meta.key, offer.id))
