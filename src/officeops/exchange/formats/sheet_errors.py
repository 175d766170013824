"""Where a sheet has errors: cells such as #N/A, which the reader of workbooks gives as if they were empty.

The file is looked through once more for the error cells alone: XLSX (ECMA-376, 18.18.11) and ODS
(OpenDocument 1.3) here, the binary formats beside. A formula without a computed result counts as
an error: its value is not known. Runs in the process that reads the workbook, under its limits.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from typing import IO, Any
from xml.parsers import expat

from officeops.exchange.formats.sheet_errors_binary import (
    MOST,
    SOME_ERROR,
    Errors,
    note,
    xls_errors,
    xlsb_errors,
    xlsb_sheets,
)

#: A formula that no program has computed yet.
UNCOMPUTED = "#UNCOMPUTED!"
_CHUNK = 1 << 20
_SUSPECT_XLSX = re.compile(
    rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?v\s*(?:/>|>\s*</)|</(?:\w+:)?f>\s*</|<(?:\w+:)?f\b[^>]*/>\s*</"""
)
_SUSPECT_ODS = re.compile(rb"""["']error["']|>\s*#|>\s*Err:\d""")
_ODS_TEXT = re.compile(r"\s*(#[^\s#]{1,20}|Err:\d{3})\s*")


def find_errors(file: IO[bytes], name: str, place: int) -> Errors:
    """Return the error cells of a sheet, by its name (XLSX, XLSB, ODS) or its place among the sheets (XLS).

    Raises ValueError where the file's structure cannot be followed.
    """
    file.seek(0)
    if not zipfile.is_zipfile(file):
        file.seek(0)
        return xls_errors(file.read(), place)
    with zipfile.ZipFile(file) as archive:
        parts = {part.casefold(): part for part in archive.namelist()}
        if "content.xml" in parts:
            return _ods(archive, parts["content.xml"], name)
        binary = "xl/workbook.bin" in parts
        names = xlsb_sheets(archive, parts) if binary else _sheets(archive, parts)
        target = _targets(archive, parts, "bin" if binary else "xml").get(names.get(name, ""), "")
        part = parts.get(target.casefold())
        if part is None:
            raise ValueError("the sheet's part is not in the file")
        return xlsb_errors(archive, part) if binary else _xlsx(archive, part)


# -- XLSX
# ---------------------------------------------------------------------------------------------


def _sheets(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Return sheet names and the ids of what each is related to."""
    sheets = {}
    for tag, attributes in _elements(archive.read(parts.get("xl/workbook.xml", "xl/workbook.xml"))):
        if tag == "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            sheets[attributes.get("name", "")] = ids[0] if ids else ""
    return sheets


def _targets(archive: zipfile.ZipFile, parts: dict[str, str], ending: str) -> dict[str, str]:
    """Return the parts that the workbook's relations name, by their ids."""
    listing = f"xl/_rels/workbook.{ending}.rels"
    targets = {}
    for _, attributes in _elements(archive.read(parts.get(listing, listing))):
        target = attributes.get("Target", "").replace("\\", "/")
        within = target.startswith(("/", "xl/"))
        targets[attributes.get("Id", "")] = target.lstrip("/") if within else f"xl/{target}"
    return targets


def _elements(text: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a short XML part: each tag without its prefix, and its attributes."""
    elements: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: elements.append(
        (tag.rpartition(":")[2], attributes)
    )
    parser.Parse(text, True)  # noqa: FBT003 - expat takes it by place
    return elements


def _xlsx(archive: zipfile.ZipFile, part: str) -> Errors:
    if not _suspect(archive, part, _SUSPECT_XLSX):
        return {}
    scan = _XlsxScan()
    with archive.open(part) as file:
        _parser(scan.start, scan.end, scan.text).ParseFile(file)
    return scan.found


class _XlsxScan:
    """Follows the cells of a worksheet's XML."""

    def __init__(self) -> None:
        self.found: Errors = defaultdict(dict)
        self._row = self._column = -1
        self._kind = self._value = ""
        self._formula = self._reads = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes.get("r", ""))
            self._kind = attributes.get("t", "n")
            self._value = ""
            self._formula = False
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1
        elif tag == "f":
            self._formula = True
        self._reads = tag in {"v", "t"}

    def _cell(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if not letters:
            self._column += 1
            return
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        self._column = column - 1

    def text(self, text: str) -> None:
        if self._reads:
            self._value += text

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            if self._kind == "e":
                note(self.found, self._row, self._column, self._value.strip() or SOME_ERROR)
            elif self._formula and not self._value and self._kind not in {"str", "inlineStr"}:
                note(self.found, self._row, self._column, UNCOMPUTED)
        self._reads = False


# -- ODS
# ----------------------------------------------------------------------------------------------


def _ods(archive: zipfile.ZipFile, part: str, name: str) -> Errors:
    if not _suspect(archive, part, _SUSPECT_ODS):
        return {}
    scan = _OdsScan(name)
    with archive.open(part) as file:
        _parser(scan.start, scan.end, scan.text).ParseFile(file)
    return scan.found


class _OdsScan:
    """Follows the cells of one table of an OpenDocument spreadsheet; rows and cells may stand for several equal ones."""

    def __init__(self, name: str) -> None:
        self.found: Errors = defaultdict(dict)
        self._name = name
        self._within = False
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._error = False
        self._text = ""
        self._cells: dict[int, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self._within = plain.get("name") == self._name
            self._row = 0
        elif not self._within:
            return
        elif tag == "table-row":
            self._rows = int(plain.get("number-rows-repeated", 1))
            self._column = 0
            self._cells = {}
        elif tag in {"table-cell", "covered-table-cell"}:
            self._columns = int(plain.get("number-columns-repeated", 1))
            self._text = ""
            self._error = "error" in (attributes.get("calcext:value-type"), plain.get("value-type"))

    def text(self, text: str) -> None:
        self._text += text if self._within and len(self._text) < 100 else ""

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if not self._within:
            return
        if tag in {"table-cell", "covered-table-cell"}:
            written = _ODS_TEXT.fullmatch(self._text)
            if self._error or written:
                error = written[1] if written else SOME_ERROR
                self._cells |= dict.fromkeys(
                    range(self._column, self._column + min(self._columns, 16_384)), error
                )
            self._column += self._columns
        elif tag == "table-row":
            if self._cells:
                for row in range(self._row, self._row + min(self._rows, MOST)):
                    for column, error in self._cells.items():
                        note(self.found, row, column, error)
            self._row += self._rows
        elif tag == "table":
            self._within = False


# -- all of them
# --------------------------------------------------------------------------------------


def _suspect(archive: zipfile.ZipFile, part: str, sought: re.Pattern[bytes]) -> bool:
    """Return whether a part has anything that looks like an error: most have none, and need no closer look."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            rest += chunk
            if sought.search(rest):
                return True
            rest = rest[-200:]
    return False


def _parser(start: Any, end: Any, text: Any) -> Any:  # noqa: ANN401 - handlers of expat, which has no types of its own
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    return parser
