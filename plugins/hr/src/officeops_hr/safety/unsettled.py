"""Unsettled: what keeps an incident open: a case that nobody decided on, or a duty by law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops_hr.safety.incident import Incident

_UNDECIDED: Final = """
SELECT count(*) FROM hr_injury_case
WHERE incident_id = ? AND archived_at IS NULL AND (outcome IS NULL OR recordable IS NULL)
"""
# Follow-up tests take half a year; an incident is not open as long as that.
_DUTIES: Final = """
SELECT count(*) FROM core_task k
WHERE k.state = 'open' AND k.archived_at IS NULL AND k.severity IN ('legal', 'unsafe')
AND k.occurrence NOT LIKE '%:test-%'
AND (k.about_key = 'hr.incident' AND k.about_id = ?1
    OR k.about_key = 'hr.injury-case' AND k.about_id IN (
        SELECT c.id FROM hr_injury_case c WHERE c.incident_id = ?1 AND c.archived_at IS NULL))
"""


def is_unsettled(office: Office, incident: Incident) -> str | None:
    """Close an incident whose cases are decided on, and whose duties by law are done."""
    undecided = office.value(_UNDECIDED, incident.id)
    # No case by its number: only HR and the person may see whose it is.
    if undecided:
        cases = count(undecided, "injury case")
        words = f"the outcome of {cases} of it, or whether the log has it, is not decided yet"
        return Reason(f"{words}; HR edits the case first", code="in-use")
    duties = office.value(_DUTIES, incident.id)
    if duties:
        tasks = count(duties, "task")
        words = f"{tasks} that the law asks for still open; complete or skip them first"
        return Reason(words, code="in-use")
    return None


def closed_too_early(
    office: Office,
    incidents: Iterable[Incident],
) -> Iterator[tuple[Incident, str]]:
    """Yield the incidents that are closed, and should not be: the rule of the promise."""
    for incident in incidents:
        why = is_unsettled(office, incident) if incident.state == "closed" else None
        if why:
            yield incident, Reason(f"{why}, or `reopen` the incident", code="in-use")
