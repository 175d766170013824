"""Screening on a person's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject
from officeops_hr.people.contacts import FormerName
from officeops_hr.people.person import Person
from officeops_hr.people.screened import screened_as
from officeops_hr.screening.not_compared import new_names
from officeops_hr.screening.screening_hit import ScreeningHit
from officeops_hr.screening.screening_run import ScreeningResult, ScreeningRun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_ABOUT: Final = "about_key = 'hr.person' AND about_id = ?"
_LAST: Final = f"SELECT max(id) FROM hr_screening_result WHERE {_ABOUT} AND archived_at IS NULL"


def page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the last exclusion check of a person, to who may see the checks."""
    if not (office.may_view(ScreeningResult) and office.may_view(ScreeningHit)):
        return
    lines = [*_last_check(office, person_id), *_hits(office, person_id)]
    if lines:
        yield PageSection("Exclusion check", lines)


def _last_check(office: Office, person_id: int) -> Iterator[PageLine]:
    last = office.value(_LAST, person_id)
    if last is not None:
        result = office.get(ScreeningResult, last)
        run = office.get(ScreeningRun, result.run_id)
        text = f"{office.ways.day_of(run.run_at)}: {result.best}"
        former = [row.name for row in office.all(FormerName, "person_id = ?", person_id)]
        new = new_names(office, screened_as(office.get(Person, person_id), former))
        if new:
            text += f"; not compared yet: {', '.join(new)}"
        yield PageLine("Last", text, Subject(ScreeningRun.meta.key, run.id))


def _hits(office: Office, person_id: int) -> Iterator[PageLine]:
    for hit in office.all(ScreeningHit, f"{_ABOUT} AND decision <> 'somebody_else'", person_id):
        words = "open" if hit.decision == "open" else "excluded"
        text = f"{hit.listed_name}, tier {hit.tier}: {words}"
        yield PageLine(hit.human_key, text, Subject(ScreeningHit.meta.key, hit.id))
