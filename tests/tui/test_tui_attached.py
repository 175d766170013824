"""Files, notes and tags on a record's screen, at 80x24."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tui.prompt_tools import expect

from officeops.model.settings import SHARED
from officeops.office.crud import add_record
from officeops.tui.testing import Terminal
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[str], None]) -> Office:
    freeze_today("2026-03-02")
    made = office_factory("vendors")
    add_record(made, Vendor, {"name": "Acme"})
    return made


def test_a_record_takes_a_file_a_note_and_tags(office: Office, tmp_path: Path) -> None:
    (tmp_path / "w9.pdf").write_bytes(b"%PDF-1.4")
    with Terminal(office) as terminal:
        terminal.press(":").type("vendor Acme").press("enter")
        terminal.press(":").type("attach").press("enter")
        terminal.type(str(tmp_path / "w9.pdf")).press("ctrl+s")
        expect(terminal, "w9.pdf", "Acme")
        terminal.press(":").type("note").press("enter")
        terminal.type("Rep calls back").press("tab").type("2026-03-02").press("ctrl+s")
        expect(terminal, "Note", "Acme")
        terminal.press(":").type("tag").press("enter")
        terminal.type("urgent, recall").press("ctrl+s")
        expect(terminal, "urgent", "recall")
        assert terminal.line("Files (1)")
        assert terminal.line("w9.pdf  (pdf, 8 bytes)")
        assert terminal.line("Rep calls back  (follow up on")
        assert terminal.line("recall, urgent")
        assert all(len(line) <= 80 for line in terminal.lines)
        while not terminal.current.startswith("w9.pdf"):
            terminal.press("j")
        terminal.press("enter")
        assert "Attachment w9.pdf" in terminal.crumbs
        terminal.press("escape", ":").type("today").press("enter")
        assert terminal.line("Follow up on vendor Acme: Rep calls back")


def test_over_ssh_no_path_of_the_server_is_taken(office: Office) -> None:
    office.machine.fixed = SHARED
    with Terminal(office) as terminal:
        terminal.press(":").type("vendor Acme").press("enter")
        terminal.press(":").type("attach").press("enter")
        expect(terminal, "Attach", "ssh HOST")
