"""What a session's page says above its fields: who came, as far as the person may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_hr.people.person import Person
from officeops_hr.training.topic import TrainingTopic
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.training.session import TrainingSession


def page(office: Office, session: TrainingSession) -> Iterator[PageSection]:
    """Yield the list of a session, a line for each result."""
    # A session is for all to see, and who came to it is not.
    if not office.may_view(Training):
        return
    lines = []
    for training in office.all(
        Training,
        "session_id = ?",
        session.id,
        order="result, person_id",
    ):
        person = office.label(Person, training.person_id)
        topic = office.label(TrainingTopic, training.topic_id)
        # Enter opens the result, where it can be put right.
        subject = Subject(Training.meta.key, training.id)
        lines.append(PageLine(training.result.capitalize(), f"{person}  {topic}", subject))
    if lines:
        yield PageSection("List", lines)
