"""Proofs of training for inspectors: who had it, who is late, and the sessions with their sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.training.needs import Need, needs
from officeops_hr.training.session import TrainingSession
from officeops_hr.training.topic import TrainingTopic
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office, ProofStatus

#: Sessions of a topic whose records are still to be kept.
_SESSIONS: Final = """EXISTS (SELECT 1 FROM hr_training r WHERE r.session_id = hr_training_session.id
AND r.topic_id = ? AND r.archived_at IS NULL AND r.result IN ('trained', 'passed'))"""


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield the proofs of the kinds that an inspection asks for.

    Without a topic for a kind its training is on paper, if anywhere: nothing is said of it.
    """
    if not office.may_view(Training):
        return
    topics = [
        topic for topic in office.all(TrainingTopic, "proof IS NOT NULL") if topic.proof in kinds
    ]
    asked = list(needs(office, office.today)) if topics else []
    for topic in topics:
        of_topic = [need for need in asked if need.topic_id == topic.id]
        # A topic that nobody needs proves nothing, and no gap either.
        if not of_topic:
            continue
        yield _summary(topic, of_topic)
        for need in of_topic:
            if need.state == "overdue":
                yield _gap(topic, need)
        yield from _sessions(office, topic)


def _summary(
    topic: TrainingTopic,
    asked: Sequence[Need],
) -> Proof:
    """Say how many of the people who need it hold it."""
    kind = topic.proof or ""
    held = [need for need in asked if need.done_on and need.state in {"current", "due", "exempt"}]
    ends = [need.due_on for need in held if need.due_on]
    # Somebody new has days left: no fault, and not done either.
    waiting = [need for need in asked if need.state == "due"]
    status: ProofStatus = "due" if waiting else "met"
    if not held:
        status = "missing"
    left = len(asked) - len(held)
    of_all = "" if left else f"{len(held)} of "
    words = f"{topic.name}: {of_all}{wording.count(len(held), 'person')} trained"
    return Proof(
        kind,
        status,
        words,
        on=min(ends, default=None),
        action="" if status == "met" else "record-training",
        record=TrainingTopic.meta.key,
        record_id=topic.id,
        gap=f"{left} of {len(asked)} to train" if left else "",
    )


def _gap(topic: TrainingTopic, need: Need) -> Proof:
    last = f"last on {need.done_on}" if need.done_on else "never"
    return Proof(
        topic.proof or "",
        "not met",
        f"{topic.name}: {need.person}, {last}",
        on=need.due_on,
        action="trained",
        record=Person.meta.key,
        record_id=need.person_id,
    )


def _sessions(office: Office, topic: TrainingTopic) -> Iterator[Proof]:
    """Yield the sessions, whose attached sheets are the documents to hand over."""
    today = office.today.isoformat()
    for session in office.all(
        TrainingSession,
        _SESSIONS,
        topic.id,
        order="-held_on, id",
    ):
        # An inspector may ask for the years that the law names, and for no more.
        if office.text_of(session, "keep_until") < today:
            continue
        trainer = ", ".join(filter(None, (session.trainer, session.qualification)))
        by = f", by {trainer}" if trainer else ""
        yield Proof(
            topic.proof or "",
            "met" if trainer else "due",
            f"{session.human_key} {session.title} on {session.held_on}{by}",
            action="" if trainer else "edit",
            record=TrainingSession.meta.key,
            record_id=session.id,
            gap="" if trainer else "trainer not entered",
        )
