"""Incident dates: which deadlines follow from an incident and from the case of who was hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Task
from officeops.values import wording
from officeops_hr.config import HrSettings
from officeops_hr.safety.first_hour import card_of
from officeops_hr.safety.following import following, keep_tasks
from officeops_hr.safety.incident import Incident
from officeops_hr.safety.injury_case import InjuryCase
from officeops_hr.safety.rules import rules_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

#: The events that a kind of incident is, by the words of the deadlines.
_EVENTS: Final = {
    "near_miss": {"near-miss"},
    "sharps": {"exposure", "sharps", "injury"},
    "splash": {"exposure", "injury"},
    "injury": {"injury"},
    "illness": {"injury"},
    "patient": {"patient"},
    "visitor": {"patient"},
    "violence": {"violence"},
    "privacy": {"privacy"},
}
_SERIOUS: Final = {"hospital", "amputation", "eye"}
_CASES: Final = "incident_id = ?"


def followed(office: Office, incident: Incident) -> Iterator[str]:
    """Bring the tasks of an incident and of its cases up to date; say how many are new."""
    events = _EVENTS.get(incident.kind, set())
    moments = {"happened": incident.happened_at}
    rules = rules_for(office, "incident", events)
    dates = following(office, incident, incident.human_key, rules, moments)
    new = keep_tasks(office, incident, dates)
    # The tests count from the same moment, so they move along.
    for case in office.all(InjuryCase, _CASES, incident.id):
        new += _keep_case(office, case, incident)
    if card_of(incident.kind):
        yield f"Now: officeops first-hour {card_of(incident.kind)}"
    if new:
        yield f"{wording.count(new, 'task')} written."


def case_opened(office: Office, case: InjuryCase) -> Iterator[str]:
    """Write the tasks of a new case; the one to open it is done."""
    _complete(office, f"{Incident.meta.key}:{case.incident_id}:open-case")
    yield from case_followed(office, case)


def case_followed(office: Office, case: InjuryCase) -> Iterator[str]:
    """Bring the tasks of a case up to date."""
    new = _keep_case(office, case, office.get(Incident, case.incident_id))
    if new:
        yield f"{wording.count(new, 'task')} written."


def day_of_case(office: Office, case: InjuryCase) -> date:
    """Return the day of the incident that a case is of, as the office's calendar has it."""
    return office.ways.day_of(office.get(Incident, case.incident_id).happened_at)


def _keep_case(
    office: Office,
    case: InjuryCase,
    incident: Incident,
) -> int:
    moments = {"happened": incident.happened_at}
    # The opinion is due from the evaluation on; until it is known, the event is the earlier day.
    evaluated = case.evaluated_on
    moments["evaluated"] = office.ways.moment(evaluated, 0) if evaluated else incident.happened_at
    if case.outcome_at is not None:
        moments["outcome"] = case.outcome_at
    rules = rules_for(office, "case", case_events(office, case, incident.kind))
    dates = following(office, case, case.human_key, rules, moments)
    new = keep_tasks(office, case, dates)
    # Its day is in the case already.
    if case.opinion_on is not None:
        _complete(office, f"{case.meta.key}:{case.id}:opinion")
    return new


def _complete(office: Office, key: str) -> None:
    task = office.first(Task, "occurrence = ? AND state = 'open'", key)
    # It may be done by hand already, or its deadline taken out.
    if task is not None:
        office.complete(task)


def case_events(
    office: Office,
    case: InjuryCase,
    kind: str,
) -> set[str]:
    """Return the events that a case is: an exposure, a serious outcome, a line of the log."""
    # Other events of its kind are of the incident, which has them once.
    events = _EVENTS.get(kind, set()) & {"exposure"}
    if case.outcome == "death":
        events.add("death")
    elif case.outcome in _SERIOUS:
        events.add("serious")
    if case.recordable and office.settings("hr", HrSettings).safety_osha_log:
        events.add("logged")
    return events
