"""`--output FILE`: any list, report, sheet or document as a file of each format."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from officeops.exchange import open_table
from officeops.model.exit_codes import DONE, REFUSED, USAGE

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli


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


def test_every_command_that_prints_json_writes_files(cli: Cli) -> None:
    """Whoever adds a list gets its files too; `add` and the like print JSON of one record alone."""
    without: set[tuple[str, ...]] = set()
    for noun in ("item", "vendor", "location"):
        for verb in ("list", "search", "show"):
            if "--output" not in cli(noun, verb, "--help").out:
                without.add((noun, verb))
    for words in (
        ("today",),
        ("search",),
        ("history",),
        ("report",),
        ("reorder",),
        ("count",),
        ("settings",),
    ):
        if "--output" not in cli(*words, "--help").out:
            without.add(words)
    assert not without
