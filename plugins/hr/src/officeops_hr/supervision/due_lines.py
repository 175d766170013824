"""Today's lines of supervision: follow-ups, goals, reviews to write and to sign, discipline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_hr.people.leader import leader_login
from officeops_hr.people.person import Person
from officeops_hr.supervision.discipline import Discipline
from officeops_hr.supervision.goal import Goal
from officeops_hr.supervision.next_review import next_reviews
from officeops_hr.supervision.one_to_one import OneToOne
from officeops_hr.supervision.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_HR: Final = "hr"
_LOGIN: Final = "SELECT login FROM core_user WHERE id = ?"
_LOGIN_OF: Final = (
    "SELECT u.login FROM hr_person p JOIN core_user u ON u.id = p.user_id WHERE p.id = ?"
)


def due_lines(office: Office, until: date) -> Iterator[Due]:
    """Yield what leaders, people and HR have to come back to."""
    yield from _notes(office, until)
    yield from _goals(office, until)
    yield from _reviews(office, until)
    yield from _discipline(office, until)


def _notes(office: Office, until: date) -> Iterator[Due]:
    day = until.isoformat()
    for note in office.all(OneToOne, "follow_up_on <= ? AND followed_up_on IS NULL", day):
        # The condition has asked already; mypy has not heard of it.
        if note.follow_up_on is None:
            continue
        who = office.label(Person, note.person_id)
        yield Due(
            key=f"hr.one-to-one:{note.id}:follow-up",
            on=note.follow_up_on,
            what=f"Follow up with {who}: {note.topic}",
            owner=office.value(_LOGIN, note.writer_id) or "manager",
            action="follow up",
            record=OneToOne.meta.key,
            record_id=note.id,
        )


def _goals(office: Office, until: date) -> Iterator[Due]:
    for goal in office.all(Goal, "state = 'open' AND due_on <= ?", until.isoformat()):
        who = office.label(Person, goal.person_id)
        yield Due(
            key=f"hr.goal:{goal.id}:{goal.due_on}",
            on=goal.due_on,
            what=f"{goal.human_key} {who}: {goal.title} ({goal.progress} %)",
            owner=leader_login(office, goal.person_id) or "manager",
            action="reach or drop",
            record=Goal.meta.key,
            record_id=goal.id,
        )


def _reviews(office: Office, until: date) -> Iterator[Due]:
    # Both are reminded: the person has to sign, and the leader to ask.
    for review in office.all(Review, "state = 'shared'", order="id"):
        who = office.label(Person, review.person_id)
        leader = leader_login(office, review.person_id)
        yield Due(
            key=f"hr.review:{review.id}:sign",
            on=review.period_to,
            what=f"{review.human_key} {who}: the review waits for their signature",
            owner=office.value(_LOGIN_OF, review.person_id) or leader or "manager",
            others=(leader,) if leader else (),
            action="sign",
            record=Review.meta.key,
            record_id=review.id,
        )
    for due in next_reviews(office):
        if due.on <= until:
            # That a review is due is no secret to people who see the person; what it says is one.
            yield Due(
                key=f"hr.person:{due.person_id}:review:{due.on}",
                on=due.on,
                what=f"Review of {due.name} is due",
                owner=leader_login(office, due.person_id) or "manager",
                action="add a review",
                record=Person.meta.key,
                record_id=due.person_id,
            )


def _discipline(office: Office, until: date) -> Iterator[Due]:
    for record in office.all(Discipline, "state = 'delivered'", order="id"):
        yield Due(
            key=f"hr.discipline:{record.id}:sign",
            on=record.delivered_on or record.happened_on,
            # No step and no name: Today is read over the shoulder.
            what=f"{record.human_key} waits for a signature",
            owner=office.value(_LOGIN_OF, record.person_id) or _HR,
            others=(_HR,),
            action="sign",
            record=Discipline.meta.key,
            record_id=record.id,
        )
    waiting = "state NOT IN ('draft', 'withdrawn') AND follow_up_on <= ?"
    for record in office.all(Discipline, waiting, until.isoformat()):
        if record.follow_up_on is not None and record.followed_up_on is None:
            yield Due(
                key=f"hr.discipline:{record.id}:{record.follow_up_on}",
                on=record.follow_up_on,
                what=f"{record.human_key}: the follow-up of discipline is due",
                owner=_HR,
                action="follow up",
                record=Discipline.meta.key,
                record_id=record.id,
            )
