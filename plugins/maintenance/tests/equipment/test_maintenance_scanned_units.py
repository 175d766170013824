"""A code on a unit's label fills its serial and lot, and opens the unit wherever it is scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

ECG = "(01)00614141123452(21)E12-0098(10)L7"
OTHER = "(01)00614141123452(21)E12-0099"


@pytest.fixture
def units(cli: Cli, office: Office) -> None:
    assert office.today
    cli("equipment", "add", "--name", "ECG", "--make", "Voltra", "--model", "E12", "--udi", ECG)
    cli("equipment", "add", "--name", "Second ECG", "--serial", OTHER)


@pytest.mark.usefixtures("units")
def test_a_code_fills_what_it_says_into_whichever_field_it_was_scanned(cli: Cli) -> None:
    units = {row["name"]: row for row in cli("equipment", "list", "--json").json}
    first, second = units["ECG"], units["Second ECG"]
    assert (first["serial"], first["lot"], first["udi"]) == ("E12-0098", "L7", ECG)
    assert (second["serial"], second["udi"]) == ("E12-0099", OTHER)
    assert (second["make"], second["model"]) == ("Voltra", "E12"), "as the first with this code"
    wrong = cli("equipment", "add", "--name", "Third", "--serial", "Z9", "--udi", OTHER)
    assert "it says serial E12-0099, and Z9 is given" in wrong.err


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("010061414112345221E12-0099", ["EQ-2"]),
        (ECG, ["EQ-1"]),
        ("00614141123452", ["EQ-1", "EQ-2"]),
        ("010061414112346921E12-0099", []),
    ],
    ids=["serial", "whole", "item", "another item's"],
)
def test_a_scan_finds_the_unit(cli: Cli, code: str, keys: list[str]) -> None:
    assert [row["key"] for row in cli("search", code, "--json").json] == keys


DEVICES = "PrimaryDI|brandName|versionModelNumber|catalogNumber|companyName|more\n00614141123452|Heart|HG-2||Voltra Inc|x\n"


def test_what_a_code_says_is_taken_and_what_it_does_not_say_is_named(
    cli: Cli, office: Office
) -> None:
    assert office.today
    pads = "(01)00614141123452(21)E12-0098(10)L7(17)260315(11)250101"
    assert "names no make and model" in cli("equipment", "add", "--name", "Pads", "--udi", pads).err
    [unit] = cli("equipment", "list", "--json").json
    assert (unit["lot"], unit["serial"], unit["expires_on"]) == ("L7", "E12-0098", "2026-03-15")
    assert (unit["made_on"], unit["make"]) == ("2025-01-01", None)
    assert "Pads expires on 2026-03-15" in cli("today").out
    loaded = cli("dataset", "load", "device-identifiers", "-", typed=DEVICES)
    assert loaded.code == 0, loaded.err
    added = cli("equipment", "add", "--name", "Second", "--serial", OTHER)
    assert "are from the list of devices" in added.err
    units = {row["name"]: row for row in cli("equipment", "list", "--json").json}
    assert (units["Second"]["make"], units["Second"]["model"]) == ("Voltra Inc", "HG-2")
    assert cli("dataset", "load", "device-identifiers", "-", typed="a,b\n").code == 1


def test_the_separator_itself_comes_in_from_a_script_and_from_a_file(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    assert office.today
    code = "]d2010061414112345210LOT7\x1d21SN-"
    cli("equipment", "add", "--name", "Pump", "--udi", f"{code}98")
    file = tmp_path / "units.csv"
    file.write_text(f"Asset Name,UDI\nSecond pump,{code}99\n")
    assert "1 added" in cli("equipment", "import", str(file)).err
    units = cli("equipment", "list", "--json").json
    assert [(row["lot"], row["serial"]) for row in units] == [("LOT7", "SN-98"), ("LOT7", "SN-99")]
    assert all("\u241d" in row["udi"] for row in units), "a screen shows it"


def test_a_code_in_a_file_that_no_scanner_reads_is_refused_and_so_is_one_that_says_otherwise(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    assert office.today
    file = tmp_path / "units.csv"
    file.write_text("Asset Name,Serial,UDI\nPump,,(01)00614141123453(21)P1\nECG,Z9," + OTHER)
    said = cli("equipment", "import", str(file)).err
    assert "its check digit is 2" in said
    assert "it says serial E12-0099, and the row has Z9" in said
    assert not cli("equipment", "list", "--json").json
