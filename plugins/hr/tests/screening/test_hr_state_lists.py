"""Lists of states come in as the states publish them: other headers, and far fewer columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

LOAD = ("dataset", "load", "state-exclusions")
TEXAS = "Last Name,First Name,Date of Birth,Exclusion Date\nVale,Bo,01/02/1961,02/01/2015\n"


def _load(cli: Cli, tmp_path: Path, text: str) -> str:
    file = tmp_path / "state.csv"
    file.write_text(text)
    return cli(*LOAD, str(file)).err


@pytest.mark.usefixtures("crew")
def test_a_file_with_the_headers_of_a_state_finds_people_by_name_and_birth(
    office: Office, cli: Cli, tmp_path: Path
) -> None:
    assert cli("person", "add", "--name", "Bo Vale", "--employment", "2024-01-01").code == 0
    assert "1 row" in _load(cli, tmp_path, TEXAS)
    assert cli("check-exclusions").code == 0
    [hit] = cli("screening-hit", "list", "--json").json
    assert (hit["name"], hit["tier"], hit["excluded_on"]) == ("Bo Vale", "C", "2015-02-01")
    # Who was born on another day is somebody else, and the check says so by itself.
    assert cli("person", "edit", "Bo Vale", "--born-on", "1990-05-05").code == 0
    assert cli("check-exclusions").code == 0
    assert office.value("SELECT decision FROM hr_screening_hit") == "somebody_else"


@pytest.mark.officeops("hr", "vendors")
@pytest.mark.usefixtures("crew")
def test_a_list_of_businesses_alone_is_a_list(cli: Cli, tmp_path: Path) -> None:
    cli("vendor", "add", "--name", "Acme Medical, Inc.")
    assert "1 row" in _load(cli, tmp_path, "Entity Name,Start Date\nACME MEDICAL INC,2015-02-01\n")
    assert cli("check-exclusions").code == 0
    [hit] = cli("screening-hit", "list", "--json").json
    assert hit["name"] == "Acme Medical, Inc."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who,When\nBen Stone,2015\n", "LASTNAME"),
        ("Last Name,lastname\nStone,Stone\n", "twice"),
        ("Last Name,First Name\nStone\n", "line 2"),
        ('Last Name,First Name\nStone,"Ben\n', "cannot be read"),
    ],
)
@pytest.mark.usefixtures("crew")
def test_a_file_that_is_no_whole_list_replaces_nothing(
    cli: Cli, tmp_path: Path, text: str, words: str
) -> None:
    assert "1 row" in _load(cli, tmp_path, TEXAS)
    assert words in _load(cli, tmp_path, text)
    assert cli("dataset", "show", "state-exclusions", "--json").json[0]["lastname"] == "Vale"
