"""Shift templates: a digit means the same before and after the office has them as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import Location, default_location
from officeops.history.undo import undo
from officeops_hr.roster.shift_pattern import ShiftPattern
from officeops_hr.roster.shift_template import ShiftTemplate
from officeops_hr.roster.usual_templates import add_usual_shift_templates
from officeops_hr.roster.week.cell_text import read_cell
from officeops_hr.roster.week.templates import Template, templates

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person


@pytest.fixture
def place(office: Office, crew: dict[str, Person]) -> int:
    """The usual place, with patterns: two from 8 to 5, a night, and an early one."""
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    with office.acting("test.patterns"):
        place = default_location(office)
        for weekday, *times in (
            ("monday", 480, 1020, 60),
            ("tuesday", 480, 1020, 60),
            ("monday", 1320, 360, 0),
            ("friday", 420, 900, 30),
        ):
            starts_at, ends_at, unpaid = times
            office.add(
                ShiftPattern(
                    person_id=crew["ben"].id,
                    weekday=weekday,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    unpaid=unpaid,
                    role_id=role,
                )
            )
    return place


def test_digits_mean_the_same_once_they_are_records_and_one_undo_takes_all_back(
    office: Office, place: int
) -> None:
    before = templates(office, place)
    assert before[0] == Template(480, 1020, 60, 1)
    office.do(add_usual_shift_templates)
    assert templates(office, place) == before
    count = office.value("SELECT count(*) FROM hr_shift_template")
    office.do(add_usual_shift_templates)
    assert office.value("SELECT count(*) FROM hr_shift_template") == count
    undo(office)
    assert not list(office.all(ShiftTemplate))


def test_the_setting_counts_until_the_office_has_templates(
    office: Office, place: int, cli: Cli, tmp_path: Path
) -> None:
    """Its order is that of the digits; a night ends on the next day, and other machines follow."""
    file = tmp_path / "officeops.toml"
    file.write_text('[plugins.hr]\nschedule_templates = "9-5/30, 10p-6a"\n')
    assert cli("--config", str(file), "add-usual-shift-templates").code == 0
    written = [Template(540, 1020, 30, 1), Template(1320, 1800, 0, 2)]
    assert templates(office, place) == written
    assert [row["name"] for row in cli("shift-template", "list", "--json").json] == [
        "09:00-17:00",
        "22:00-06:00",
    ]


def test_a_template_of_a_place_takes_the_digit_of_one_of_all_places(
    office: Office, place: int, cli: Cli
) -> None:
    """A digit that has none is refused with the cure; each digit is of one shift at a place."""
    with office.acting("test.place"):
        north = office.add(Location(name="North")).id
    add = ("shift-template", "add", "--digit", "3", "--name")
    assert cli(*add, "Late", "--starts-at", "11:00", "--ends-at", "19:00").code == 0
    north_late = ("--starts-at", "12:00", "--ends-at", "20:00", "--location", "North")
    assert cli(*add, "Late North", *north_late).code == 0
    assert cli(*add, "Other", "--starts-at", "9:00", "--ends-at", "13:00").code == 1
    too_long = ("--starts-at", "9:00", "--ends-at", "13:00", "--unpaid", "4:00")
    assert "as long as the shift" in cli(*add[:3], "4", "--name", "None", *too_long).err
    assert [one.words for one in templates(office, place)] == ["11:00-19:00"]
    assert [one.words for one in templates(office, north)] == ["12:00-20:00"]
    assert read_cell("3", templates(office, north))[0].start == 720
    with pytest.raises(ValueError, match="no shift template 1"):
        read_cell("1", templates(office, north))


def test_templates_go_out_and_in_as_a_file(office: Office, place: int, cli: Cli) -> None:
    office.do(add_usual_shift_templates)
    before = templates(office, place)
    exported = cli("shift-template", "export", "-").out
    undo(office)
    assert cli("shift-template", "import", "-", typed=exported).code == 0
    assert templates(office, place) == before
