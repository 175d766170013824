"""An office's own export of people goes into an empty office: with positions, and with logins once those are there."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.hr_tools import CREW

from officeops.testing import Cli

if TYPE_CHECKING:
    from pathlib import Path


def columns(table: str, *but: str) -> list[list[str]]:
    """Return the rows of a table without some of its columns."""
    header, *rows = csv.reader(io.StringIO(table))
    places = [place for place, name in enumerate(header) if name not in but]
    return [[row[place] for place in places] for row in rows]


@pytest.mark.usefixtures("crew")
def test_people_with_positions_and_logins_go_into_an_empty_office(
    cli: Cli, officeops_home: Path
) -> None:
    there = Cli(officeops_home / "there.db")
    assert there("init", "--name", "There").code == 0
    people, positions = (cli(noun, "export", "-").out for noun in ("person", "position"))
    assert there("job-role", "import", "-", typed=cli("job-role", "export", "-").out).code == 0
    refused = there("person", "import", "-", typed=people)
    sealed = ("ssn", "ssn_last_four", "born_on", "bank_account")
    assert " ".join(f"--ignore '{name}'" for name in sealed) in refused.err
    left_out = [word for name in sealed for word in ("--ignore", name)]
    brought = there("person", "import", "-", *left_out, typed=people)
    # A file hands out no logins: the people come without, and the cure is named.
    assert brought.code == 5, brought.err
    assert "No login here is called" in brought.err
    assert "officeops add-user" in brought.err
    assert there("position", "import", "-", typed=positions).code == 0
    for login in CREW:
        assert there("add-user", "--login", login, "--role", "clerk").code == 0
    assert there("person", "import", "-", "--update", *left_out, typed=people).code == 0
    assert columns(there("person", "export", "-").out, *sealed) == columns(people, *sealed)


@pytest.mark.usefixtures("crew")
def test_a_login_that_is_gone_from_the_file_s_office_is_nobody_s_loss_here(cli: Cli) -> None:
    people = cli("person", "export", "-").out
    other = people.replace(",ben,", ",benjamin,")
    assert other != people
    assert cli("person", "import", "-", "--update", typed=other).code == 5
    assert cli("person", "export", "-").out == people


@pytest.mark.usefixtures("crew")
def test_a_position_exported_with_its_number_takes_another_role(cli: Cli) -> None:
    positions = cli("position", "export", "-").out
    other = positions.replace(",LPN,", ",MA,", 1).replace(",RN,", ",LPN,", 1)
    assert other != positions
    changed = cli("position", "import", "-", "--update", typed=other)
    assert (changed.code, "1 changed" in changed.err) == (0, True), changed.err
    assert cli("position", "export", "-").out == other
    back = cli("position", "import", "-", "--update", typed=positions)
    assert "1 changed" in back.err
