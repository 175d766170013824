"""The error cells of a sheet, such as #N/A, which the reader of workbooks gives as empty cells.

The file is looked through once more for the error cells alone: XLSX (ECMA-376, 18.18.11) and ODS
(OpenDocument 1.3) here, the binary formats beside. A formula without a computed result counts as
an error: its value is not known. Runs in the process that reads the workbook, under its limits.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from typing import IO

from officeops.exchange.formats.sheet_errors_binary import (
    MOST,
    SOME_ERROR,
    Errors,
    note,
    xls_errors,
    xlsb_errors,
    xlsb_sheets,
)
from officeops.exchange.formats.sheet_xml import (
    CellScan,
    follow,
    is_suspect,
    parts_of,
    plain_tag,
    sheets,
    targets,
)

#: A formula that no program has computed yet.
UNCOMPUTED = "#UNCOMPUTED!"
_SUSPECT_XLSX = re.compile(
    rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?v\s*(?:/>|>\s*</)"""
    rb"""|</(?:\w+:)?f>\s*</|<(?:\w+:)?f\b[^>]*/>\s*</"""
)
_SUSPECT_ODS = re.compile(rb"""["']error["']|>\s*#|>\s*Err:\d""")
_ODS_TEXT = re.compile(r"\s*(#[^\s#]{1,20}|Err:\d{3})\s*")
#: The most columns that a sheet has, and the most letters of a cell that are looked at.
_ODS_COLUMNS = 16_384
_ODS_LETTERS = 100


def find_errors(
    file: IO[bytes],
    name: str,
    place: int,
) -> Errors:
    """Return the error cells of a sheet.

    XLSX, XLSB and ODS find it by its name, XLS by its place among the sheets. Raises ValueError
    where the file's structure cannot be followed.
    """
    file.seek(0)
    if not zipfile.is_zipfile(file):
        file.seek(0)
        return xls_errors(file.read(), place)
    with zipfile.ZipFile(file) as archive:
        parts = parts_of(archive)
        if "content.xml" in parts:
            return _ods(archive, parts["content.xml"], name)
        if "xl/workbook.bin" in parts:
            relations = targets(archive, parts, "bin")
            relation = xlsb_sheets(archive, parts).get(name, "")
            return xlsb_errors(archive, _part(parts, relations.get(relation, "")))
        relation = sheets(archive, parts).get(name, "")
        relations = targets(archive, parts, "xml")
        return _xlsx(archive, _part(parts, relations.get(relation, "")))


def _part(parts: dict[str, str], target: str) -> str:
    part = parts.get(target.casefold())
    if part is None:
        raise ValueError("the sheet's part is not in the file")
    return part


# -- XLSX ------------------------------------------------------------------------------------------


def _xlsx(archive: zipfile.ZipFile, part: str) -> Errors:
    if not is_suspect(archive, part, _SUSPECT_XLSX):
        return {}
    scan = _XlsxErrors()
    follow(archive, part, scan)
    return scan.errors


class _XlsxErrors(CellScan):
    """Follows the cells of a worksheet's XML for those with errors."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: Errors = defaultdict(dict)
        self._kind = ""
        self._value = ""
        self._has_formula = False
        self._is_in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        tag = plain_tag(tag)
        if tag == "c":
            self._kind = attributes.get("t", "n")
            self._value = ""
            self._has_formula = False
        elif tag == "f":
            self._has_formula = True
        self._is_in_value = tag in {"v", "t"}

    def text(self, text: str) -> None:
        if self._is_in_value:
            self._value += text

    def end(self, tag: str) -> None:
        self._is_in_value = False
        if plain_tag(tag) != "c":
            return
        if self._kind == "e":
            error = self._value.strip() or SOME_ERROR
            note(self.errors, self.row, self.column, error)
        elif self._is_uncomputed():
            note(self.errors, self.row, self.column, UNCOMPUTED)

    def _is_uncomputed(self) -> bool:
        # A formula of text may well result in an empty one.
        is_text = self._kind in {"str", "inlineStr"}
        return self._has_formula and not self._value and not is_text


# -- ODS -------------------------------------------------------------------------------------------


def _ods(
    archive: zipfile.ZipFile,
    part: str,
    name: str,
) -> Errors:
    if not is_suspect(archive, part, _SUSPECT_ODS):
        return {}
    scan = _OdsErrors(name)
    follow(archive, part, scan)
    return scan.errors


class _OdsErrors:
    """Follows the cells of one table of an OpenDocument spreadsheet for those with errors.

    A row or a cell of the file may be several equal ones of the table.
    """

    def __init__(self, name: str) -> None:
        self.errors: Errors = defaultdict(dict)
        self._name = name
        self._is_in_table = False
        self._row = 0
        self._rows = 1
        self._column = 0
        self._columns = 1
        self._is_error = False
        self._text = ""
        #: The errors of the row under way, by column.
        self._row_errors: dict[int, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = plain_tag(tag)
        plain = {plain_tag(key): value for key, value in attributes.items()}
        if tag == "table":
            self._is_in_table = plain.get("name") == self._name
            self._row = 0
        elif not self._is_in_table:
            return
        elif tag == "table-row":
            self._rows = int(plain.get("number-rows-repeated", 1))
            self._column = 0
            self._row_errors = {}
        elif _is_cell(tag):
            self._columns = int(plain.get("number-columns-repeated", 1))
            self._text = ""
            kinds = (attributes.get("calcext:value-type"), plain.get("value-type"))
            self._is_error = "error" in kinds

    def text(self, text: str) -> None:
        if self._is_in_table and len(self._text) < _ODS_LETTERS:
            self._text += text

    def end(self, tag: str) -> None:
        tag = plain_tag(tag)
        if not self._is_in_table:
            return
        if _is_cell(tag):
            self._end_cell()
        elif tag == "table-row":
            self._end_row()
        elif tag == "table":
            self._is_in_table = False

    def _end_cell(self) -> None:
        written = _ODS_TEXT.fullmatch(self._text)
        if self._is_error or written:
            error = written[1] if written else SOME_ERROR
            columns = min(self._columns, _ODS_COLUMNS)
            for column in range(self._column, self._column + columns):
                self._row_errors[column] = error
        self._column += self._columns

    def _end_row(self) -> None:
        if self._row_errors:
            for row in range(self._row, self._row + min(self._rows, MOST)):
                for column, error in self._row_errors.items():
                    note(self.errors, row, column, error)
        self._row += self._rows


def _is_cell(tag: str) -> bool:
    return tag in {"table-cell", "covered-table-cell"}
