"""`--output FILE`: any list, report, sheet or document as a file of each format."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from pypdf import PdfReader
from tests.cli.command_help import all_commands

from officeops.exchange import open_table
from officeops.model.exit_codes import DONE, REFUSED, USAGE

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli


#: The first words of the help of commands that print something to keep.
PRINTING: Final = {"List", "Print", "Search", "Show"}
#: Commands that print and write no file, and why.
WITHOUT: Final = {
    "access authorized-keys": "asked by sshd, in sshd's own format",
    "completion": "prints a script for a shell to run",
    "seal sheet": "its words open every sealed field, so no file may keep them",
}


@pytest.fixture
def stocked(cli: Cli) -> Cli:
    """An office with two items, one of them with a name that a spreadsheet would run."""
    assert cli("init", "--name", "Elm Street").code == DONE
    rows = "sku,name,reorder_point\nGLV,Gloves,12\nEVL,=1+1,3\n"
    assert cli("item", "import", "-", typed=rows).code == DONE
    return cli


@pytest.mark.parametrize("form", ["csv", "json", "txt"])
def test_a_file_of_text_is_what_is_printed(stocked: Cli, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"items.{form}"
    option = () if form == "txt" else (f"--{form}",)
    printed = stocked("item", "list", *option).out
    assert stocked("item", "list", "--output", str(file)).code == DONE
    assert file.read_text() == printed
    assert stocked("item", "list", "--output", "-", "--format", form).out == printed


def test_a_workbook_has_the_values_and_runs_nothing(stocked: Cli, tmp_path: Path) -> None:
    file = tmp_path / "items.xlsx"
    assert stocked("item", "list", "--output", str(file)).code == DONE
    with open_table(file) as table:
        names = table.columns
        rows = [dict(zip(names, cells, strict=False)) for _, cells in table.rows()]
    assert {row["name"] for row in rows} == {"Gloves", "=1+1"}
    assert {row["reorder_point"] for row in rows} == {12, 3}


def test_pages_have_the_office_its_list_and_who_printed_it(stocked: Cli, tmp_path: Path) -> None:
    file = tmp_path / "items.pdf"
    assert stocked("item", "list", "reorder_point>1", "--output", str(file)).code == DONE
    text = PdfReader(BytesIO(file.read_bytes())).pages[0].extract_text()
    for part in ("Elm Street", "Gloves", "=1+1", "Printed", "reorder_point>1"):
        assert part in text


def test_a_refused_command_leaves_the_file_that_was_there(stocked: Cli, tmp_path: Path) -> None:
    file = tmp_path / "items.pdf"
    file.write_text("before")
    assert stocked("item", "list", "no_such_field=1", "--output", str(file)).code != DONE
    assert file.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_name_that_gives_no_format_is_refused(stocked: Cli, tmp_path: Path) -> None:
    assert stocked("item", "list", "--output", str(tmp_path / "items.doc")).code == USAGE
    assert stocked("item", "list", "--output", "-").code == USAGE
    assert stocked("item", "list", "--format", "pdf").code == USAGE
    assert stocked("item", "list", "--json", "--output", str(tmp_path / "x.pdf")).code == USAGE
    assert stocked("today", "--mark-seen", "--output", str(tmp_path / "x.pdf")).code == USAGE


def test_no_sheet_is_made_of_lines_alone(stocked: Cli, tmp_path: Path) -> None:
    ran = stocked("reorder", "--why", "GLV", "--output", str(tmp_path / "why.xlsx"))
    assert ran.code == REFUSED
    assert not (tmp_path / "why.xlsx").exists()


def test_a_form_of_its_own_is_written_whole_or_not_at_all(stocked: Cli, tmp_path: Path) -> None:
    file = tmp_path / "end.txt"
    printed = stocked("history", "anchor").out
    assert stocked("history", "anchor", "--output", str(file)).code == DONE
    assert file.read_text() == printed
    refused = stocked("history", "anchor", "--output", str(tmp_path / "end.pdf"))
    assert refused.code == USAGE
    assert "end it in .txt, .json" in refused.err


def test_every_command_that_prints_writes_files() -> None:
    """A command whose help begins with Print, List, Show or Search has its files, or a reason."""
    without = set()
    for ctx in all_commands():
        command = ctx.command
        verb = (command.help or "").split(maxsplit=1)[0]
        options = {name for option in command.params for name in option.opts}
        if verb in PRINTING and "--output" not in options:
            without.add(ctx.command_path.removeprefix("officeops "))
    assert without == WITHOUT.keys()
