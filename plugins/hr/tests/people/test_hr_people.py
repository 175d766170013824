"""People: who is found by which name, what they work as on a day, and who reaches whose rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops import Refused
from officeops.services import PeopleDirectory
from officeops_hr.people.as_of import as_of
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.status import status_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory, Ran

#: Whose rows each login lists: their own, the team's over all levels, or everybody's.
REACH = {
    "mia": {"mia", "hana", "lea", "ben", "cyd", "eve"},
    "hana": {"mia", "hana", "lea", "ben", "cyd", "eve"},
    "lea": {"lea", "ben", "cyd"},
    "ben": {"ben"},
}


@pytest.mark.parametrize("login", REACH)
def test_each_lists_the_people_within_their_reach(
    crew: dict[str, Person],
    cli: Callable[..., Ran],
    login: str,
) -> None:
    names = {row["name"] for row in cli("person", "list", "--json", login=login).json}
    assert names == {crew[other].name for other in REACH[login]}


@pytest.mark.parametrize("login", ["mia", "lea", "ben"])
def test_pay_is_for_oneself_and_for_hr(
    crew: dict[str, Person],
    cli: Callable[..., Ran],
    login: str,
) -> None:
    listed = cli("pay", "list", "--json", login=login)
    assert [row["person"] for row in listed.json] == [f"{crew[login].human_key} {crew[login].name}"]
    assert len(cli("pay", "list", "--json", login="hana").json) == len(crew)


def test_me_shows_one_s_own_pay_and_records_the_look(
    crew: dict[str, Person], cli: Callable[..., Ran]
) -> None:
    shown = cli("me", login="ben")
    # The rest of Lea is out of Ben's reach.
    assert f"{crew['lea'].human_key} {crew['lea'].name}" in shown.out
    assert cli("person", "show", crew["lea"].human_key, login="ben").code == 1
    assert "77700.04 per hour" in shown.out
    assert "Ben Stone" in shown.out
    readings = cli("seal", "readings", "--json").json
    assert any("ben" in str(row) for row in readings)


def test_employee_numbers_of_one_digit_leave_every_login_free(
    office: Office,
    crew: dict[str, Person],
) -> None:
    numbered = list(crew.values())
    with office.acting("test"):
        for number, person in enumerate(reversed(numbered), 1):
            office.edit(person, number=str(number), user_id=None)
        for login, person in crew.items():
            office.edit(
                person,
                user_id=office.value("SELECT id FROM core_user WHERE login = ?", login),
            )
    ben = office.value("SELECT id FROM core_user WHERE login = 'ben'")
    taken = pytest.raises(Refused, match=r"user: ben is taken by another person")
    with taken, office.acting("test"):
        office.edit(office.get(Person, crew["mia"].id), user_id=ben)


def test_a_circle_of_managers_is_refused(office: Office, crew: dict[str, Person]) -> None:
    role = office.value("SELECT min(id) FROM hr_job_role")
    circle = Position(
        person_id=crew["mia"].id,
        role_id=role,
        starts_on=date(2026, 3, 1),
        manager_id=crew["ben"].id,
    )
    with pytest.raises(Refused, match="would manage themselves"), office.acting("test"):
        office.add(circle)


def test_a_rehire_keeps_the_first_employment_and_no_two_share_a_day(
    office: Office, crew: dict[str, Person]
) -> None:
    ben = crew["ben"]
    with office.acting("test"):
        first = office.all(Employment, "person_id = ?", ben.id)
        office.edit(next(iter(first)), last_day=date(2025, 1, 31))
        again = office.add(Employment(person_id=ben.id, hired_on=date(2026, 3, 9)))
    assert office.text_of(office.get(Person, ben.id), "status") == "future"
    with pytest.raises(Refused, match="shares days"), office.acting("test"):
        office.edit(again, hired_on=date(2025, 1, 31))


def test_status_is_the_same_in_sql_and_follows_the_dates(
    office: Office,
    crew: dict[str, Person],
    freeze_today: Callable[[date | str], None],
) -> None:
    person = crew["eve"]
    with office.acting("test"):
        span = next(iter(office.all(Employment, "person_id = ?", person.id)))
        office.edit(
            span,
            hired_on=date(2026, 3, 4),
            leave_from=date(2026, 3, 6),
            leave_until=date(2026, 3, 7),
            last_day=date(2026, 3, 9),
        )
    expected = ["future"] * 2 + ["active"] * 2 + ["on_leave"] * 2 + ["active"] * 2 + ["left"] * 2
    spans = list(office.all(Employment, "person_id = ?", person.id))
    for number, status in enumerate(expected):
        day = date(2026, 3, 2) + timedelta(days=number)
        freeze_today(day)
        assert status_on(spans, day) == status
        assert (
            office.value(
                f"SELECT {Person.meta.by_name['status'].sql} FROM hr_person t WHERE t.id = ?",
                person.id,
            )
            == status
        )


def test_what_counts_on_a_day_is_the_latest_that_has_started() -> None:
    rows = [Pay(person_id=1, amount=1, starts_on=day) for day in (date(2026, 5, 1), None)]
    assert as_of(rows, date(2026, 4, 30)) is rows[1]
    assert as_of(rows, date(2026, 5, 1)) is rows[0]
    assert as_of(rows[:1], date(2026, 4, 30)) is None


@pytest.mark.usefixtures("crew")
def test_the_directory_answers_other_plugins(office: Office) -> None:
    people = office.need(PeopleDirectory)
    ben = people.person_of(office, "ben")
    assert ben is not None
    assert (ben.name, ben.role) == ("Ben Stone", "MA")
    manager = people.manager_of(office, ben.id)
    assert manager is not None
    assert manager.user == "lea"
    assert len(people.people(office, on=date(2024, 2, 1))) == 2
    assert people.ready(office, ben.id, office.today).is_ready


@pytest.mark.usefixtures("crew")
def test_the_directory_answers_everybody_within_their_reach(
    office: Office, office_factory: OfficeFactory
) -> None:
    office.close()
    with office_factory("hr", login="ben") as bens:
        people = bens.need(PeopleDirectory)
        assert [one.user for one in people.people(bens, on=bens.today)] == ["ben"]
        assert people.person_of(bens, "eve") is None
        assert people.label(bens, 3) == "P-3"
