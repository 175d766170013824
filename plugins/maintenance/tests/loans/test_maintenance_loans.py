"""Loaners in and out: Today says when one is to go back, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def whats(cli: Cli) -> list[str]:
    """What is due today, in words."""
    return [line["what"] for line in cli("today", "--json").json]


def test_a_loaner_of_a_vendor_is_due_until_it_has_gone_back(cli: Cli, office: Office) -> None:
    assert office.today
    cli("vendor", "add", "--name", "MedTech")
    loan = ("--borrowed-from", "MedTech", "--return-by", "2026-03-06")
    assert cli("equipment", "add", "--name", "Loaner ECG", *loan).code == 0
    says = "EQ-1 Loaner ECG goes back to MedTech by 2026-03-06"
    assert says in whats(cli)
    assert len(cli("equipment", "list", "--view", "borrowed", "--json").json) == 1
    cli("equipment", "retire", "EQ-1", "--reason", "Returned to MedTech")
    assert says not in whats(cli)
    assert cli("equipment", "list", "--view", "borrowed", "--json").json == []
    cli("undo")
    assert says in whats(cli)


def test_a_lent_unit_is_in_its_view_until_it_is_taken_back(cli: Cli, office: Office) -> None:
    assert office.today
    cli("equipment", "add", "--name", "Scale")
    cli("equipment", "lend", "EQ-1", "--lent-to", "Dr. Hahn", "--due-back-on", "2026-03-09")
    [lent] = cli("equipment", "list", "--view", "lent", "--json").json
    assert lent["name"] == "Scale"
    cli("equipment", "take-back", "EQ-1")
    assert cli("equipment", "list", "--view", "lent", "--json").json == []
