"""What is written can be read back, and no spreadsheet can be made to run it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from officeops.exchange.formats import writing
from officeops.exchange.formats.reading import Cell, open_table
from officeops.exchange.formats.writing import (
    Plain,
    Unwritable,
    guard,
    unguard,
    write_csv,
    write_json,
    write_xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
SIGNS = "=+-@＝＋－＠"
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*")
TRICKY = st.text(st.sampled_from(SIGNS + "'\"\t\r\n ,;0159.x\xa0"), max_size=8)
ROWS: list[list[Plain]] = [["Gauze 4x4", 3, True, None], ["=1+1", -5, False, ""]]


def csv_of(columns: list[str], rows: list[list[Plain]]) -> str:
    out = io.StringIO(newline="")
    write_csv(out, columns, rows)
    return out.getvalue()


def xlsx_of(columns: list[str], rows: list[list[Plain]], title: str = "Items") -> bytes:
    out = io.BytesIO()
    write_xlsx(out, columns, rows, title)
    return out.getvalue()


def read(content: bytes) -> list[list[Cell]]:
    with open_table(None, stream=io.BytesIO(content)) as table:
        return [[*table.columns], *(row for _, row in table.rows())]


@given(st.text() | TRICKY)
@example("''=1")
@example("'")
@example("'-5")
@example("-5\n")
def test_unguard_gives_back_what_guard_was_given(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text) in (text, "'" + text)


@given(TRICKY, TRICKY)
def test_no_two_texts_are_guarded_to_the_same(one: str, other: str) -> None:
    assert (guard(one) == guard(other)) == (one == other)


@given(TRICKY)
def test_no_written_text_begins_as_a_formula(text: str) -> None:
    start = guard(text).lstrip()
    assert not start.startswith(tuple(SIGNS)) or NUMBER.fullmatch(start)


@pytest.mark.parametrize(
    "text", [*SIGNS, "-x", "+1 2", "-5\n", "\tx", "\rx", "\nx", "  =1", "\xa0=1", "'=1", "''=1"]
)
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "x", "-5", "+1.50", "-1,234.50", "'x", "'", "'-5", "1=1", "a-b", " x", "4'"]
)
def test_what_is_harmless_is_left_alone(text: str) -> None:
    assert guard(text) == text == unguard(text)


def test_csv_is_rfc_4180_with_line_feeds() -> None:
    text = csv_of(
        ["Item", "On hand", "Active", "=Note"], [*ROWS, ['4" tape, "x"', 0, None, "a\rb\nc"]]
    )
    assert text == (
        'Item,On hand,Active,\'=Note\nGauze 4x4,3,true,\n\'=1+1,-5,false,\n"4"" tape, ""x""",0,,"a\rb\nc"\n'
    )


@settings(deadline=None)  # the first run imports the reader
@given(st.lists(st.lists(TEXT | TRICKY, min_size=2, max_size=2)))
@example([[" ", ' "']])
def test_any_text_written_as_csv_is_read_back(rows: list[list[str]]) -> None:
    text = csv_of(["a", "b"], [list(row) for row in rows])
    found = [[unguard(str(cell)).lstrip(" ") for cell in row] for row in read(text.encode())[1:]]
    # Spaces before a cell mean nothing: quotation marks behind one are looked for as other programs write them.
    assert found == [
        [cell.lstrip(" ") for cell in row]
        for row in rows
        if any(guard(cell).strip() for cell in row)
    ]
    assert [
        [unguard(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))
    ] == [["a", "b"], *rows]


def test_json_is_one_array_with_an_object_to_a_line() -> None:
    out = io.StringIO()
    write_json(out, ["Name", "N"], [["Café", 1], [None, True]])
    assert out.getvalue() == '[\n{"Name": "Café", "N": 1},\n{"Name": null, "N": true}\n]\n'


def test_json_of_nothing_is_an_empty_array() -> None:
    out = io.StringIO()
    write_json(out, ["Name"], [])
    assert out.getvalue() == "[]\n"


@given(st.lists(st.tuples(st.none() | st.booleans() | st.integers() | st.text())))
def test_any_value_written_as_json_is_read_back(rows: list[tuple[Plain]]) -> None:
    out = io.StringIO()
    write_json(out, ["a"], rows)
    assert json.loads(out.getvalue()) == [{"a": value} for (value,) in rows]


def test_a_row_of_another_length_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="zip"):
        write_json(io.StringIO(), ["a", "b"], [[1]])


def test_a_workbook_gives_back_what_was_written() -> None:
    rows: list[list[Plain]] = [
        ["=1+1", "https://example.org", "-5", "007"],
        [7, True, None, 10**15],
        ["a\rb\n\x01_x0041_ é", "", "'x", -(10**14)],
    ]
    found = read(xlsx_of(["Item", "=b", "c", "d"], rows))
    assert found[0] == ["Item", "=b", "c", "d"]
    assert found[1:3] == [rows[0], [7, True, None, str(10**15)]]
    assert found[3] == [rows[2][0], None, "'x", -(10**14)]


@pytest.mark.parametrize("title", ["", "History", "a/b:c*d", "'quoted'", "x" * 40, "Café", "[]"])
def test_any_title_makes_a_sheet(title: str) -> None:
    assert read(xlsx_of(["a"], [[1]], title)) == [["a"], [1]]


def test_what_a_sheet_cannot_hold_is_refused_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unwritable, match="Row 2 has a text longer"):
        xlsx_of(["a"], [["x" * 32_768]])
    with pytest.raises(Unwritable, match="columns"):
        xlsx_of(["a"] * 16_385, [])
    monkeypatch.setattr(writing, "_ROW_LIMIT", 3)
    with pytest.raises(Unwritable, match="at most 2 rows"):
        xlsx_of(["a"], [[1], [2], [3]])


def test_taking_a_guard_off_loads_nothing_heavy() -> None:
    code = (
        "import sys, officeops.exchange; before = set(sys.modules); import officeops.exchange.formats.writing; "
        "print(*{'csv', 'json', 'xlsxwriter'} & set(sys.modules) - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_an_export_says_that_it_took_the_place_of_a_file(cli: Cli, tmp_path: Path) -> None:
    """Cron writes the same file each night, so it is replaced; a person learns of it."""
    file = tmp_path / "sheet.csv"
    first = cli("location", "export", str(file))
    again = cli("location", "export", str(file))
    assert (first.code, again.code) == (0, 0)
    assert "in place of the file that was there" not in first.err
    assert "in place of the file that was there" in again.err
    assert "in place" not in cli("location", "export", "-").err
