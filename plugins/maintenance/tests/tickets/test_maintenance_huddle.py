"""The morning's page: what waits for a vendor, which units may be recalled, what ends this week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def huddle(cli: Cli) -> str:
    ran = cli("huddle")
    assert ran.code == 0, ran.err
    return ran.out


@pytest.fixture
def ecg(cli: Cli, office: Office) -> str:
    assert office.today
    cli("vendor", "add", "--name", "MedTech")
    cli("equipment", "add", "--name", "ECG", "--make", "Voltra", "--model", "E12")
    cli("ticket", "add", "--title", "Flat line", "--equipment", "EQ-1")
    return "TK-1"


def test_a_ticket_waits_for_its_vendor_until_they_answer(cli: Cli, ecg: str) -> None:
    says = "TK-1 Flat line (EQ-1 ECG): waits for MedTech since"
    assert says not in huddle(cli)
    cli("ticket", "assign", ecg, "--vendor", "MedTech")
    assert says in huddle(cli)
    cli("ticket", "vendor-answered", ecg)
    assert says not in huddle(cli)
    cli("ticket", "wait", ecg, "--waiting-for", "vendor")
    assert says in huddle(cli)
    cli("ticket", "close", ecg)
    assert says not in huddle(cli)


def test_a_unit_that_may_be_recalled_is_not_to_be_used_until_somebody_decides(
    cli: Cli, ecg: str
) -> None:
    assert ecg
    cli("recall", "add", "--number", "Z-1", "--firm", "Voltra", "--product", "Voltra E12")
    says = "EQ-1 ECG may be recalled by Z-1: decide"
    assert says in huddle(cli)
    cli("recall-candidate", "affected", "RM-1", "--reason", "On the plate")
    page = huddle(cli)
    assert says not in page
    assert "EQ-1 ECG, quarantined: Recall Z-1" in page


def test_a_contract_is_named_in_the_week_of_its_notice_and_of_its_end(cli: Cli, ecg: str) -> None:
    assert ecg
    dates = ("--expires-on", "+5d", "--notice-on", "+2d")
    cli("service-contract", "add", "--name", "Full service", *dates)
    cli("service-contract", "add", "--name", "Lamp", "--expires-on", "+6d")
    cli("service-contract", "add", "--name", "Later", "--expires-on", "+9d")
    page = huddle(cli)
    assert "SC-1 Full service: last day for notice is" in page
    assert "SC-2 Lamp ends on" in page
    assert "Later" not in page
