"""On paper states and verdicts are in people's words; on a terminal they are what a filter takes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader

from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli


def paper(cli: Cli, folder: Path, *line: str) -> str:
    """Return the words of what a command prints on pages."""
    path = folder / "page.pdf"
    ran = cli(*line, "--output", str(path))
    assert ran.code == 0, ran.err
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_printed_tickets_and_units_have_the_words_of_people(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    cli("equipment", "add", "--name", "ECG")
    cli("ticket", "add", "--title", "Flat line", "--equipment", "EQ-1")
    cli("equipment", "take-out", "EQ-1", "--reason", "Flat line")
    key = office.get(Ticket, 1).human_key
    assert cli("ticket", "assign", key, "--assignee", office.actor).code == 0
    for line in (
        ("ticket", "list", "--columns", "title,stage,state"),
        ("ticket", "show", key),
        ("equipment", "show", "EQ-1"),
        ("equipment", "list", "--columns", "name,status"),
        ("repairs",),
    ):
        text = paper(cli, tmp_path, *line)
        assert not {"called_in", "in_service", "out_of_service", "in_progress"} & {*text.split()}
        assert "called in" in text or "out of service" in text, line
    assert "called_in" in cli("ticket", "list").out, "a filter takes this one"
