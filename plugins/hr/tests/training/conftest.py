"""The crew with the usual topics of training: ben and cyd are medical assistants, lea an RN."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from officeops_hr.people.job_role import JobRole
from officeops_hr.training.needs import Need, needs
from officeops_hr.training.topic import TrainingTopic
from officeops_hr.training.training import Training
from officeops_hr.training.usual_topics import add_topics

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_hr.people.person import Person


class School:
    """The trainings of the crew, and what tests do with them."""

    def __init__(self, office: Office, crew: dict[str, Person]) -> None:
        self.office, self.crew = office, crew
        with office.acting("hr.add-training-topics"):
            add_topics(office)
        self.topics = dict(office.rows("SELECT name, id FROM hr_training_topic"))
        self.roles = {role.code: role.id for role in office.all(JobRole)}

    def train(self, login: str, name: str, day: str, **facts: Any) -> Training:  # noqa: ANN401 - of the record
        person, topic = self.crew[login].id, self.topics[name]
        with self.office.acting("test"):
            new = Training(
                person_id=person, topic_id=topic, done_on=date.fromisoformat(day), **facts
            )
            return self.office.add(new)

    def topic(self, name: str, **facts: Any) -> None:  # noqa: ANN401 - of the record
        with self.office.acting("test"):
            self.office.edit(self.office.get(TrainingTopic, self.topics[name]), **facts)

    def need(self, login: str, name: str, day: str | None = None) -> Need | None:
        on = date.fromisoformat(day) if day else self.office.today
        asked = needs(self.office, on, self.crew[login].id)
        return next((need for need in asked if need.topic == name), None)

    def state(self, login: str, name: str, day: str | None = None) -> str:
        need = self.need(login, name, day)
        return need.state if need else ""

    def due(self) -> list[str]:
        """Return the lines of Today that are about training."""
        items = [item.due for item in self.office.due_items()]
        return [due.what for due in items if "training" in due.key]

    def train_all(self, day: str) -> None:
        """Train everybody who works here in all that they need."""
        for login in self.crew:
            for need in needs(self.office, self.office.today, self.crew[login].id):
                self.train(login, need.topic, day)


@pytest.fixture
def school(office: Office, crew: dict[str, Person]) -> School:
    return School(office, crew)
