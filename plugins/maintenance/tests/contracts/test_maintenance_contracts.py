"""Contracts over many units: when to give notice, which units they cover, and their renewal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

_DATES = ("--issued-on", "2025-04-01", "--expires-on", "2026-03-31", "--notice-on", "2026-03-15")


@pytest.fixture
def contract(cli: Cli, office: Office) -> str:
    """A contract over two units of an office on March 2, 2026."""
    assert office.today
    for name in ("ECG", "Scale", "Lamp"):
        cli("equipment", "add", "--name", name)
    cli("vendor", "add", "--name", "MedTech")
    units = ("--unit", "EQ-1", "--unit", "EQ-2")
    promised = ("--vendor", "MedTech", "--respond-within", "24h")
    added = cli("service-contract", "add", "--name", "Full service", *promised, *_DATES, *units)
    assert added.code == 0, added.err
    return "SC-1"


def test_today_asks_for_the_notice_before_the_contract_renews_itself(
    cli: Cli, contract: str
) -> None:
    lines = [line["what"] for line in cli("today", "--json").json]
    assert any(line.startswith(f"{contract} Full service can be ended") for line in lines)
    assert any(f"{contract} Full service expires" in line for line in lines)


def test_each_covered_unit_says_so_and_no_other_does(cli: Cli, contract: str) -> None:
    says = "Full service, MedTech, until 2026-03-31, response within 24 hours"
    assert contract == "SC-1"
    for unit, is_covered in (("EQ-1", True), ("EQ-2", True), ("EQ-3", False)):
        assert (says in cli("equipment", "show", unit).out) is is_covered


def test_a_renewal_covers_the_same_units_and_undo_takes_both_back(cli: Cli, contract: str) -> None:
    dates = ("--expires-on", "2027-03-31", "--issued-on", "2026-03-01")
    renewed = cli("service-contract", "renew", contract, *dates)
    assert renewed.code == 0, renewed.err
    assert "until 2027-03-31" in cli("equipment", "show", "EQ-2").out
    assert "until 2026-03-31" not in cli("equipment", "show", "EQ-2").out
    cli("undo")
    assert "until 2026-03-31" in cli("equipment", "show", "EQ-2").out


def test_contracts_and_their_units_survive_export_and_import(
    cli: Cli, contract: str, tmp_path: Path
) -> None:
    assert contract == "SC-1"
    files = {
        noun: str(tmp_path / f"{noun}.csv") for noun in ("vendor", "equipment", "service-contract")
    }
    for noun, file in files.items():
        cli(noun, "export", file)
    other = ("--db", str(tmp_path / "other.db"))
    cli(*other, "init", "--name", "Other")
    for noun, file in files.items():
        back = cli(*other, noun, "import", file)
        assert back.code == 0, back.err
    assert "response within 24 hours" in cli(*other, "equipment", "show", "EQ-2").out


def test_the_screen_of_a_contract_lists_its_units(office: Office, contract: str) -> None:
    with Terminal(office) as terminal:
        terminal.press(":").type(f"service-contract {contract}").press("enter", "enter").settle()
        assert terminal.line("EQ-1 ECG")
        assert terminal.line("Response promised")
