"""An exposure of ben, reported by himself, with the case that HR opened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from officeops import Task
from officeops_hr.safety.incident import Incident
from officeops_hr.safety.injury_case import InjuryCase

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from officeops.office.office import Office
    from officeops_hr.people.person import Person

MORNING = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


class Safety:
    """The incidents of the crew, and what tests do with them."""

    def __init__(self, office: Office, crew: dict[str, Person]) -> None:
        self.office, self.crew = office, crew

    def report(self, kind: str = "sharps", **facts: Any) -> Incident:  # noqa: ANN401 - of the record
        facts = {"happened_at": MORNING, "what": "Needle", **facts}
        with self.office.acting("test.report"):
            return self.office.add(Incident(kind=kind, **facts))

    def open_case(self, incident: Incident, login: str = "ben", **facts: Any) -> InjuryCase:  # noqa: ANN401
        person = self.crew[login]
        with self.office.acting("test.open"):
            case = InjuryCase(incident_id=incident.id, person_id=person.id, **facts)
            return self.office.add(case)

    def edit(self, record: Incident | InjuryCase, **facts: Any) -> None:  # noqa: ANN401
        with self.office.acting("test.edit"):
            self.office.edit(self.office.get(type(record), record.id), **facts)

    def dates(self, state: str = "open") -> dict[str, date]:
        """Map what each task is for to its day."""
        tasks = self.office.all(Task, "state = ?", state)
        return {(task.occurrence or "").rpartition(":")[2]: task.due_on for task in tasks}


@pytest.fixture
def safety(office: Office, crew: dict[str, Person]) -> Safety:
    return Safety(office, crew)


@pytest.fixture
def logged(officeops_home: Path) -> Path:
    """Have the office keep the OSHA log, in Texas; its settings are read when it opens."""
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = ("[plugins.hr]", "safety_osha_log = true", 'safety_state = "TX"')
    clinic = 'safety_clinic = "Lake Clinic 202-555-0101"'
    file.write_text("\n".join((*lines, clinic, "")), encoding="utf-8")
    return file
