"""Equipment from files: an office's own export, and the lists of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.sort_words import sort_of
from officeops_maintenance.equipment.state_words import state_of

if TYPE_CHECKING:
    from typing import Any

    from officeops.office.office import Office
    from officeops.testing import Cli

#: Lists as other programs write them: headers and words are theirs, the units are made up.
LISTS = Path(__file__).parent / "lists"


def test_parts_find_the_unit_that_a_later_row_of_their_file_brings(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    assert office.today
    units = tmp_path / "units.csv"
    rows = ["Light handle,Lamp arm", "Lamp arm,Chair 1", "Chair 1,", "Stray,Chair 9"]
    units.write_text("\n".join(["name,parent", *rows]) + "\n")
    refused = cli("equipment", "import", str(units))
    assert refused.code == 1
    assert "there is no equipment 'Chair 9'" in refused.err
    assert "Chair 1'" not in refused.err
    assert cli("equipment", "import", str(units), "--skip-bad").code == 5
    parents = {row["name"]: row["parent"] for row in cli("equipment", "list", "--json").json}
    assert parents == {"Light handle": "EQ-2 Lamp arm", "Lamp arm": "EQ-1 Chair 1", "Chair 1": None}


def test_an_export_brings_parts_and_duplicates_back_into_an_empty_office(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    assert office.today
    cli("equipment", "add", "--name", "Lamp")
    cli("equipment", "add", "--name", "Chair")
    cli("equipment", "edit", "EQ-1", "--parent", "EQ-2")
    cli("ticket", "add", "Lamp is dark", "--equipment", "EQ-1")
    cli("ticket", "add", "No light", "--equipment", "EQ-1")
    assert cli("ticket", "mark-duplicate", "TK-1", "--duplicate-of", "TK-2").code == 0
    for noun in ("equipment", "ticket"):
        exported = cli(noun, "export", str(tmp_path / f"{noun}.csv"))
        assert exported.code == 0, exported.err
    other = ("--db", str(tmp_path / "other.db"))
    cli(*other, "init", "--name", "Other")
    for noun in ("equipment", "ticket"):
        back = cli(*other, noun, "import", str(tmp_path / f"{noun}.csv"))
        assert back.code == 0, back.err
    assert cli(*other, "equipment", "show", "EQ-1", "--json").json["parent"] == "EQ-2 Chair"
    assert cli(*other, "ticket", "show", "TK-1", "--json").json["duplicate_of"] == "TK-2 No light"


# -- the lists of other programs ---------------------------------------------------------------


@pytest.fixture
def rooms(cli: Cli, office: Office) -> None:
    """The rooms of the lists, which no import adds: a misspelled one would be another room."""
    assert office.today
    for room in ("Front desk", "Exam room 1", "Procedure room"):
        cli("location", "add", "--name", room)


def brought(cli: Cli, name: str) -> dict[str, dict[str, Any]]:
    """Import a list twice; return the units, of which the second time adds none."""
    first = cli("equipment", "import", str(LISTS / name), "--json")
    assert first.json["bad"] == [], first.json
    again = cli("equipment", "import", str(LISTS / name), "--json").json
    assert (again["added"], again["unchanged"]) == (0, first.json["added"])
    return {unit["name"]: unit for unit in cli("equipment", "list", "--json").json}


@pytest.mark.usefixtures("rooms")
def test_a_snipe_it_list_comes_with_tags_states_and_warranties(cli: Cli) -> None:
    units = brought(cli, "snipe_it_like.csv")
    states = {unit["tag"]: unit["status"] for unit in units.values()}
    assert states == {
        "A-0001": "in_service",
        "A-0002": "in_service",
        "A-0003": "retired",
        "A-0004": "out_of_service",
        "A-0005": "on_loan",
    }
    printer = units["Paperjet P400"]
    assert (printer["warranty_until"], printer["cost"]) == ("2027-05-01", "420.00")
    assert units["Projector"]["lent_to"] == "Dr. Hahn"
    assert units["Laptop 3"]["reason"] == "Out for Repair"
    [down] = cli("downtime", "list", "--json").json
    assert down["equipment"] == "EQ-4 Laptop 3"


@pytest.mark.usefixtures("rooms")
def test_a_maintainx_list_links_its_parts_whatever_their_order(cli: Cli) -> None:
    units = brought(cli, "maintainx_like.csv")
    assert units["Chair 1 light"]["parent"].endswith("Dental Chair 1")
    assert units["Dental Chair 1"]["criticality"] == "high"
    assert {unit["category"] for unit in units.values()} == {"Lamp", "Dental chair"}


@pytest.mark.usefixtures("rooms")
def test_an_upkeep_list_and_a_spreadsheet_are_read_by_everyday_headers(cli: Cli) -> None:
    units = brought(cli, "upkeep_like.csv")
    assert units["Door seal"]["parent"].endswith("Autoclave 1")
    assert (units["Autoclave 1"]["tag"], units["Autoclave 1"]["cost"]) == ("U-1", "4850.00")
    brought(cli, "spreadsheet.csv")
    tables = cli("equipment", "list", "--where", 'name="Exam table"', "--json").json
    assert len(tables) == 2, "two of one name in one room are two"


def test_a_holder_is_a_loan_or_is_named(cli: Cli, office: Office, tmp_path: Path) -> None:
    assert office.today
    units = tmp_path / "units.csv"
    rows = ["Laptop,Deployed,Dana,2026-04-01", "Pager,Deployed,Luis,", "Scale,Archived,Mia,"]
    head = "Asset Name,Status,Checked Out To,Expected Checkin Date"
    units.write_text("\n".join([head, *rows]) + "\n")
    said = cli("equipment", "import", str(units)).err
    assert "Pager (Luis)" in said
    assert "Laptop" not in said.partition("Who has these")[2]
    lent = cli("equipment", "list", "--view", "lent", "--json").json
    assert [(unit["lent_to"], unit["due_back_on"]) for unit in lent] == [("Dana", "2026-04-01")]
    notes = {unit["name"]: unit["note"] for unit in cli("equipment", "list", "--json").json}
    assert (notes["Pager"], notes["Scale"]) == ("Holder: Luis", "Holder: Mia")
    again = cli("equipment", "import", str(units), "--json").json
    assert (again["added"], again["unchanged"]) == (0, 3), again


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("Laptops", "it"),
        ("Label printer", "it"),
        ("Exam table", "furniture"),
        ("Water heater", "appliance"),
        ("Smoke detectors", "electrical"),
        ("Dental chair", "clinical"),
        ("Autoclave", "clinical"),
        ("Vaccine refrigerator", "clinical"),
    ],
)
def test_a_new_category_has_the_sort_of_its_words(name: str, sort: str) -> None:
    assert sort_of(name) == sort


def test_what_the_office_does_not_know_is_refused_with_the_cure(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    assert office.today
    units = tmp_path / "units.csv"
    units.write_text("name,status,room,supplier\nScale,Storage,Attic,MedTech\nLamp,Lent,,\n")
    refused = cli("equipment", "import", str(units)).err
    assert "there is no location 'Attic'; add it first with `officeops location add`" in refused
    assert "there is no vendor 'MedTech'; add it first with `officeops vendor add`" in refused
    assert "is on loan, and no column says to whom" in refused
    units.write_text("name,status\nScale,Storage\n")
    assert '--map "COLUMN=state:Storage=in service"' in cli("equipment", "import", str(units)).err
    assert cli("equipment", "list", "--json").json == []
    cured = ("--map", "status=state:Storage=in service")
    assert cli("equipment", "import", str(units), *cured).code == 0


def test_a_new_category_is_gone_with_a_dry_run_and_with_undo(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    assert office.today
    units = tmp_path / "units.csv"
    units.write_text("name,category\nScale,Scales\n")
    cli("equipment", "import", str(units), "--dry-run")
    assert cli("equipment-category", "list", "--json").json == []
    assert cli("equipment", "import", str(units)).code == 0
    cli("undo")
    assert cli("equipment-category", "list", "--json").json == []


#: Two rows of a file that are one thing entered twice, whatever else they say.
ONCE = {
    "by its tag": ("equipment", "name,tag,serial\nA,T1,S-2\nB,T2,s-2\n"),
    "by its model": ("equipment", "name,make,model,serial\nA,Acme,M1,S-2\nB,Acme,M2,S-2\n"),
    "by its name": ("equipment", "name,serial\nA,S-2\nB,S-2\n"),
    "by its day": ("waste-pickup", "picked on,manifest\n2026-01-05,M-7\n2026-02-05,m-7\n"),
}


@pytest.mark.parametrize("case", ONCE)
def test_what_is_entered_once_is_refused_twice_in_one_file_and_in_a_second(
    cli: Cli, case: str
) -> None:
    noun, table = ONCE[case]
    assert cli(noun, "import", "-", typed=table).code == 1
    assert cli(noun, "list", "--json").json == []
    head, first, second = table.splitlines()
    assert cli(noun, "import", "-", typed=f"{head}\n{first}\n").code == 0
    # Another file knows nothing of the first.
    ran = cli(noun, "import", "-", typed=f"{head}\n{second}\n")
    assert len(cli(noun, "list", "--json").json) == 1, ran.err


def test_makers_may_have_one_number_each(cli: Cli) -> None:
    table = "name,tag,make,serial\nA,T1,Acme,S-2\nB,T2,Bolt,S-2\nC,T3,Acme,none\nD,T4,Acme,none\n"
    assert cli("equipment", "import", "-", typed=table).code == 0


def test_a_unit_that_is_out_of_service_keeps_what_its_return_demands(
    cli: Cli, office: Office
) -> None:
    cli("checklist", "add", "--name", "Safe")
    cli("checklist-item", "add", "--checklist", "Safe", "--text", "Runs", "--type", "pass_fail")
    cli("equipment-category", "add", "--name", "Lasers", "--release-checklist", "Safe")
    typed = "name,category,state\nPeel,Lasers,Out of service\n"
    assert cli("equipment", "import", "-", typed=typed).code == 0
    [unit] = office.all(Equipment)
    assert "Runs" in (unit.return_items or "")
    assert cli("equipment", "return", "Peel").code == 1


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Not Operational", "out_of_service"),
        ("Non-operational", "out_of_service"),
        ("Deployed (Out for Repair)", "out_of_service"),
        ("Checked out (broken)", "out_of_service"),
        ("Deployed (Ready to Deploy)", "in_service"),
        ("Deployed (Smoke)", None),
        ("Not Broken", None),
        ("", None),
    ],
)
def test_no_word_for_a_broken_unit_brings_it_into_use(word: str, state: str | None) -> None:
    assert state_of(word) == state
