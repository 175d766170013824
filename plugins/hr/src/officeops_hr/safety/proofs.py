"""Proofs for inspectors: hepatitis B offers, and what followed from each exposure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Proof, Task
from officeops.values import wording
from officeops_hr.safety.incident import Incident
from officeops_hr.safety.injury_case import InjuryCase
from officeops_hr.safety.unvaccinated import exposed
from officeops_hr.safety.vaccine_offer import VaccineOffer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, ProofStatus

_VACCINE: Final = "hepatitis-b"
_EXPOSURE: Final = "post-exposure"
#: How far back an inspector looks at exposures.
_BACK: Final = timedelta(days=3 * 365)
_EXPOSURES: Final = "kind IN ('sharps', 'splash') AND happened_at >= ?"
_OPEN: Final = "about_key = ? AND about_id = ? AND state = 'open'"
_ANY: Final = "SELECT 1 FROM hr_incident WHERE archived_at IS NULL LIMIT 1"


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield the proofs of the asked kinds."""
    if _VACCINE in kinds:
        yield from _vaccines(office)
    if _EXPOSURE in kinds:
        yield from _exposures(office)


def _vaccines(office: Office) -> Iterator[Proof]:
    """Yield one proof for all people with blood in front of them; it names nobody."""
    # Where nobody may be exposed, the question is for another practice.
    people = list(exposed(office))
    if not people:
        return
    waiting = [person for person in people if not person.is_answered]
    late = [person for person in waiting if person.on < office.today]
    status: ProofStatus = "met"
    if len(waiting) == len(people):
        status = "missing"
    elif waiting:
        status = "not met" if late else "due"
    answered = len(people) - len(waiting)
    yield Proof(
        _VACCINE,
        status,
        f"Hepatitis B: answers of {answered} of {wording.count(len(people), 'exposed person')}",
        action="vaccine-offer add" if waiting else "",
        owner="hr",
        record=VaccineOffer.meta.key,
    )


def _exposures(office: Office) -> Iterator[Proof]:
    since = (office.now() - _BACK).isoformat()
    incidents = list(office.all(Incident, _EXPOSURES, since, order="happened_at, id"))
    for incident in incidents:
        cases = list(office.all(InjuryCase, "incident_id = ?", incident.id))
        if not cases:
            day = office.ways.day_of(incident.happened_at)
            what = f"{incident.human_key} of {day}: no case yet"
            yield _proof("not met", what, "injury-case add", incident.meta.key, incident.id)
        for case in cases:
            yield _case(office, case, incident)
    # Whether there is any is hidden from who does not reach all: the answer would tell.
    is_told = office.value(_ANY) or not office.may("hr.incident.view-all")
    if not incidents and is_told:
        what = "No exposure is reported in three years"
        yield Proof(_EXPOSURE, "met", what, record=Incident.meta.key)


def _case(
    office: Office,
    case: InjuryCase,
    incident: Incident,
) -> Proof:
    """Return the proof of one case: the written opinion, and the tests that are due."""
    name = f"{case.human_key} of {office.ways.day_of(incident.happened_at)}"
    tasks = list(office.all(Task, _OPEN, case.meta.key, case.id, order="due_on, id"))
    late = [task for task in tasks if task.due_on < office.today]
    # A test that was missed is worse than an opinion that is to come.
    if late:
        words = f"{wording.count(len(late), 'date')} of it passed"
        return _proof("not met", f"{name}: {words}", "task complete", case.meta.key, case.id)
    if case.opinion_on is None:
        on = next((task.due_on for task in tasks), None)
        what = f"{name}: {_seen(case)}"
        proof = _proof("due", what, "injury-case edit", case.meta.key, case.id, on)
        return proof.replace(gap="the written opinion is not there yet")
    what = f"{name}: {_seen(case)}, opinion {case.opinion_on}"
    return _proof("met", what, "", case.meta.key, case.id)


def _seen(case: InjuryCase) -> str:
    if case.evaluated_on:
        return f"evaluated {case.evaluated_on}"
    return "evaluated" if case.opinion_on else "reported"


def _proof(
    status: ProofStatus,
    what: str,
    action: str,
    record: str,
    number: int,
    on: date | None = None,
) -> Proof:
    return Proof(
        _EXPOSURE,
        status,
        what,
        on=on,
        action=action,
        owner="hr",
        record=record,
        record_id=number,
    )
