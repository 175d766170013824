"""Lists of other programs become people with their positions, and an office knows its own lists again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops_hr.people.names import in_order
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Ran

#: As a payroll program exports it: a manager comes after the people who report to them.
PAYROLL = """\
Emp ID,Last Name,First Name,Hire Date,Termination Date,Job Title,Department,Supervisor,Cell Phone,SSN
E1,Smith,Jo,01/02/2020,,MA,Clinical,"Lee, Kay",202-555-0190,219-09-9999
E2,Lee,Kay,01/02/2019,,Registered nurse,Clinical,,202-555-0192,
E3,Van Dyk,Al,03/04/2018,05/06/2025,Courier,,Nobody Known,,
"""


@pytest.mark.usefixtures("office")
def test_a_list_of_payroll_is_read_by_its_everyday_headers(cli: Callable[..., Ran]) -> None:
    done = cli("person", "import", "-", typed=PAYROLL)
    assert done.code == 5, done.err
    assert "No manager is set where the file says Nobody Known" in done.out + done.err
    people = {row["name"]: row for row in cli("person", "list", "--json").json}
    jo, kay, al = people["Jo Smith"], people["Kay Lee"], people["Al Van Dyk"]
    assert (jo["role"], jo["manager"], jo["department"]) == ("MA", "Kay Lee", "Clinical")
    assert (kay["role"], kay["hired_on"], kay["phone"]) == ("RN", "2019-01-02", "(202) 555-0192")
    assert (al["role"], al["status"]) == ("OTHER", "left")
    assert cli("person", "show", "Al Van Dyk", "--json").json["positions"][0]["title"] == "Courier"
    assert cli("person", "import", "-", typed=PAYROLL).code in {0, 5}
    assert len(cli("person", "list", "--json").json) == 3


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("file", [PAYROLL, PAYROLL.replace("E3", "")])
def test_a_file_adds_nobody_again_who_is_archived(cli: Callable[..., Ran], file: str) -> None:
    cli("person", "import", "-", typed=file)
    # What an undo took back comes in again.
    assert cli("undo").code == 0
    cli("person", "import", "-", typed=file)
    assert cli("person", "archive", "Al Van Dyk").code == 0
    # The others of the file come in all the same.
    file += "E9,Orr,Mia,01/02/2024,,MA,Clinical,,,\n"
    again = cli("person", "import", "-", typed=file)
    assert again.code == 5
    assert "who is archived; `officeops person unarchive P-" in again.out + again.err
    people = [row["name"] for row in cli("person", "list", "--json").json]
    assert sorted(people) == ["Jo Smith", "Kay Lee", "Mia Orr"]


@pytest.mark.usefixtures("office")
def test_a_title_of_everyday_is_a_role_and_one_of_the_office_s_own_is_said(
    cli: Callable[..., Ran],
) -> None:
    people = "Name,Hired,Job\nMia Orr,6/1/21,Receptionist\nSol Ray,6/1/21,Office Manager\n"
    done = cli("person", "import", "-", typed=f"{people}Al Fox,6/1/21,Courier\n")
    assert "No job role is called Courier: these people have the role OTHER" in done.err
    rows = cli("person", "list", "--json").json
    assert {row["name"]: (row["role"], row["hired_on"]) for row in rows} == {
        "Mia Orr": ("FD", "2021-06-01"),
        "Sol Ray": ("MGR", "2021-06-01"),
        "Al Fox": ("OTHER", "2021-06-01"),
    }


@pytest.mark.usefixtures("crew")
def test_a_plain_number_of_a_day_or_a_week_is_hours_and_a_corrected_list_finds_its_rows(
    office: Office,
    cli: Callable[..., Ran],
) -> None:
    for day, wanted in (("8", "8:00"), ("7.5", "7:30"), ("7:15", "7:15")):
        cli("work-pattern", "import", "-", "--update", typed=f"Person,Mon\nBen Stone,{day}\n")
        [row] = cli("work-pattern", "list", "--json").json
        assert row["monday"] == wanted
    for kind in office.records.values():
        for field in kind.meta.fields:
            # Longer than a shift, a length of time is said in hours.
            is_length = kind.meta.key.startswith("hr.") and field.kind.name == "duration"
            # A law limits weeks too, and says `40h`.
            if is_length and kind.meta.key != "hr.hours-rule":
                assert (field.maximum or 0) <= 480, (kind.meta.key, field.name)
            # Nobody earns less than nothing.
            if kind.meta.key.startswith("hr.") and field.kind.name == "money":
                assert field.minimum == 0, (kind.meta.key, field.name)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Alvarez, Ana M.", ("Ana M. Alvarez", "Alvarez")),
        (" Ana Alvarez ", ("Ana Alvarez", None)),
        ("Alvarez,", ("Alvarez,", None)),
    ],
)
def test_names_with_a_comma_are_turned(written: str, said: tuple[str, str | None]) -> None:
    assert in_order(written) == said


def test_a_person_is_found_by_every_name_and_number(
    office: Office, crew: dict[str, Person], cli: Callable[..., Ran]
) -> None:
    words = ("person", "edit", "P-4", "--legal-name", "Benjamin T. Stone")
    assert cli(*words, "--former-name", "Ben Ruiz", "--phone", "mobile=202-555-0177").code == 0
    for word in (
        "Benjamin T. Stone",
        "ben ruiz",
        "Ruiz, Ben",
        "E-4",
        "+1 202 555 0177",
        "P-4",
        "Ben Stone",
    ):
        assert cli("person", "show", word, "--json").json["name"] == "Ben Stone", word
    assert office.find(Person, "Ben Ruiz").id == crew["ben"].id
