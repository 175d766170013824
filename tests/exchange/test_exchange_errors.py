"""Errors of spreadsheets are errors: in no format is #N/A read as a blank or as 0, and its row is refused by name."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from officeops.exchange.columns.cell_errors import is_error
from officeops.exchange.formats.reading import Cell, Unreadable, open_table
from officeops.exchange.formats.sheet_months import shows_month
from officeops.values.conventions import Conventions
from officeops.values.dates import Month, read_date

if TYPE_CHECKING:
    from officeops.testing import Cli

ERRORS = ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]
XLS = Path(__file__).parents[1] / "kept" / "errors.xls"


def cells(content: bytes, name: str, sheet: str | None = None) -> list[list[Cell]]:
    with open_table(None, stream=io.BytesIO(content), name=name, sheet=sheet) as table:
        return [row for _, row in table.rows()]


# -- each format -------------------------------------------------------------------------------------------


def xlsx(errors: list[str]) -> bytes:
    """A workbook whose second column holds errors, with a sheet before it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Cover").write(0, 0, "#N/A is no error here")
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 2, ["sku", "qty"])
        for row, error in enumerate(errors, 1):
            sheet.write(row, 2, f"A{row}")
            sheet.write_formula(row, 3, "=X", None, error)
        sheet.write_row(len(errors) + 1, 2, ["B", 5])
    return out.getvalue()


def xlsb(codes: list[int]) -> bytes:
    """The least workbook of records that has a sheet called Data: error cells, then computed errors."""
    book = [
        record(131),
        record(143),
        record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Data")),
    ]
    sheet = [record(129), record(148, struct.pack("<IIII", 0, len(codes) + 1, 0, 1)), record(145)]
    sheet += [row(0), cell(6, 0, wide("sku")), cell(6, 1, wide("qty"))]
    for place, code in enumerate(codes, 1):
        sheet += [
            row(place),
            cell(6, 0, wide(f"A{place}")),
            cell(3 + 8 * (place % 2), 1, bytes([code]) + bytes(10)),
        ]
    sheet += [
        row(len(codes) + 1),
        cell(6, 0, wide("B")),
        cell(5, 1, struct.pack("<d", 5)),
        record(146),
        record(130),
    ]
    relation = '<Relationship Id="rId1" Type="http://t/worksheet" Target="worksheets/sheet1.bin"/>'
    return archive(
        {
            "xl/workbook.bin": b"".join([*book, record(144), record(132)]),
            "xl/worksheets/sheet1.bin": b"".join(sheet),
            "xl/_rels/workbook.bin.rels": f'<?xml version="1.0"?><Relationships>{relation}</Relationships>'.encode(),
        }
    )


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + content


def row(place: int) -> bytes:
    return record(0, struct.pack("<I", place) + bytes(13))


def cell(kind: int, column: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + value)


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def ods(rows: str, manifest: str = "") -> bytes:
    """A spreadsheet as LibreOffice writes it."""
    spaces = "".join(f' xmlns:{name}="urn:{name}"' for name in ("calcext",)) + "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    head = "<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        for name in ("sku", "qty")
    )
    table = f'<table:table table:name="Data">{head}</table:table-row>{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces}>{body}</office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive(
        {
            "mimetype": kind.encode(),
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>".encode(),
            "content.xml": content.encode(),
        }
    )


def ods_row(cell: str, times: int = 1) -> str:
    name = '<table:table-cell office:value-type="string"><text:p>A</text:p></table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{times}">{name}{cell}</table:table-row>'


def test_each_error_of_an_xlsx_is_seen_where_it_is() -> None:
    rows = cells(xlsx(ERRORS), "t.xlsx", "Data")
    assert rows == [*([f"A{n}", error] for n, error in enumerate(ERRORS, 1)), ["B", 5]]


def test_each_error_of_an_xlsb_is_seen_where_it_is() -> None:
    codes = [0x2A, 0x17, 0x07, 0x0F, 0x1D, 0x24, 0x00]
    assert cells(xlsb(codes), "t.xlsb") == [
        *([f"A{n}", error] for n, error in enumerate(ERRORS, 1)),
        ["B", 5],
    ]


def test_each_error_of_an_xls_is_seen_where_it_is() -> None:
    rows = cells(XLS.read_bytes(), "t.xls", "Data")
    assert rows == [*([f"A{n}", error] for n, error in enumerate(ERRORS, 1)), ["B", 5]]


def test_each_error_of_an_ods_is_seen_where_it_is() -> None:
    said = '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>{}</text:p></table:table-cell>'
    zero = '<table:table-cell office:value-type="float" office:value="0"><text:p>Err:502</text:p></table:table-cell>'
    good = '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'
    rows = (
        "".join(ods_row(said.format(error)) for error in ERRORS) + ods_row(zero, 2) + ods_row(good)
    )
    expected = [["A", error] for error in [*ERRORS, "Err:502", "Err:502"]]
    assert cells(ods(rows), "t.ods") == [*expected, ["A", 5]]


def test_a_formula_that_was_never_computed_is_not_blank() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["sku", "qty", "note"])
        sheet.write(1, 0, "A")
        sheet.write_formula(1, 1, "=1+1", None, "")
        sheet.write_formula(1, 2, '=""', None, "")
        sheet.write_formula(4, 3, "=1+1", None, "")
    content = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b'<c r="C2">', b'<c r="C2" t="str">'
    )  # as Excel writes an empty text
    assert cells(archive(parts), "t.xlsx") == [
        ["A", "#UNCOMPUTED!", None, None],
        [None, None, None, "#UNCOMPUTED!"],
    ]


def test_a_spreadsheet_under_a_password_says_so() -> None:
    locked = ods("", "<manifest:encryption-data/>").replace(b"<?xml", b"\x01\x02\x03\x04\x05")
    with pytest.raises(Unreadable, match="password"):
        cells(locked, "t.ods")


# -- what counts as one, and what an import makes of it ------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *ERRORS,
        *"#SPILL! #CALC! #FIELD! #BLOCKED! #ERROR! #NV #BEZUG! #WERT! #ZAHL! #VALEUR! #NOM? #NOMBRE! #N/D #¡REF!".split(),
        *"#¡VALOR! #¿NOMBRE? #RIF! #VALORE! #NOME? #VERW! #WAARDE! #NAAM? #DEEL/0! #ADR! #ARG! #ЗНАЧ! #Н/Д ######".split(),
        *("Err:502", "Err:522", "Fehler:508", "Loading...", "#UNCOMPUTED!"),
    ],
)
def test_errors_of_any_spreadsheet_are_known(text: str) -> None:
    assert is_error(text)


@pytest.mark.parametrize(
    "text",
    ["#12", "# 10 blade", "#10!", "#4-0 silk", "A#", "#", "##", "Errata:502", "#a!", "Gauze", ""],
)
def test_names_with_a_cross_are_names(text: str) -> None:
    assert not is_error(text)


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "Err:502", "Loading...", "####", "#NV"])
@pytest.mark.parametrize(
    "column",
    [
        "name",
        "category",
        "description",
        "reorder_point",
        "price",
        "vendor",
        "expires_on",
        "discontinued",
    ],
)
def test_the_row_of_an_error_is_refused_whatever_its_column_holds(
    cli: Cli, column: str, error: str
) -> None:
    others = "".join(f"B{n},Gauze {n},,,,,,,\n" for n in range(30))
    names = [
        "sku",
        "name",
        "category",
        "description",
        "reorder_point",
        "price",
        "vendor",
        "expires_on",
        "discontinued",
    ]
    values = ["A", "Gloves", *[""] * 7]
    values[names.index(column)] = error
    ran = cli(
        "item", "import", "-", "--json", typed=f"{','.join(names)}\n{others}{','.join(values)}\n"
    )
    answer = ran.json
    assert isinstance(answer, dict)
    assert (ran.code, [(bad["line"], bad["column"], bad["value"]) for bad in answer["bad"]]) == (
        1,
        [(32, column, error)],
    )
    assert "error of the spreadsheet" in answer["bad"][0]["reason"]


def test_an_error_may_be_told_to_mean_nothing(cli: Cli) -> None:
    ran = cli(
        "item",
        "import",
        "-",
        "--map",
        "category=category:#N/A=",
        typed="sku,name,category\nA,Gloves,#N/A\n",
    )
    assert ran.code == 0
    assert cli("item", "list", "--json").json[0]["category"] is None


# -- what a spreadsheet ruined ---------------------------------------------------------------------------------


def test_codes_that_only_look_so_are_taken(cli: Cli) -> None:
    rows = "sku,name\n12E45,Tape\nE+5,Gauze\n1E5,Lid\nBE+12,Cap\n"
    assert cli("item", "import", "-", typed=rows).code == 0
    assert len(cli("item", "list", "--json").json) == 4


def test_numbers_and_dates_of_a_sheet_that_were_codes_are_refused(cli: Cli, tmp_path: Path) -> None:
    """A lot of 17 digits has its last ones rounded, and a SKU 5-1 is a date."""
    path = tmp_path / "codes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["sku", "name", "barcode", "pack"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 0, [1001, "Tape", 4006381333931, "box of 2"])
        sheet.write_row(2, 0, ["L", "Lid", 12345678901234567, "box of 2"])
        sheet.write_row(3, 0, ["C", "Cap", 4006381333931000, "box of 2"])
        sheet.write(4, 0, datetime(2026, 5, 1), day)  # noqa: DTZ001 - a sheet's day
        sheet.write(4, 1, "Pin")
    ran = cli("item", "import", str(path), "--json", "--skip-bad")
    assert (ran.code, ran.json["added"]) == (5, 1)
    assert [(bad["line"], bad["column"]) for bad in ran.json["bad"]] == [
        (3, "barcode"),
        (4, "barcode"),
        (5, "sku"),
    ]
    assert cli("item", "show", "1001", "--json").json["name"] == "Tape"


# -- months ----------------------------------------------------------------------------------------------------


def months_xlsx(code: str, day: int = 1) -> bytes:
    """A workbook with a day in March 2027 in one format, beside the same day in full, below and right of the corner."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, ["item", "number", "expires on"])
        month, full = (
            book.add_format({"num_format": code}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        for row, form in enumerate((month, full), 3):
            sheet.write_row(row, 1, ["G", f"L{row}"])
            sheet.write_datetime(row, 3, datetime(2027, 3, day), form)  # noqa: DTZ001 - a sheet's day
    return out.getvalue()


@pytest.mark.parametrize(
    "code", ["mmm-yy", "mm/yyyy", 'mmmm" "yyyy', "[$-409]mmm\\ yyyy;@", "yyyy-mm"]
)
@pytest.mark.parametrize(("day", "end"), [(1, "2027-03-31"), (15, "2027-03-15")])
def test_a_month_of_a_sheet_is_its_last_day_where_something_expires(
    cli: Cli, tmp_path: Path, code: str, day: int, end: str
) -> None:
    """As in CSV; and the same day in full, in the same column, stays the day."""
    cli("item", "add", "--sku", "G", "--name", "Gel")
    path = tmp_path / "lots.xlsx"
    path.write_bytes(months_xlsx(code, day))
    ran = cli("lot", "import", str(path))
    assert ran.code == 0, ran.err
    ends = {lot["number"]: lot["expires_on"] for lot in cli("lot", "list", "--json").json}
    assert ends == {"L3": end, "L4": f"2027-03-{day:02}"}


@pytest.mark.parametrize(
    "code", ["yyyy-mm-dd", "d-mmm", "yyyy", "h:mm", '"may"0', "mm:ss", "General"]
)
def test_other_formats_are_no_months(code: str) -> None:
    assert not shows_month(code)


def test_a_month_elsewhere_is_asked_about_and_is_no_code(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "items.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, month = book.add_worksheet(), book.add_format({"num_format": "mmm-yy"})
        sheet.write_row(0, 0, ["sku", "name"])
        sheet.write(1, 0, datetime(2027, 3, 1), month)  # noqa: DTZ001
        sheet.write(1, 1, "Gel")
    outcome = cli("item", "import", str(path), "--json").json
    assert [(bad["column"], bad["value"]) for bad in outcome["bad"]] == [("sku", "2027-03")]
    with pytest.raises(ValueError, match="month without its day"):
        read_date(Month(2027, 3, 1), Conventions())
