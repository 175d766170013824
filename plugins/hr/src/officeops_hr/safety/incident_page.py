"""The page of an incident: the first hour while it counts, then the dates that follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject, Task
from officeops_hr.safety.first_hour import card_of, first_hour
from officeops_hr.safety.injury_case import InjuryCase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.safety.incident import Incident

#: How long the card is on the page.
_FRESH: Final = timedelta(days=2)
_ABOUT: Final = "about_key = ? AND about_id = ?"


def page(office: Office, incident: Incident) -> Iterator[PageSection]:
    """Yield the first-hour card of a fresh incident, and the tasks that the person may see."""
    is_fresh = office.now() - incident.happened_at < _FRESH
    # Later the page is for the dates.
    if is_fresh and incident.state == "open" and card_of(incident.kind):
        card = first_hour(office, incident.kind)
        steps = [PageLine(f"{number}", step) for number, step in enumerate(card.steps, 1)]
        yield PageSection(f"{card.title}: the first hour", steps)
    tasks = [*_tasks(office, incident.meta.key, incident.id)]
    # Of the cases within reach alone: a reporter learns of no test.
    if office.may_view(InjuryCase):
        for case in office.all(InjuryCase, "incident_id = ?", incident.id):
            tasks += _tasks(office, case.meta.key, case.id)
    if tasks:
        yield PageSection("Dates that follow", tasks)


def _tasks(
    office: Office,
    key: str,
    number: int,
) -> Iterator[PageLine]:
    if not office.may_view(Task):
        return
    for task in office.all(Task, _ABOUT, key, number, order="due_on, id"):
        yield PageLine(
            f"{task.due_on}", f"{task.title}: {task.state}", Subject(task.meta.key, task.id)
        )
