"""Any table an office has is read as it was meant, and what cannot be is refused with a sentence."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tracemalloc
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from officeops.exchange.formats import csv_table, dialect, json_table, sheet_table, source
from officeops.exchange.formats.reading import Cell, Table, Unreadable, open_table

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[3] / "shared/data"
MORNING = datetime(2024, 5, 6, 7, 8)  # noqa: DTZ001 - a sheet knows no time zones
SPECTRUM = sorted((DATA / "csv-spectrum/csvs").glob("*.csv"))


def read(content: bytes, name: str = "t.csv", **how: str) -> Table:
    return open_table(None, stream=io.BytesIO(content), name=name, **how)


def cells(content: bytes, name: str = "t.csv", **how: str) -> list[list[Cell]]:
    with read(content, name, **how) as table:
        return [[*table.columns], *(row for _, row in table.rows())]


def refusal(content: bytes, name: str = "t.csv", **how: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught, read(content, name, **how) as table:
        list(table.rows())
    assert caught.value.message[0].isupper() or caught.value.message.startswith((name, "'"))
    assert caught.value.message.endswith((".", "?"))
    return caught.value


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


# Dialects of CSV


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('first,address\nJohn,"Anytown, WW"', [["first", "address"], ["John", "Anytown, WW"]]),
        ('a,b,c\r\n1,"",""\r\n2,3,4', [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
        ('a,b\n1,"ha ""ha"" ha"\n3,4\n', [["a", "b"], ["1", 'ha "ha" ha'], ["3", "4"]]),
        ('a,b\n"Once upon \r\na time",5\n', [["a", "b"], ["Once upon \r\na time", "5"]]),
        ("a,b\r1,2\r3,4\r", [["a", "b"], ["1", "2"], ["3", "4"]]),
        (
            "name;price\nGauze;1,50\nTape;2,50\n",
            [["name", "price"], ["Gauze", "1,50"], ["Tape", "2,50"]],
        ),
        ("a;b,c;d\n1;2,5;3\n", [["a", "b,c", "d"], ["1", "2,5", "3"]]),
        ("a\tb\n1, 2\t3\n", [["a", "b"], ["1, 2", "3"]]),
        ('"a"|"b"\n"1|2"|3\n', [["a", "b"], ["1|2", "3"]]),
        ("sep=;\r\na;b\r\n1,2;3\r\n", [["a", "b"], ["1,2", "3"]]),
        ("sep=#\na#b\n1,2#3\n", [["a", "b"], ["1,2", "3"]]),
        ('"a", "b"\n"1", "2, 3"\n', [["a", "b"], ["1", "2, 3"]]),
        ('a\tb\n"Q" tips\t1\n', [["a", "b"], ['"Q" tips', "1"]]),
        ("Name\nAnn\nBob\n", [["Name"], ["Ann"], ["Bob"]]),
        ("", [[]]),
        ("\n\n", [[]]),
        ("a,b\n", [["a", "b"]]),
    ],
)
def test_each_dialect_is_recognised(text: str, expected: list[list[str]]) -> None:
    assert cells(text.encode()) == expected


@pytest.mark.parametrize("path", SPECTRUM, ids=lambda path: path.stem)
def test_csv_spectrum(path: Path) -> None:
    expected = json.loads((path.parents[1] / "json" / f"{path.stem}.json").read_text("utf-8"))
    with open_table(path) as table:
        found = [dict(zip(table.columns, row, strict=True)) for _, row in table.rows()]
    if (
        path.stem == "location_coordinates"
    ):  # the set's own answer has another telephone number in it
        assert [row["Cities"] for row in found] == ["Modesto"]
    else:
        assert found == expected


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=3, max_size=3
        )
    ),
    st.sampled_from(list(dialect.NAMES)),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_csv_writer_quotes_is_read_back(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["a", "b", "c"], *rows])
    expected = [row for row in rows if any(cell.strip() for cell in row)]
    assert cells(out.getvalue().encode(encoding), delimiter=delimiter)[1:] == expected


def test_a_delimiter_that_is_given_is_not_questioned() -> None:
    assert cells(b"a;b,c\n1;2,3\n", delimiter=",") == [["a;b", "c"], ["1;2", "3"]]
    assert cells(b"a\tb\n", delimiter="\\t") == [["a", "b"]]
    assert "single character" in refusal(b"a,b\n", delimiter="||").message


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    with read(b'\na,b\n\n1,"x\r\ny"\n , \n2,3\n"4\n",5') as table:
        assert list(table.rows()) == [(4, ["1", "x\r\ny"]), (7, ["2", "3"]), (8, ["4\n", "5"])]
    with read(b"sep=;\na;b\n1;2\n") as table:
        assert [line for line, _ in table.rows()] == [3]


def test_rows_may_be_read_again_and_side_by_side() -> None:
    with read(b"a,b\n1,2\n3,4\n") as table:
        assert list(zip(table.rows(), table.rows(), strict=True)) == [
            ((n, r), (n, r)) for n, r in table.rows()
        ]


def test_short_rows_are_filled_up_and_long_ones_shown() -> None:
    rows = cells(b"a,b\n1\n1,2,3\n1,2,,\n")[1:]
    assert rows == [["1", None], ["1", "2", "3"], ["1", "2"]]


def test_column_names_are_all_there_and_all_different() -> None:
    names = b" Name ,Name,,Name (2),Name\n"
    assert cells(names)[0] == ["Name", "Name (2)", "Column 3", "Name (2) (2)", "Name (3)"]


def test_the_digest_is_that_of_the_bytes() -> None:
    content = b"a,b\r\n1,\xe9\r\n"
    with read(content) as table:
        assert table.digest == hashlib.sha256(content).hexdigest()


# Encodings of CSV


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_each_encoding_is_recognised(encoding: str) -> None:
    text = "Größe\tPreis\nÄrmel\t3 €\nCafé crème\t“5”\n" * 3
    with read(text.encode(encoding)) as table:
        assert table.columns == ["Größe", "Preis"]
        assert next(table.rows()) == (2, ["Ärmel", "3 €"])
        shown = (
            "Windows-1252" if encoding == "cp1252" else encoding.removesuffix("-sig")[:6].upper()
        )
        assert table.notes[0] == f"Read as {shown}, tab-separated."
        assert ("guess" in " ".join(table.notes)) == (encoding == "cp1252")


def test_an_old_encoding_is_noticed_however_late() -> None:
    filler = b"a,b\n" + b"1,2\n" * 400_000
    rows = cells(filler + "é,ü\n".encode("cp1252"))
    assert rows[-1] == ["é", "ü"]


def test_a_byte_order_mark_is_no_part_of_a_quoted_header() -> None:
    assert cells('\ufeff"a","b"\n1,2\n'.encode(), encoding="utf-8")[0] == ["a", "b"]
    assert cells("\ufeffa,b\n".encode("utf-16-le"), encoding="utf-16-le")[0] == ["a", "b"]


def test_damaged_utf8_is_not_turned_into_other_letters() -> None:
    error = refusal("a,b\né,ü\nö,ä\n".encode() + b"\xff,1\n")
    assert (error.line, "UTF-8" in error.message) == (4, True)


def test_two_encodings_in_one_file_are_refused_by_their_first_lines() -> None:
    good, bad = "Müller,1\n".encode(), "Weiß,2\n".encode("cp1252")
    for content, line in (
        (good + bad, 3),
        (bad + good, 2),
        (b"x,1\r\n" * 400_000 + bad + good, 400_002),
    ):
        error = refusal(b"name,n\n" + content)
        assert error.line == line
        which = {
            line: "is not",
            line + (1 if content.startswith(bad) or line > 3 else -1): "is UTF-8",
        }
        assert all(f"line {number} {what}" in error.message for number, what in which.items())
        assert "--encoding cp1252" in error.message
    assert cells(b"name,n\n" + good + bad, encoding="cp1252")[2] == ["Weiß", "2"]
    assert cells(b"\xef\xbb\xbfname,n\n" + bad, encoding="cp1252")[1] == ["Weiß", "2"]


def test_an_encoding_that_is_given_is_kept_to() -> None:
    assert cells("a\né\n".encode("cp850"), encoding="cp850") == [["a"], ["é"]]
    assert refusal(b"a\n1\n\xe9\n", encoding="utf-8").line == 3
    for unknown in ("klingon", "base64", "\0"):
        assert "no encoding" in refusal(b"a\n", encoding=unknown).message


# CSV that means harm


def test_zero_bytes_are_refused() -> None:
    assert refusal(b"a,b\r\n1,2\r\n3,\x00\r\n").line == 3


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        (b'a,b\n1,2\n"3,4\n5,6\n', 3, "never closed"),
        (b'a,b\n1,2\n"12" syringe",4\n', 3, "written twice"),
        (b"a,b\n1," + b"x" * (dialect.CELL_LIMIT + 1), 2, "1 MiB"),
        (b'a,b\n1,2\n"' + b"x\n" * dialect.CELL_LIMIT, 3, "1 MiB"),
        (b"a,b\n" + b"x," * csv_table.LINE_LIMIT, 2, "no end"),
        (b'a,b\n1,2\n"' + b'\n","' * (csv_table.LINE_LIMIT // 3), 3, "1 MiB"),
    ],
    ids=["open quote", "loose quote", "cell", "lines", "line", "record"],
)
def test_what_would_swallow_rows_or_memory_is_refused_by_line(
    content: bytes, line: int, word: str
) -> None:
    error = refusal(content)
    assert error.line == line
    assert word in error.message


def test_a_million_columns_are_refused() -> None:
    assert "columns" in refusal(b"a," * 1_000_000 + b"\n1\n").message


# XLSX


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


# JSON


def test_json_arrays_and_lines_are_read_alike() -> None:
    expected = [["a", "b", "c"], [1, "x", None], [2.5, None, True]]
    assert cells(b'[{"a": 1, "b": "x"},\n {}, {"a": 2.5, "c": true}]', "t.json") == expected
    assert cells(b'\xef\xbb\xbf{"a":1,"b":"x"}\n\n{"a":2.5,"c":true}', "t.jsonl") == expected
    with read(b'[{"a": 1}, {"a": null}, {"a": 3}]', "no-extension") as table:
        assert list(table.rows()) == [(1, [1]), (3, [3])]
    assert cells(b"[]", "t.json") == cells(b"", "t.json") == [[]]


@settings(deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("abc"), st.none() | st.booleans() | st.integers() | st.text('xé"\\{}')
        )
    )
)
def test_any_flat_json_is_read_whatever_the_size_of_its_pieces(
    records: list[dict[str, object]],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_table, "CHUNK", 3)
        with read(json.dumps(records, indent=1).encode(), "t.json") as table:
            found = [dict(zip(table.columns, row, strict=True)) for _, row in table.rows()]
    kept = [
        record for record in records if any(value not in (None, "") for value in record.values())
    ]
    names = {name for record in records for name in record}
    assert found == [{name: record.get(name) for name in names} for record in kept]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (
            '[{"a": 1}, {"b": {"c": 1}}]',
            2,
            'nested value, where only text, numbers, true, false and null can be read, under "b"',
        ),
        ('[{"a": [1]}]', 1, "nested"),
        ('[{"a": 1, "a": 2}]', 1, '"a" twice'),
        ('[{"a": NaN}]', 1, "NaN"),
        ('[{"a": -Infinity}]', 1, "Infinity"),
        ('[{"a": 1e999}]', 1, "too large"),
        ('[{"a": ' + "9" * 5000 + "}]", 1, "too long"),
        ('[{"a": "\\ud800"}]', 1, "no text"),
        ('[{"\\u0000": 1}]', 1, "no text"),
        ('[{"a": 1}, 2]', 2, "not an object"),
        ('[{"a": 1} {"a": 2}]', 1, "comma"),
        ('[{"a": 1}', 1, "comma"),
        ('[{"a": 1}, ', 2, "not valid JSON"),
        ('[{"a": 1}] x', 1, "goes on"),
        ('[{"a": ' + "[" * 100_000, 1, "nested too deeply"),
        ("nonsense", 1, "not valid JSON"),
    ],
)
def test_json_that_is_no_table_is_refused_by_record(text: str, line: int, word: str) -> None:
    error = refusal(text.encode(), "t.json")
    assert error.line == line
    assert word in error.message


def test_json_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_table, "FILE_LIMIT", 1)
    assert "larger" in refusal(b"[]", "t.json").message


# files


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, word in [
        (tmp_path / "none.csv", "no file"),
        (tmp_path, "a folder"),
        (tmp_path / "pipe", "a pipe"),
        (Path("/dev/null"), "a device"),
        (tmp_path / ("x" * 300), "too long"),
        (Path("a\0b"), "could not be opened"),
    ]:
        with pytest.raises(Unreadable, match=word):
            open_table(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pay.csv"
    path.write_bytes(b"a\n")
    path.chmod(0)
    with pytest.raises(Unreadable, match="may not read"):
        open_table(path)


def test_a_file_written_to_while_it_is_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n1,2\n3,4\n")
    with open_table(path) as table:
        rows = table.rows()
        next(rows)
        with path.open("ab") as file:
            file.write(b"5,6\n")
        with pytest.raises(Unreadable, match="changed"):
            list(rows)
        with pytest.raises(Unreadable, match="changed"):
            list(table.rows())


def test_an_endless_stream_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "SPOOL_LIMIT", 10)
    assert "longer" in refusal(b"a,b\n" * 10).message


def test_a_format_nobody_knows_is_refused() -> None:
    assert "csv, json, ods, xls, xlsb, xlsx" in refusal(b"a\n", format="pdf").message
    assert cells(b"a\n1\n", "t.json", format="csv") == [["a"], ["1"]]


def test_without_a_path_or_stream_there_is_nothing_to_open() -> None:
    with pytest.raises(TypeError):
        open_table(None)


@pytest.mark.parametrize(("name", "rows"), [("device", None), ("identifiers", 4332)])
def test_device_identification_files_are_read_whole(name: str, rows: int | None) -> None:
    path = DATA / f"gudid-slice/{name}.psv"
    if not path.exists():
        pytest.skip("the set is not here")
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file, delimiter="|"))
    with open_table(path) as table:
        found = [row for _, row in table.rows()]
        assert table.notes == ["Read as UTF-8, bar-separated."]
        assert [table.columns, *found] == expected
    assert rows is None or len(found) == rows


@pytest.mark.parametrize("path", sorted(DATA.glob("*/*.csv")), ids=lambda path: path.stem)
def test_every_row_of_real_exports_fits_its_header(path: Path) -> None:
    with open_table(path) as table:
        assert {len(row) for _, row in table.rows()} <= {len(table.columns)}
        assert len(table.columns) > 1 or path.stem in {
            "locationGroups",
            "inventory_transaction_types",
        }


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"item,note\n" + b"Gauze,4x4 sterile\n" * 500_000)
    tracemalloc.start()
    try:
        with open_table(path) as table:
            assert sum(1 for _ in table.rows()) == 500_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size // 2


@pytest.mark.parametrize(
    "name", ["Mac Roman", "mac_roman", "macintosh", "x-mac-roman", "Western (Macintosh)"]
)
def test_an_encoding_goes_by_the_name_that_messages_give_it(name: str) -> None:
    assert cells("naïve\nCafé\n".encode("mac_roman"), encoding=name) == [["naïve"], ["Café"]]
