"""Papers: what must be there, who sees which class, and how long each is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops import Refused
from officeops_hr.papers.file_check import file_lines
from officeops_hr.papers.paper import CheckPaper, MedicalPaper, Paper
from officeops_hr.papers.paper_type import PaperType, RequiredPaper
from officeops_hr.papers.usual_types import add_types
from officeops_hr.people.employment import Employment

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Ran
    from officeops_hr.people.person import Person


@pytest.fixture
def types(office: Office) -> dict[str, int]:
    """The usual types of papers by name."""
    with office.acting("hr.add-paper-types"):
        add_types(office)
        test = office.find(PaperType, "Tuberculosis test")
        office.edit(test, required=False)
    return dict(office.rows("SELECT name, id FROM hr_paper_type"))


def _states(office: Office, person: Person) -> dict[str, str]:
    lines = file_lines(office, person.id, office.today)
    return {line.name: line.state for line in lines}


def test_a_file_is_complete_once_every_required_paper_is_there_and_good(
    office: Office,
    crew: dict[str, Person],
    types: dict[str, int],
) -> None:
    ben, tuberculosis = crew["ben"], types["Tuberculosis test"]
    assert "Tuberculosis test" not in _states(office, ben)
    role = office.value("SELECT id FROM hr_job_role WHERE code = 'MA'")
    with office.acting("test"):
        office.add(RequiredPaper(type_id=tuberculosis, role_id=role))
    assert _states(office, ben)["Tuberculosis test"] == "missing"
    assert "Tuberculosis test" not in _states(office, crew["eve"])
    for dated_on, state in ((date(2025, 3, 1), "expired"), (date(2025, 3, 2), "present")):
        with office.acting("test"):
            office.add(MedicalPaper(person_id=ben.id, type_id=tuberculosis, dated_on=dated_on))
        assert _states(office, ben)["Tuberculosis test"] == state


def test_nobody_but_hr_learns_of_medical_papers(
    office: Office,
    crew: dict[str, Person],
    types: dict[str, int],
    cli: Callable[..., Ran],
) -> None:
    with office.acting("test"):
        office.edit(office.get(PaperType, types["Tuberculosis test"]), required=True)
        office.add(MedicalPaper(person_id=crew["ben"].id, type_id=types["Tuberculosis test"]))
    for login in ("mia", "lea", "ben"):
        told = cli("person", "file", "P-4", login=login)
        assert "Tuberculosis" not in told.out + told.err
        assert cli("medical-paper", "list", login=login).code == 1
    assert "Tuberculosis" in cli("person", "file", "P-4", login="hana").out
    assert "W-4" in cli("person", "file", "P-4", login="ben").out


def test_a_paper_of_another_class_is_refused(
    office: Office,
    crew: dict[str, Person],
    types: dict[str, int],
) -> None:
    paper = Paper(person_id=crew["ben"].id, type_id=types["Tuberculosis test"])
    with pytest.raises(Refused, match="medical-paper"), office.acting("test"):
        office.add(paper)


def test_the_clock_takes_the_later_day_and_does_not_run_while_somebody_works_here(
    office: Office,
    crew: dict[str, Person],
    types: dict[str, int],
) -> None:
    ben = crew["ben"]
    with office.acting("test"):
        paper = office.add(CheckPaper(person_id=ben.id, type_id=types["I-9"]))
    assert office.text_of(paper, "keep_until") == "until further notice"
    span = next(iter(office.all(Employment, "person_id = ?", ben.id)))
    # Hired on April 1, 2024: three years after that, or one after the last day.
    for last_day, keep_until in (("2024-12-31", "2027-04-01"), ("2026-12-31", "2027-12-31")):
        with office.acting("test"):
            span = office.edit(span, last_day=date.fromisoformat(last_day))
        assert office.text_of(paper, "keep_until") == keep_until


def test_purge_destroys_a_paper_after_its_day_and_never_under_a_hold_on_its_person(
    office: Office,
    crew: dict[str, Person],
    types: dict[str, int],
    cli: Callable[..., Ran],
    freeze_today: Callable[[date | str], None],
) -> None:
    ben = crew["ben"]
    with office.acting("test"):
        paper = office.add(Paper(person_id=ben.id, type_id=types["Handbook acknowledged"]))
        span = next(iter(office.all(Employment, "person_id = ?", ben.id)))
        office.edit(span, last_day=date(2026, 3, 1))
        office.archive(paper)
    freeze_today("2027-03-01")
    assert cli("purge", "--dry-run", "--json").json == []
    freeze_today("2027-03-02")
    assert len(cli("purge", "--dry-run", "--json").json) == 1
    assert cli("hold", "--kind", "person", "--only", "P-4", "--reason", "a claim").code == 0
    held = cli("purge", "--dry-run")
    assert "a claim" in held.out + held.err
    assert cli("purge").code in {0, 1}
    assert office.value("SELECT count(*) FROM hr_paper") == 1
