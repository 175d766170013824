"""Workbooks keep their types and row numbers; damaged and hostile ones are refused with the reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from tests.exchange.reading_tools import cells, read, refusal, workbook

from officeops.exchange.formats import sheet_table

if TYPE_CHECKING:
    import xlsxwriter

MORNING = datetime(2024, 5, 6, 7, 8)  # noqa: DTZ001 - a sheet knows no time zones


def test_a_sheet_keeps_types_and_row_numbers() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Stock")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        sheet.write_row(1, 1, [" Item ", "Item", "", "On", 2024])
        sheet.write_string(3, 1, "=text")
        sheet.write_row(3, 2, [3, 2.5])
        sheet.write_datetime(3, 4, date(2024, 5, 6), day)
        sheet.write_datetime(3, 5, MORNING, minute)
        sheet.write_formula(5, 1, "=1+1", None, 2)
        sheet.write_formula(5, 2, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(5, 3, True)  # noqa: FBT003 - its own signature
        sheet.write_datetime(5, 4, time(7, 8), clock)

    with read(workbook(fill), "renamed.csv") as table:
        assert (table.format, table.columns) == (
            "xlsx",
            ["Item", "Item (2)", "Column 3", "On", "2024"],
        )
        first = ["=text", 3, 2.5, date(2024, 5, 6), MORNING]
        assert list(table.rows()) == [(4, first), (6, [2, "#DIV/0!", True, "07:08:00", None])]
        assert type(next(table.rows())[1][1]) is int
        assert len(table.digest) == 64


def test_the_sheet_is_the_first_to_be_seen_or_the_one_named() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        lists = book.add_worksheet("Lists")
        for name in ("Prices", "Old"):
            book.add_worksheet(name).write_column(0, 0, [name, 1])
        book.worksheets()[1].activate()
        lists.write(0, 0, "Lists")
        lists.hide()

    content = workbook(fill)
    with read(content) as table:
        assert (table.columns, len(table.notes), "Prices, Old" in table.notes[0]) == (
            ["Prices"],
            1,
            True,
        )
    assert cells(content, sheet="Old") == [["Old"], [1]]
    assert cells(content, sheet="Lists") == [["Lists"]]
    assert "Its sheets are: Prices, Old." in refusal(content, sheet="New").message
    assert "no sheet" in refusal(content, sheet="\0").message


def test_an_empty_sheet_is_an_empty_table() -> None:
    assert cells(workbook(lambda book: book.add_worksheet())) == [[]]


def test_a_zip_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(64 << 20))
    assert "unpacks" in refusal(out.getvalue(), "t.xlsx").message


def test_two_far_cells_do_not_take_the_program_down() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "z")

    assert "stray cells" in refusal(workbook(fill), "t.xlsx").message


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"PK\x03\x04junk", "t.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "t.xls", "damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "t.xlsx",
            "password",
        ),
        (b"<html><table>", "t.xls", "web page"),
    ],
)
def test_what_only_looks_like_a_workbook_is_refused(content: bytes, name: str, word: str) -> None:
    assert word in refusal(content, name).message


def altered(part: str, *instead: tuple[bytes, bytes]) -> bytes:
    """A workbook with four texts, and something else in one of its parts."""
    out = io.BytesIO()
    book = workbook(
        lambda book: [
            book.add_worksheet().write_row(0, 0, ["a", "b"]),
            book.worksheets()[0].write_row(1, 0, ["x", "y"]),
        ]
    )
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                for old, new in instead:
                    assert old in content
                    content = content.replace(old, new, 1)
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("index", [b"-1", b"x", b"1.5", b"99999999999"])
def test_a_cell_never_shows_the_text_of_another(index: bytes) -> None:
    assert cells(altered("xl/worksheets/sheet1.xml", (b"<v>2</v>", b"<v>3</v>")))[1] == ["y", "y"]
    content = altered("xl/worksheets/sheet1.xml", (b"<v>2</v>", b"<v>" + index + b"</v>"))
    assert (
        "refers to its text by something that is not a number" in refusal(content, "t.xlsx").message
    )


@pytest.mark.parametrize(
    ("part", "instead", "word"),
    [
        ("xl/worksheets/sheet1.xml", [(b"<v>2</v>", b"<v>99</v>")], "damaged inside a sheet"),
        ("xl/worksheets/sheet1.xml", [(b"</row>", b"</ro")], "damaged inside a sheet"),
        ("xl/sharedStrings.xml", [(b"<sst", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst'), (b"<t>y<", b"<t>&e;<")], "declares entities"),
        ("xl/sharedStrings.xml", [(b"</sst>", b"</ss")], "is damaged"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_workbook_is_told(
    part: str, instead: list[tuple[bytes, bytes]], word: str
) -> None:
    error = refusal(altered(part, *instead), "t.xlsx")
    assert word in error.message
    assert "stray cells" not in error.message


def test_other_archives_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    assert "not a workbook" in refusal(out.getvalue(), "t.zip").message


def test_text_named_as_a_workbook_is_read_as_text() -> None:
    assert cells(b"a\tb\n1\t2\n", "export.xls") == [["a", "b"], ["1", "2"]]
    assert "damaged" in refusal(b"a\tb\n", "export.xls", format="xls").message


def test_a_workbook_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook(lambda book: book.add_worksheet())
    monkeypatch.setattr(sheet_table, "FILE_LIMIT", 1)
    assert "larger" in refusal(content, "t.xlsx").message
