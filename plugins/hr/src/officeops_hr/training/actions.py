"""The actions of training: record a session at once, plan one, and say who came."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a parameter
from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Problem, Reason, Refused, action, choice, param
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.training.recording import (
    OWED,
    attendance_words,
    needed_people,
    owed_topics,
    people_named,
    put_on_list,
    recorded_before,
    topics_named,
)
from officeops_hr.training.session import WAYS, TrainingSession
from officeops_hr.training.topic import TrainingTopic
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from officeops import Action, Office

_PLANNED: Final = "session_id = ? AND result = 'planned'"
#: Topics that the title of a session names.
_NAMED: Final = 2
_WHO: Final = "Names or numbers with commas; due: who needs it; all: who works here"


def _title(office: Office, topics: list[int]) -> str:
    """Return the names of two topics, and how many more there are."""
    more = f" and {len(topics) - _NAMED} more" if len(topics) > _NAMED else ""
    return f"{_names(office, topics[:_NAMED])}{more}"


def _names(office: Office, topics: list[int]) -> str:
    return ", ".join(office.label(TrainingTopic, topic) for topic in topics)


@action(
    "hr.record-training",
    beside=("hr.training-session", "hr.training"),
)
def record_training(
    office: Office,
    topics: str = param(help="One or more, with commas", example="Bloodborne pathogens"),
    people: str = param(
        default="due",
        help=_WHO,
        example="P-1, P-2",
    ),
    absent: str | None = param(default=None, help="Those of them who did not come"),
    on: date = param(default=lambda office: office.today, help="The day"),  # noqa: B008 - declared once
    trainer: str | None = param(default=None),
    qualification: str | None = param(default=None, help="What makes them a trainer"),
    hours: int | None = param(
        kind="hours",
        default=None,
        minimum=1,
        maximum=6000,
    ),
    way: str = choice(*WAYS, default="class"),
) -> Outcome:
    """Record a session that was held, and who came."""
    if on > office.today:
        why = "is in the future; plan it: officeops training-session add"
        raise Refused([Problem(why, "on", code="out-of-range")])
    # All names are looked up before the first row is written.
    covered = topics_named(office, topics)
    away = people_named(office, absent) if absent else []
    asked = needed_people(
        people_named(
            office,
            people,
            covered,
            on,
        ),
        "people",
    )
    came = [person for person in asked if person not in away]
    before = recorded_before(
        office, covered, on, {**dict.fromkeys(came, "trained"), **dict.fromkeys(away, "absent")}
    )
    if before is not None:
        return Outcome(before, f"{before.human_key} says so already: nothing is added.")
    session = office.add(
        TrainingSession(
            title=_title(office, covered),
            content=_names(office, covered),
            held_on=on,
            trainer=trainer,
            qualification=qualification,
            hours=hours,
            way=way,
        )
    )
    put_on_list(
        office,
        session,
        covered,
        came,
        "trained",
    )
    put_on_list(
        office,
        session,
        covered,
        away,
        "absent",
    )
    return Outcome(session, f"{session.human_key}: {attendance_words(office, session)}.")


@action("hr.training-session.invite", label="People invited")
def invite(
    office: Office,
    session: TrainingSession,
    topics: str = param(help="One or more, with commas", example="Bloodborne pathogens"),
    people: str = param(default="due", help=_WHO),
) -> str:
    """Put people on the list of a session."""
    covered = topics_named(office, topics)
    invited = needed_people(
        people_named(
            office,
            people,
            covered,
            session.held_on,
        ),
        "people",
    )
    put_on_list(
        office,
        session,
        covered,
        invited,
    )
    listed = wording.count(len(invited), "person")
    return f"{listed} on the list of {session.human_key} for {_names(office, covered)}."


def _is_recorded(office: Office, session: TrainingSession) -> str | None:
    # Nobody came yet: it is still to be held.
    if session.held_on > office.today:
        return Reason(f"it is held on {session.held_on}", code="wrong-state")
    if office.first(Training, _PLANNED, session.id) is None:
        return Reason("nobody on its list waits for a result", code="wrong-state")
    return None


@action(
    "hr.training-session.complete",
    means="do",
    unless=_is_recorded,
    screen="officeops_hr.training.result_screen:screen",
)
def complete(
    office: Office,
    session: TrainingSession,
    absent: str | None = param(default=None, help="Who did not come; they stay due"),
    failed: str | None = param(default=None, help="Who did not pass; they stay due"),
) -> str:
    """Record who came: everybody on the list without a result, but those named."""
    # Absent counts for a person who is named in both.
    marked = dict.fromkeys(people_named(office, failed or ""), "failed")
    marked |= dict.fromkeys(people_named(office, absent or ""), "absent")
    waiting = list(office.all(Training, _PLANNED, session.id))
    strangers = marked.keys() - {training.person_id for training in waiting}
    # Somebody who is named and not on the list is a slip: another one would count as trained.
    if strangers:
        names = ", ".join(office.label(Person, number) for number in sorted(strangers))
        why = f"{names}: not on the list of {session.human_key}, or marked already"
        raise Refused([Problem(why, "absent", code="not-found")])
    for training in waiting:
        office.edit(training, result=marked.get(training.person_id, "trained"))
    return f"{session.human_key}: {attendance_words(office, session)}."


@action("hr.person.trained")
def trained(
    office: Office,
    person: Person,
    topics: str = param(default=OWED, help="One or more with commas; owed: all that are due"),
    on: date = param(default=lambda office: office.today, help="The day"),  # noqa: B008 - likewise
    trainer: str | None = param(default=None),
    good_until: date | None = param(default=None, help="Where it is not the topic's"),  # noqa: B008 - likewise
) -> str:
    """Record that one person was trained."""
    covered = owed_topics(office, person.id) if topics == OWED else topics_named(office, topics)
    if not covered:
        raise Refused([Problem("names no topic: nothing is due", "topics", code="not-found")])
    for topic in covered:
        office.add(
            Training(
                person_id=person.id,
                topic_id=topic,
                done_on=on,
                trainer=trainer,
                good_until=good_until,
            )
        )
    return f"{person.name} was trained on {on}: {_names(office, covered)}."


ACTIONS: Final[list[Action[..., Any]]] = [record_training, invite, complete, trained]
