"""Two years of supervision and safety of the made-up people: talks, reviews, a needlestick, privacy.

The long past is rows; the needlestick and its tests are done as in an office.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Task
from officeops.demo import Demo, demo_rows
from officeops_hr.people.as_of import current
from officeops_hr.privacy.access_review import review_access
from officeops_hr.privacy.breach import LIFE as BREACH
from officeops_hr.privacy.breach import Breach
from officeops_hr.privacy.risk_analysis import PrivacyRisk, RiskAnalysis
from officeops_hr.safety.incident import Incident
from officeops_hr.safety.injury_case import InjuryCase
from officeops_hr.safety.rules import add_deadlines
from officeops_hr.safety.unvaccinated import exposed
from officeops_hr.safety.vaccine_offer import VaccineOffer
from officeops_hr.supervision.discipline import LIFE, Discipline
from officeops_hr.supervision.goal import Goal
from officeops_hr.supervision.one_to_one import OneToOne
from officeops_hr.supervision.recognition import Recognition
from officeops_hr.supervision.review import Review
from officeops_hr.supervision.review_life import REVIEW
from officeops_hr.supervision.review_question import ReviewQuestion

if TYPE_CHECKING:
    from random import Random

    from officeops import Office

#: The day of the needlestick, from today: its first tests are behind, the last ones to come.
_NEEDLE: Final = -100
_QUESTIONS: Final = ("Patient focus", "Accuracy", "Teamwork", "Reliability")
#: Days from today on which reviews were held, each of the year before.
_REVIEWS: Final = (-540, -175)
_YEAR: Final = timedelta(days=364)
_TRIAL: Final = timedelta(days=90)
_TALK_EVERY: Final = 42
_ACCESS: Final = (-330, -240, -150, -80)
_PEOPLE: Final = f"""
SELECT t.id, t.name, min(e.hired_on) FROM hr_person t
JOIN hr_employment e ON e.person_id = t.id AND e.last_day IS NULL AND e.hired_on <= office_today()
WHERE {current("hr_position", "manager_id")} IS NOT NULL GROUP BY t.id ORDER BY t.id
"""
#: Done of what follows from the needlestick; the test at four months is to come.
_DONE: Final = (
    "clinic",
    "source-patient",
    "tell-clinician",
    "baseline",
    "sharps-entry",
    "compensation",
    "test-6-weeks",
    "test-3-months",
)


def build(office: Office, seed: int) -> None:
    """Write talks and goals, reviews, the needlestick, vaccine offers and privacy."""
    demo = Demo(office, seed, "supervision")
    chance = demo.random("supervision")
    people = office.rows(_PEOPLE)
    with demo.at(demo.day(-1), "ann"), demo.writing():
        _talks(office, demo, people, chance)
        _offers(office)
        _risks(office, demo)
    # Steps ask for their events, which rows of a past do not have yet.
    with demo.at(demo.day(-1), "ann"), office.acting("demo.build"):
        _reviews(office, demo, people)
        _first_reviews(office, demo, people)
        _rest(office, demo, people)
        # Last: the reviews of the past were shared before anybody asked.
        for number, question in enumerate(_QUESTIONS, 1):
            office.add(ReviewQuestion(question=question, form="yearly", sort_order=number))
    _needlestick(office, demo, {name: number for number, name, *_ in people})
    for days in _ACCESS:
        with demo.at(demo.day(days), "ann"):
            office.do(review_access)


def _talks(
    office: Office,
    demo: Demo,
    people: list[tuple[Any, ...]],
    chance: Random,
) -> None:
    """Write a talk every six weeks, some praise, and a goal of each person."""
    stories = demo_rows(__package__, "supervision.csv")
    rows: dict[str, list[dict[str, Any]]] = {"talk": [], "goal": [], "praise": []}
    for person, _, hired_on in people:
        for days in range(-chance.randrange(4, _TALK_EVERY), -720, -_TALK_EVERY):
            day = demo.day(days)
            if day.isoformat() > hired_on:
                rows["talk"].append(_talk(stories, person, day, chance))
        story = _story(stories, "goal", chance)
        due_on = demo.day(chance.randrange(4, 200)).isoformat()
        goal = {"title": story["text"], "measure": story["more"], "due_on": due_on}
        rows["goal"].append({"person_id": person, **goal, "progress": chance.randrange(0, 90, 10)})
        if chance.randrange(2):
            praise = _story(stories, "praise", chance)["text"]
            given = {
                "text": praise,
                "given_on": demo.day(-chance.randrange(200)).isoformat(),
                "given_by": "ann",
            }
            rows["praise"].append({"person_id": person, **given})
    office.add_many(OneToOne, rows["talk"])
    office.add_many(Goal, rows["goal"])
    office.add_many(Recognition, rows["praise"])


def _talk(
    stories: list[dict[str, str]],
    person: int,
    day: date,
    chance: Random,
) -> dict[str, Any]:
    story = _story(stories, "talk", chance)
    sharing = chance.choice(("shared", "shared", "private"))
    return {
        "person_id": person,
        "topic": story["text"],
        "text": story["more"],
        "held_on": day.isoformat(),
        "sharing": sharing,
    }


def _story(
    stories: list[dict[str, str]],
    kind: str,
    chance: Random,
) -> dict[str, str]:
    return chance.choice([story for story in stories if story["kind"] == kind])


def _reviews(
    office: Office,
    demo: Demo,
    people: list[tuple[Any, ...]],
) -> None:
    """Write the signed reviews of two years; the last one waits for its signature."""
    for person, name, hired_on in people:
        for days in _REVIEWS:
            last = demo.day(days)
            first = max(last - _YEAR, date.fromisoformat(hired_on))
            if first < last:
                review = _review(office, person, name, (first, last))
                is_open = (person, days) == (people[-1][0], _REVIEWS[-1])
                if not is_open:
                    REVIEW.move(office, review, "sign-on-paper", signed_on=last, shared_on=last)


def _first_reviews(
    office: Office,
    demo: Demo,
    people: list[tuple[Any, ...]],
) -> None:
    """Write the review after 90 days of those hired since the last yearly ones."""
    for person, name, hired_on in people:
        first = date.fromisoformat(hired_on)
        last = first + _TRIAL
        if first > demo.day(_REVIEWS[-1]) and last <= office.today:
            review = _review(office, person, name, (first, last))
            REVIEW.move(office, review, "sign-on-paper", signed_on=last, shared_on=last)


def _review(
    office: Office,
    person: int,
    name: str,
    period: tuple[date, date],
) -> Review:
    text = f"{name.partition(' ')[0]} works with care; see the goals."
    new = Review(person_id=person, period_from=period[0], period_to=period[1], text=text)
    review = office.add(new)
    REVIEW.move(office, review, "share")
    return office.get(Review, review.id)


def _offers(office: Office) -> None:
    """Write the vaccine offers of people with patients; the last one hired declined."""
    people = sorted(exposed(office), key=lambda person: person.on)
    for person in people:
        answer = "declined" if person == people[-1] else "vaccinated"
        offer = VaccineOffer(
            person_id=person.person_id,
            offered_on=person.on,
            answer=answer,
            answered_on=person.on,
        )
        office.add(offer)


def _risks(office: Office, demo: Demo) -> None:
    """Write two risk analyses, the last one a year old, and the risks."""
    for days in (-740, -372):
        by = "Ann Keller with Northside IT"
        office.add(RiskAnalysis(done_on=demo.day(days), done_by=by, method="SRA Tool"))
    for story in demo_rows(__package__, "supervision.csv"):
        if story["kind"] == "risk":
            due_on = demo.day(story["days"])
            office.add(PrivacyRisk(risk=story["text"], measure=story["more"], due_on=due_on))


def _rest(
    office: Office,
    demo: Demo,
    people: list[tuple[Any, ...]],
) -> None:
    """Write the deadlines to confirm, a fax that was no breach, and a talk after coming late."""
    add_deadlines(office)
    breach = office.add(
        Breach(
            what="Fax of a referral to another practice",
            discovered_on=demo.day(-60),
            persons=1,
            nature="A name and a diagnosis",
            recipient="Another practice, bound by HIPAA",
            acquired="The front desk there read the first page",
            mitigated="It was shredded, and they said so in writing",
        )
    )
    BREACH.move(office, breach, "dismiss", reason="Hardly compromised: shredded at once")
    late = Discipline(
        person_id=people[-1][0],
        happened_on=demo.day(-30),
        what_happened="Late on four Mondays",
        expected="Here at 7:50, or a call before",
    )
    step = office.add(late)
    LIFE.move(office, step, "deliver")
    LIFE.move(
        office,
        office.get(Discipline, step.id),
        "sign-on-paper",
        signed_on=demo.day(-29),
        delivered_on=demo.day(-29),
    )


def _needlestick(
    office: Office,
    demo: Demo,
    people: dict[str, int],
) -> None:
    """Report a needlestick of a medical assistant, open the case, and do the tasks of the past."""
    with demo.at(demo.day(_NEEDLE), "luis"), office.acting("demo.build"):
        incident = office.add(
            Incident(
                what="Needlestick while recapping after an injection",
                kind="sharps",
                department="Room 3",
                doing="Recapping",
                device="Hypodermic needle",
                brand="SafePoint 25G",
            )
        )
    with demo.at(demo.day(_NEEDLE + 1), "ann"), office.acting("demo.build"):
        case = office.add(InjuryCase(incident_id=incident.id, person_id=people["Luis Ortega"]))
        office.edit(case, evaluated_on=demo.day(_NEEDLE), outcome="medical")
    with demo.at(demo.day(_NEEDLE + 9), "ann"), office.acting("demo.build"):
        office.edit(office.get(InjuryCase, case.id), opinion_on=demo.day(_NEEDLE + 9))
    # Only tasks whose day is behind are done; the test at four months is to come.
    for task in list(office.all(Task, "occurrence LIKE 'hr.in%' AND state = 'open'")):
        if (task.occurrence or "").rpartition(":")[2] in _DONE:
            with demo.at(task.due_on, "ann"), office.acting("demo.build"):
                office.complete(office.get(Task, task.id))
    with demo.at(demo.day(-2), "priya"), office.acting("demo.build"):
        office.add(Incident(what="Box left on the stairs to the lab", kind="near_miss"))
