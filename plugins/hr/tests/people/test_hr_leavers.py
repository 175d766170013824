"""Hire and separation, and what still names somebody who has left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops import Refused, Task
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person
from officeops_hr.people.references import references
from officeops_hr.people.separation import hire, separate

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Ran


def _status(office: Office, person: Person) -> str:
    return office.text_of(office.get(Person, person.id), "status")


def test_hire_separate_and_rehire_keep_every_span(office: Office, crew: dict[str, Person]) -> None:
    ben = crew["ben"]
    office.do(separate, ben, on=date(2026, 3, 1))
    assert _status(office, ben) == "left"
    with pytest.raises(Refused, match="do not work here"):
        office.do(separate, ben, on=date(2026, 3, 1))
    role = office.value("SELECT id FROM hr_job_role WHERE code = 'LPN'")
    office.do(hire, ben, on=date(2026, 3, 9), role_id=role)
    assert _status(office, ben) == "future"
    assert len(list(office.all(Employment, "person_id = ?", ben.id))) == 2
    # The earlier position still counts until the new one begins.
    assert office.text_of(office.get(Person, ben.id), "role") == "MA"


def test_open_records_that_name_a_leaver_are_listed_until_somebody_else_has_them(
    office: Office,
    crew: dict[str, Person],
    cli: Callable[..., Ran],
) -> None:
    lea = crew["lea"]
    with office.acting("test"):
        mine = office.add(Task(about=None, title="Call them", due_on=date(2026, 3, 5), owner="lea"))
        office.add(
            Task(
                about=None, title="Old", due_on=date(2026, 3, 5), owner="Lea Stone", state="skipped"
            )
        )
    named = {(one.label, one.name_of) for one in references(office, lea)}
    assert {("T-1 Call them", "owner"), ("P-4 Ben Stone", "manager"), ("lea", "login")} <= named
    assert not any("Old" in label for label, _ in named)
    office.do(separate, lea, on=date(2026, 3, 1))
    line = next(row for row in cli("today", "--json").json if row["key"].startswith("hr.person:3:"))
    assert "Lea Stone left on 2026-03-01" in line["what"]
    with office.acting("test"):
        office.edit(mine, owner="mia")
    assert "Call them" not in cli("person", "references", "P-3", "--json").out
    assert cli("person", "references", "P-3", "--check").code == 3


@pytest.mark.usefixtures("crew")
def test_printed_sheets_show_who_is_in_reach_and_the_emergency_sheet_is_recorded(
    cli: Callable[..., Ran],
) -> None:
    cli("person", "edit", "P-4", "--emergency-contact", "Al Roe; phone=202-555-0101")
    sheet = cli("person", "emergency-sheet", "--json", login="lea").json
    assert [row["person"] for row in sheet] == ["Ben Stone", "Cyd Stone", "Lea Stone"]
    assert sheet[0]["contact"] == "Al Roe, (202) 555-0101"
    assert "prints of the emergency sheet" in cli("history").out
    assert cli("person", "emergency-sheet", login="ben").code == 1
    chart = [(row["name"], row["level"]) for row in cli("person", "chart", "--json").json]
    assert chart[:3] == [("Mia Stone", 0), ("Hana Stone", 1), ("Lea Stone", 1)]
    assert ("Ben Stone", 2) in chart


def test_somebody_is_put_away_once_they_left_and_not_before(
    office: Office, crew: dict[str, Person]
) -> None:
    lea = crew["lea"]
    for day in (None, date(2026, 3, 20)):
        if day:
            office.do(separate, lea, on=day)
        with pytest.raises(Refused, match="they work here"), office.acting("test"):
            office.archive(office.get(Person, lea.id))
    (span,) = office.all(Employment, "person_id = ?", lea.id)
    with office.acting("test"):
        office.edit(span, last_day=date(2026, 3, 1))
        office.archive(office.get(Person, lea.id))
