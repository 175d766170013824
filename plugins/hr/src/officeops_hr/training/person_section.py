"""Training on a person's page: what they need first, and sessions that they are expected at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject
from officeops_hr.training.needs import needs
from officeops_hr.training.topic import TrainingTopic
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_PLANNED: Final = "person_id = ? AND result = 'planned' AND done_on >= ?"


def section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield what a person needs; a person who needs nothing has one line."""
    if not office.may_view(Training):
        return
    lines = [*_needed(office, person_id), *_planned(office, person_id)]
    if lines:
        yield PageSection("Training", lines)


def _needed(office: Office, person_id: int) -> Iterator[PageLine]:
    asked = list(needs(office, office.today, person_id))
    # A page is for what to do next; the list of trainings has the rest.
    owed = [need for need in asked if need.state in {"overdue", "due"}]
    for need in sorted(owed, key=lambda need: str(need.due_on)):
        by = f" by {need.due_on}" if need.due_on else ""
        subject = Subject(TrainingTopic.meta.key, need.topic_id)
        yield PageLine(need.state.capitalize(), f"{need.topic}{by}", subject)
    # A line that says nothing is due tells that somebody looked.
    if asked and not owed:
        away = any(need.state == "on_leave" for need in asked)
        yield PageLine("Due", "nothing while they are on leave" if away else "nothing")


def _planned(office: Office, person_id: int) -> Iterator[PageLine]:
    today = office.today.isoformat()
    for training in office.all(
        Training,
        _PLANNED,
        person_id,
        today,
        order="done_on",
    ):
        topic = office.label(TrainingTopic, training.topic_id)
        subject = Subject(Training.meta.key, training.id)
        yield PageLine("Planned", f"{topic} on {training.done_on}", subject)


def not_ready(
    office: Office,
    person_id: int,
    day: date,
) -> Iterator[str]:
    """Yield the overdue topics without which nobody works in the person's roles."""
    for need in needs(office, day, person_id):
        # Late, and no more: the office may say that a topic bars nobody.
        if need.gates_work and need.state == "overdue":
            yield f"{need.topic} was due {need.due_on}"
