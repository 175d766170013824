"""The default location: stored, chosen on purpose, and the same after every renaming."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.core.default_location import default_location
from officeops.core.default_location_rule import DEFAULT_LOCATION
from officeops.core.office_record import Facts
from officeops.core.records import Location

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

pytestmark = pytest.mark.officeops("")
SOURCES = [Path(__file__).parents[2] / folder for folder in ("src", "plugins")]


@pytest.fixture
def office(cli: Cli, office_factory: OfficeFactory) -> Office:
    assert cli("init", "--name", "T").code == 0
    return office_factory()


def place(office: Office, name: str) -> Location:
    found = office.first(Location, "name = ?", name)
    assert found
    return found


def test_a_new_office_has_one_and_shows_it(cli: Cli, office: Office) -> None:
    cli("location", "add", "--name", "Annex", "--count-order", "-1")
    shown = {row["name"]: row["is_default"] for row in cli("location", "list", "--json").json}
    assert shown == {"Main": True, "Annex": False}
    facts = {
        row["setting"]: row["value"]
        for row in cli("settings", "--json").json
        if row["where"] == "office"
    }
    assert facts["default_location"] == "Main"
    assert default_location(office) == place(office, "Main").id


@pytest.mark.parametrize("name", ["MAIN", "Store", "Lager", "main ", "Wäschekammer"])
def test_renaming_and_reordering_leave_it_where_it_is(cli: Cli, office: Office, name: str) -> None:
    before = default_location(office)
    cli("location", "add", "--name", "Annex", "--count-order", "-5")
    assert cli("location", "edit", "Main", "--name", name, "--count-order", "9").code == 0
    cli("location", "add", "--name", "Main", "--count-order", "-9")
    assert default_location(office) == before


def test_it_is_changed_on_purpose_and_taken_back(cli: Cli, office: Office) -> None:
    cli("location", "add", "--name", "Annex")
    assert cli("location", "make-default", "Annex").code == 0
    assert default_location(office) == place(office, "Annex").id
    assert cli("location", "make-default", "Annex").code == 1
    assert cli("undo").code == 0
    assert default_location(office) == place(office, "Main").id
    assert cli("settings", "edit", "--default-location", "Annex").code == 0
    assert default_location(office) == place(office, "Annex").id


def test_there_is_always_one(cli: Cli, office: Office) -> None:
    cli("location", "add", "--name", "Annex")
    refused = cli("location", "archive", "Main")
    assert refused.code == 1
    assert "make-default" in refused.err
    assert cli("settings", "edit", "--default-location", "").code == 1
    cli("location", "make-default", "Annex")
    assert cli("location", "archive", "Main").code == 0
    assert cli("settings", "edit", "--default-location", "#1").code == 1
    assert cli("location", "make-default", "#1").code == 1
    assert default_location(office) == place(office, "Annex").id


def test_taking_back_the_location_that_became_the_default_is_refused(
    cli: Cli, office: Office
) -> None:
    cli("location", "add", "--name", "Annex")
    added = office.value("SELECT max(id) FROM core_action")
    cli("location", "make-default", "Annex")
    assert cli("undo", str(added)).code == 1
    assert default_location(office) == place(office, "Annex").id


def test_an_office_that_a_program_made_has_its_oldest(office_factory: OfficeFactory) -> None:
    office = office_factory(file="bare.db")
    assert office.value(f"SELECT {DEFAULT_LOCATION}") is None
    with office.acting("test"):
        first = office.add(Location(name="Zed", count_order=9))
        office.add(Location(name="Main", count_order=1))
        office.add(Facts(name="Later"))
    assert default_location(office) == first.id
    assert office.value(f"SELECT {DEFAULT_LOCATION}") == first.id


def test_a_default_that_was_archived_past_officeops_is_none(cli: Cli, office: Office) -> None:
    cli("location", "add", "--name", "Annex")
    cli("location", "add", "--name", "Cellar")
    cli("location", "make-default", "Annex")
    with office.acting("test"):
        office.store.db.execute(
            "UPDATE core_location SET archived_at = '2026-01-01T00:00:00Z' WHERE name = 'Annex'"
        )
    assert default_location(office) == place(office, "Main").id


@pytest.mark.parametrize(
    ("places", "chosen"),
    [
        ([("Annex", 1, None), ("MAIN", 2, None)], "MAIN"),
        ([("Annex", 2, None), ("Lager", 1, None)], "Lager"),
        ([("Main", 0, "2026-01-01"), ("Annex", 2, None)], "Annex"),
        ([], None),
    ],
)
def test_an_older_file_keeps_the_place_its_ledger_used(
    places: list[tuple[str, int, str | None]], chosen: str | None
) -> None:
    from officeops.core.migrations import MIGRATIONS
    from officeops.store.migrations import apply

    db = sqlite3.connect(":memory:", isolation_level=None)
    names = [step.name for step in MIGRATIONS]
    apply(db, "core", MIGRATIONS[: names.index("0003_default_location")])
    db.execute("INSERT INTO core_office (name) VALUES ('Old')")
    db.executemany(
        "INSERT INTO core_location (name, count_order, archived_at) VALUES (?, ?, ?)", places
    )
    apply(db, "core", MIGRATIONS)
    stored = (
        "SELECT (SELECT name FROM core_location WHERE id = default_location_id) FROM core_office"
    )
    assert db.execute(stored).fetchone() == (chosen,)


def test_nothing_but_the_start_and_the_migration_knows_the_name_main() -> None:
    files = [
        file for folder in SOURCES for file in folder.rglob("*.py") if "tests" not in file.parts
    ]
    knowing = {
        file.name for file in files if "'Main'" in file.read_text() or '"Main"' in file.read_text()
    }
    # An example in the help may name the location that the start makes; it finds nothing by it.
    assert knowing - {"help_examples.py"} == {"init.py", "migrations.py"}
