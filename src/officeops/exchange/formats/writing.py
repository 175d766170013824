"""Tables out to files: CSV that spreadsheets cannot be made to run, XLSX, and JSON.

Rows are written as they come, so memory does not grow with their number. `unguard` is here,
beside the `guard` it takes off, and importing this module costs nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypeAlias

from officeops.model.errors import OfficeError
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Plain: TypeAlias = "str | int | bool | None"

# What a spreadsheet takes for the beginning of a formula, after any spaces and behind any number
# of guards (OWASP, "CSV Injection"); a plain number such as -5 or +1.50 is none. Counting texts
# that already look guarded among the dangerous ones is what makes `guard` reversible.
_DANGEROUS = re.compile(r"(?!'*[+-]?[0-9]+(?:[.,][0-9]+)*\Z)'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number and makes the rest zeros
_TEXT_LIMIT = 32_767
_ROW_LIMIT = 1_048_576
_COLUMN_LIMIT = 16_384


class Unwritable(OfficeError):
    """A format cannot hold these rows. The message gives the reason and another way."""

    code = "unwritable"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def guard(text: str) -> str:
    """The text with a `'` before it if a spreadsheet would run it as a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """The text as it was before `guard`: `unguard(guard(text)) == text` for every text."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def write_csv(
    out: TextIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Plain]],
) -> None:
    """Write RFC 4180 rows under a header, with LF line ends.

    None is empty, true and false are words. Text, header included, is guarded against being run.
    Open `out` with `newline=""`, or line ends inside cells may change.
    """
    import csv

    # Only with CR LF as its line end does csv quote a lone CR, which readers take for the end of
    # the row.
    writer = csv.writer(_LineFeeds(out), lineterminator="\r\n")
    writer.writerow([guard(column) for column in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)


def write_json(
    out: TextIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Plain]],
) -> None:
    """Write one array of flat objects, one to a line; `[]` where there are no rows."""
    from json import JSONEncoder

    encode = JSONEncoder(ensure_ascii=False).encode
    before = "[\n"
    for row in rows:
        out.write(before + encode(dict(zip(columns, row, strict=True))))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


class Sheet(Value):
    """A table for one sheet of a workbook."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Plain]]


def write_xlsx(
    out: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Plain]],
    title: str,
) -> None:
    """Write a workbook of one sheet, as `write_sheets` does."""
    write_sheets(out, [Sheet(title, columns, rows)])


def write_sheets(out: BinaryIO, sheets: Sequence[Sheet]) -> None:
    """Write a workbook; its sheets are called by their titles, as far as a sheet may be called that.

    Text is always text, never a formula or a link; so are whole numbers of more than 15 digits,
    which a spreadsheet would round. Raises `Unwritable` for more than a sheet holds; `out` is
    then of no use.
    """
    import tempfile

    from xlsxwriter import Workbook

    # Its rows wait in files, which it leaves behind where it cannot end: the folder goes with them.
    with (
        tempfile.TemporaryDirectory(prefix="officeops-") as folder,
        Workbook(out, {"constant_memory": True, "tmpdir": folder}) as book,
    ):
        bold = book.add_format({"bold": True})
        for number, sheet in enumerate(sheets, 1):
            name = _sheet_name(sheet.title) if number == 1 else f"Sheet{number}"
            written = book.add_worksheet(name)
            written.freeze_panes(1, 0)
            _write_sheet(written, sheet, bold)


def _write_sheet(
    written: Worksheet,
    sheet: Sheet,
    bold: Format,
) -> None:
    if len(sheet.columns) > _COLUMN_LIMIT:
        raise Unwritable(f"A sheet holds at most {_COLUMN_LIMIT:,} columns. Write CSV instead.")
    for place, column in enumerate(sheet.columns):
        written.write_string(0, place, _fitting(column, 1), bold)
    for line, row in enumerate(sheet.rows, 1):
        if line >= _ROW_LIMIT:
            raise Unwritable(f"A sheet holds at most {_ROW_LIMIT - 1:,} rows. Write CSV instead.")
        _write_row(written, line, row)


def _csv_cell(value: Plain) -> str | int | None:
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _write_row(
    sheet: Worksheet,
    line: int,
    row: Sequence[Plain],
) -> None:
    for place, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_boolean(line, place, value)
        elif isinstance(value, int) and -_EXACT < value < _EXACT:
            sheet.write_number(line, place, value)
        elif value is not None:
            sheet.write_string(line, place, _fitting(str(value), line + 1))


def _fitting(text: str, line: int) -> str:
    if len(text) > _TEXT_LIMIT:
        raise Unwritable(
            f"Row {line} has a text longer than a sheet's {_TEXT_LIMIT:,} characters. "
            "Write CSV instead."
        )
    return text


def _sheet_name(title: str) -> str:
    """The title without what spreadsheets forbid in the name of a sheet."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title)[:31].strip(" '")
    return name if name and name.lower() != "history" else "Sheet1"


class _LineFeeds:
    """Ends each row csv writes with LF alone."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, row: str) -> int:
        return self._out.write(row[:-2] + "\n")
