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


UNTIL = "SELECT until FROM core_user WHERE login = 'ben'"


def test_a_last_day_ends_the_login_where_asked_and_one_undo_takes_both_back(
    office: Office, crew: dict[str, Person], cli: Callable[..., Ran]
) -> None:
    key = crew["ben"].human_key
    line = ("person", "separate", key, "--on", "2026-03-20")
    # HR may enter the day, and a manager ends the login with it.
    assert cli(*line, login="hana").code == 0
    assert office.value(UNTIL) is None
    assert cli("undo", login="hana").code == 0
    ran = cli(*line, "--end-login", login="mia")
    assert (ran.code, "ben has access until 2026-03-20" in ran.err) == (0, True)
    assert office.value(UNTIL) == "2026-03-20"
    assert cli("undo", login="mia").code == 0
    assert office.value(UNTIL) is None
    assert _status(office, crew["ben"]) == "active"


def test_a_login_is_ended_by_people_who_may_and_where_there_is_one(
    office: Office, crew: dict[str, Person], cli: Callable[..., Ran]
) -> None:
    key = crew["ben"].human_key
    line = ("person", "separate", key, "--on", "2026-03-20", "--end-login")
    may = ("hr.person.view", "hr.person.view-all", "hr.person.separate", "hr.employment.view")
    assert cli("access", "role", "leaving", *may).code == 0
    assert cli("access", "grant", "cyd", "leaving").code == 0
    ran = cli(*line, login="cyd")
    assert (ran.code, "core.user.limit" in ran.err) == (1, True), ran.err
    assert _status(office, crew["ben"]) == "active"
    with office.acting("test"):
        office.edit(office.get(Person, crew["ben"].id), user_id=None)
    ran = cli(*line)
    assert (ran.code, "they have no login to end" in ran.err) == (1, True)
    assert _status(office, crew["ben"]) == "active"
