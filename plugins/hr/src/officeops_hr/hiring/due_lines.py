"""Today's lines of hiring: each names what waits, for whom, and the step that settles it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due, HuddleLine
from officeops.values import local, wording
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.interview import Interview, Scorecard
from officeops_hr.hiring.offer import Offer
from officeops_hr.people.logins import logins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Days that an application may wait for an answer.
_SOON: Final = 5
_INTERVIEWS: Final = """
SELECT i.id, i.at, c.id, c.name, o.title FROM hr_interview i
JOIN hr_candidate c ON c.id = i.candidate_id JOIN hr_opening o ON o.id = c.opening_id
WHERE i.archived_at IS NULL AND c.decided_on IS NULL ORDER BY i.at
"""
_CARDS: Final = """
SELECT s.id, p.name, p.user_id, c.name, i.at FROM hr_scorecard s
JOIN hr_interview i ON i.id = s.interview_id JOIN hr_candidate c ON c.id = i.candidate_id
JOIN hr_person p ON p.id = s.interviewer_id
WHERE s.archived_at IS NULL AND s.given_at IS NULL AND i.archived_at IS NULL
AND c.decided_on IS NULL ORDER BY i.at, s.id
"""
_OFFERS: Final = """
SELECT f.id, c.name, f.answer_by, f.starts_on, f.answer, c.id, c.stage FROM hr_offer f
JOIN hr_candidate c ON c.id = f.candidate_id
WHERE f.archived_at IS NULL AND c.stage IN ('offer', 'accepted') AND f.id =
    (SELECT max(g.id) FROM hr_offer g WHERE g.candidate_id = c.id AND g.archived_at IS NULL)
"""
_PAST: Final = """
date(max(decided_on, ifnull(date(keep_agreed_until, '-1 year'), '')), '+1 year') < office_today()
"""


def due_lines(office: Office) -> Iterator[Due]:
    """Yield what waits in hiring."""
    for number, at, *words in office.rows(_INTERVIEWS):
        if _day(office, at) == office.today:
            yield _interview(office, number, at, words)
    yield from _cards(office)
    yield from _offers(office)
    yield from _unanswered(office)
    yield from _past(office)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _day(office: Office, at: str) -> date:
    return office.ways.day_of(_moment(at))


def _time(office: Office, at: str) -> str:
    return f"{local(_moment(at), office.ways.zone):%H:%M}"


def _interview(
    office: Office,
    number: int,
    at: str,
    words: list[str],
) -> Due:
    _, name, title = words
    return Due(
        key=f"hr.interview:{number}:today",
        on=office.today,
        what=f"Interview at {_time(office, at)}: {name}, {title}",
        action="edit",
        record=Interview.meta.key,
        record_id=number,
    )


def _cards(office: Office) -> Iterator[Due]:
    """Yield the cards that are missing once the interview is over, each for its interviewer."""
    known = logins(office)
    for number, interviewer, user, candidate, at in office.rows(_CARDS):
        if _moment(at) > office.now():
            continue
        yield Due(
            key=f"hr.scorecard:{number}:missing",
            on=_day(office, at),
            what=f"SK-{number} {candidate}: the scorecard of {interviewer} is missing",
            owner=known.get(user or 0) or interviewer,
            others=("manager",),
            action="give",
            record=Scorecard.meta.key,
            record_id=number,
        )


def _offers(office: Office) -> Iterator[Due]:
    """Yield the offers that wait for an answer, and those that were accepted and wait for the hire."""
    for number, name, answer_by, starts_on, answer, candidate, stage in office.rows(_OFFERS):
        if stage == "accepted":
            what = f"C-{candidate} {name} accepted, to start on {starts_on}: hire them"
            yield _of_candidate(candidate, "hire", office.today, what, "hire")
        elif answer is None:
            until = f" until {answer_by}" if answer_by else ""
            on = date.fromisoformat(answer_by) if answer_by else office.today
            yield Due(
                key=f"hr.offer:{number}:answer",
                on=on,
                what=f"C-{candidate} {name} has an offer{until}: ask for the answer",
                action="edit",
                record=Offer.meta.key,
                record_id=number,
            )


def _unanswered(office: Office) -> Iterator[Due]:
    """Yield the applications that nobody has looked at in days."""
    before = office.today - timedelta(days=_SOON)
    waiting = "stage = 'applied' AND applied_on <= ?"
    for one in office.all(Candidate, waiting, before.isoformat(), order="applied_on, id"):
        what = f"{one.human_key} {one.name} applied on {one.applied_on}: screen or reject"
        yield _of_candidate(one.id, "applied", one.applied_on, what, "screen or reject")


def _past(office: Office) -> Iterator[Due]:
    """Yield one line for the candidates whose time of keeping is over."""
    past = list(office.all(Candidate, _PAST, order="id"))
    if past:
        first = past[0]
        people = wording.count(len(past), "candidate")
        what = f"{people} may be destroyed: officeops candidate list --view past"
        yield _of_candidate(first.id, "past", office.today, what, "close file")


def _of_candidate(
    number: int,
    word: str,
    on: date,
    what: str,
    action: str,
) -> Due:
    return Due(
        key=f"hr.candidate:{number}:{word}",
        on=on,
        what=what,
        action=action,
        record=Candidate.meta.key,
        record_id=number,
    )


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the interviews of the day, for who may see the candidates."""
    for _, at, candidate, name, title in office.rows(_INTERVIEWS):
        if _day(office, at) == office.today:
            what = f"{_time(office, at)} interview with {name}, {title}"
            yield HuddleLine("visitors", what, Candidate.meta.key, candidate)
