"""Logs: sharps without names, the OSHA log with its privacy cases, and its yearly summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Refused, report
from officeops_hr.config import HrSettings
from officeops_hr.people.as_of import current
from officeops_hr.people.person import Person
from officeops_hr.safety.incident import Incident
from officeops_hr.safety.injury_case import InjuryCase
from officeops_hr.safety.without_names import names_of, without_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Office, Report

#: Instead of the name (29 CFR 1904.29(b)(7)).
PRIVACY: Final = "privacy case"
#: Kinds whose case never has a name: a needle that another person's blood was on.
_NEVER_NAMED: Final = ("sharps", "splash")
#: A log of the rows within reach alone would look whole, and would not be.
_ALL: Final = ("hr.incident.view-all", "hr.injury-case.view-all")
_EXEMPT: Final = (
    "this office keeps no OSHA log: offices of physicians (NAICS 6211) and offices of up to 10 "
    "people need none in most states (29 CFR 1904.1, 1904.2), and serious outcomes are reported "
    "all the same. Where your state wants one, set safety_osha_log in [plugins.hr]"
)
_CLASSES: Final = {
    "death": "death",
    "days_away": "days away",
    "hospital": "days away",
    "amputation": "days away",
    "eye": "days away",
    "restricted": "restricted",
}
#: The role that the person worked in on the day.
_ROLE: Final = f"""
SELECT (SELECT r.name FROM hr_job_role r WHERE r.id = {current("hr_position", "role_id", "?2")})
FROM hr_person t WHERE t.id = ?1
"""


def _need_log(office: Office) -> None:
    """Refuse a log to people who reach a part of it, and in an office that keeps none."""
    # Refused, not empty: half a log would be shown to an inspector.
    for permission in _ALL:
        office.allow(permission)
    if not office.settings("hr", HrSettings).safety_osha_log:
        raise Refused(_EXEMPT, "The OSHA log", code="not-allowed-here")


@report("sharps-log", title="Sharps injury log")
def sharps_log(office: Office) -> Iterator[Mapping[str, Any]]:
    """List sharps injuries without names: type and brand of the device, where and how."""
    for permission in _ALL:
        office.allow(permission)
    for incident in office.all(Incident, "kind = 'sharps'", order="happened_at, id"):
        cases = office.all(InjuryCase, "incident_id = ?", incident.id)
        names = names_of(office, [case.person_id for case in cases])
        # No reporter either: in a small office that is a name.
        yield {
            "case": incident.human_key,
            "date": office.ways.day_of(incident.happened_at),
            "device": without_names(incident.device, names),
            "brand": incident.brand,
            "department": without_names(incident.department, names),
            "how": without_names(incident.doing, names),
        }


@report("osha-log", title="OSHA log (form 300)")
def osha_log(office: Office) -> Iterator[Mapping[str, Any]]:
    """List the recordable cases by year; a privacy case has no name."""
    _need_log(office)
    for case, incident in _recordable(office):
        day = office.ways.day_of(incident.happened_at)
        name = name_in_log(office, case, incident)
        hidden = names_of(office, [case.person_id]) if name == PRIVACY else set()
        yield {
            "year": day.year,
            "case": case.human_key,
            "person": name,
            "job": office.value(_ROLE, case.person_id, day.isoformat()),
            "date": day,
            "where": without_names(incident.department, hidden),
            "what": without_names(incident.what, hidden),
            "class": class_of(case),
            "days_away": case.days_away,
            "days_restricted": case.days_restricted,
            "type": case.injury_type.replace("_", " "),
        }


def name_in_log(
    office: Office,
    case: InjuryCase,
    incident: Incident,
) -> str:
    """Return the name for the log: that of the person, or the words for a privacy case."""
    if case.privacy_case or incident.kind in _NEVER_NAMED:
        return PRIVACY
    return office.get(Person, case.person_id).name


def class_of(case: InjuryCase) -> str:
    """Return the column of the log that a case is counted in: the most serious outcome."""
    return _CLASSES.get(case.outcome or "", "other recordable")


def _recordable(office: Office) -> Iterator[tuple[InjuryCase, Incident]]:
    cases = list(office.all(InjuryCase, "recordable = 1"))
    incidents = {case.id: office.get(Incident, case.incident_id) for case in cases}
    # As the form has them, by the day of the event.
    cases.sort(key=lambda case: (incidents[case.id].happened_at, case.id))
    for case in cases:
        yield case, incidents[case.id]


@report("osha-summary", title="OSHA summary (form 300A)")
def osha_summary(office: Office) -> Iterator[Mapping[str, Any]]:
    """Count the recordable cases of each year; post it from February 1 to April 30."""
    _need_log(office)
    years: dict[int, dict[str, int]] = {}
    # A year without a case is posted with zeros, so the last one always has a line.
    years[office.today.year - 1] = _zeros()
    for case, incident in _recordable(office):
        year = office.ways.day_of(incident.happened_at).year
        counts = years.setdefault(year, _zeros())
        counts[class_of(case).replace(" ", "_")] += 1
        counts["total_days_away"] += case.days_away or 0
        counts["total_days_restricted"] += case.days_restricted or 0
    for year in sorted(years):
        yield {"year": year, **years[year], "post": f"{year + 1}-02-01 to {year + 1}-04-30"}


def _zeros() -> dict[str, int]:
    words = ("death", "days_away", "restricted", "other_recordable")
    return dict.fromkeys((*words, "total_days_away", "total_days_restricted"), 0)


REPORTS: Final[list[Report]] = [sharps_log, osha_log, osha_summary]
