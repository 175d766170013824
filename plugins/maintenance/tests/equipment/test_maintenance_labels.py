"""Labels of units: their codes in the terminal and on sheets, and the scan that opens the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.exchange.paper.qr_code import half_blocks, squares
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

_LIGHT = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}


@pytest.fixture
def ecg(cli: Cli, office: Office) -> str:
    assert office.today
    cli("equipment", "add", "--name", "ECG cart", "--serial", "E12-0098", "--tag", "A-17")
    return "EQ-1"


def test_a_label_fits_a_terminal_and_says_which_unit_it_is(cli: Cli, ecg: str) -> None:
    lines = cli("equipment", "label", ecg).out.splitlines()
    assert len(lines) < 24
    assert max(map(len, lines)) <= 80
    texts = [line[25:].strip() for line in lines]
    assert texts[1:5] == ["EQ-1", "ECG cart", "Tag A-17", "Serial E12-0098"]


def test_half_blocks_draw_each_square_of_the_code() -> None:
    drawn: list[list[bool]] = []
    for line in half_blocks("]Q1EQ-7"):
        upper, lower = zip(*[_LIGHT[half] for half in line], strict=True)
        drawn += [list(upper), list(lower)]
    inner = [[not light for light in row[2:-2]] for row in drawn[2:-3]]
    assert inner == squares("]Q1EQ-7")


def test_sheets_begin_after_the_labels_that_are_used_up(cli: Cli, ecg: str, tmp_path: Path) -> None:
    for skip, pages in (("29", 1), ("0", 1)):
        sheet = tmp_path / f"{skip}.pdf"
        assert cli("equipment", "label", ecg, "--skip", skip, "--output", str(sheet)).code == 0
        assert sheet.read_bytes().count(b"/Type /Page\n") == pages
    sheet = tmp_path / "two.pdf"
    cli("equipment", "label", ecg, ecg, "--skip", "29", "--output", str(sheet))
    assert sheet.read_bytes().count(b"/Type /Page\n") == 2
    assert "Name equipment" in cli("equipment", "label").err
    assert "match 'status=retired'" in cli("equipment", "label", "--where", "status=retired").err


@pytest.mark.parametrize("sent", ["]Q1EQ-1", "]Q1]Q1EQ-1"], ids=["plain", "with its own prefix"])
def test_a_scan_of_the_label_opens_the_unit(office: Office, ecg: str, sent: str) -> None:
    assert ecg == "EQ-1"
    with Terminal(office) as terminal:
        terminal.burst(*sent, "enter").settle()
        assert terminal.line("ECG cart")
        assert "EQ-1" in terminal.crumbs


def test_a_scan_of_the_maker_s_code_opens_the_unit(cli: Cli, office: Office, ecg: str) -> None:
    cli("equipment", "edit", ecg, "--udi", "(01)00614141123452(21)E12-0098")
    with Terminal(office) as terminal:
        terminal.burst(*"]d2010061414112345221E12-0098", "enter").settle()
        assert "EQ-1" in terminal.crumbs
