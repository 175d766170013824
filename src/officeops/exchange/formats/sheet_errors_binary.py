"""Error cells of the binary formats of workbooks.

XLSB ([MS-XLSB] 2.5.97.2) and XLS ([MS-XLS] 2.5.10).
"""

from __future__ import annotations

import struct
from collections import defaultdict
from typing import TYPE_CHECKING

from officeops.exchange.formats.compound_file import SIGNATURE, CompoundFile

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

#: Row → column → the error's text; both from 0.
Errors = dict[int, dict[int, str]]

#: What a code stands for.
CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
#: What an error without a known code is called.
SOME_ERROR = "#VALUE!"
#: More rows with errors than this are not a table with some errors.
MOST = 2_000_000


def note(
    errors: Errors,
    row: int,
    column: int,
    error: str,
) -> None:
    """Keep an error cell. Raises ValueError where there is no such cell, or there are too many."""
    if row < 0 or column < 0 or len(errors) > MOST:
        raise ValueError("an error is where no cell is")
    errors[row][column] = error


# -- XLSB ------------------------------------------------------------------------------------------

_BUNDLE = 156
_ROW_HEADER = 0
_ERROR_CELL = 3
_ERROR_FORMULA = 11


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the type and content of each record of an XLSB part."""
    start = 0
    while start < len(data):
        kind, start = _small_number(data, start, most=2)
        length, start = _small_number(data, start, most=4)
        yield kind, data[start : start + length]
        start += length


def _small_number(
    data: bytes,
    start: int,
    most: int,
) -> tuple[int, int]:
    """Read a number of up to `most` bytes, seven bits of it in each; return it and its end.

    The eighth bit says that another byte follows.
    """
    number = 0
    for place in range(most):
        byte = data[start + place]
        number |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return number, start + place + 1
    return number, start + most


def xlsb_sheets(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Return sheet names and the ids of what each is related to."""
    relations = {}
    for kind, content in _records(archive.read(parts["xl/workbook.bin"])):
        if kind == _BUNDLE:
            relation, end = _wide_text(content, 8)
            name, _ = _wide_text(content, end)
            relations[name] = relation
    return relations


def _wide_text(content: bytes, start: int) -> tuple[str, int]:
    """Read a text in UTF-16 behind its length; return it and its end."""
    length = _number(content, start)
    end = start + 4 + 2 * length
    return content[start + 4 : end].decode("utf-16-le"), end


def _number(content: bytes, start: int = 0) -> int:
    return int.from_bytes(content[start : start + 4], "little")


def xlsb_errors(archive: zipfile.ZipFile, part: str) -> Errors:
    """Return the error cells of a sheet's part."""
    errors: Errors = defaultdict(dict)
    row = 0
    for kind, content in _records(archive.read(part)):
        if kind == _ROW_HEADER:
            row = _number(content)
        elif kind in {_ERROR_CELL, _ERROR_FORMULA}:
            error = CODES.get(content[8], SOME_ERROR)
            note(errors, row, _number(content), error)
    return errors


# -- XLS -------------------------------------------------------------------------------------------

_BOUND_SHEET = 0x0085
_BOF = {0x0009, 0x0209, 0x0409, 0x0809}
_EOF = 0x000A
_BOOL_ERROR = {0x0005, 0x0205}
_FORMULA = {0x0006, 0x0206, 0x0406}
#: The names of the stream with the workbook, in the versions of the format.
_WORKBOOK = {"Workbook", "Book", "WORKBOOK", "BOOK"}
#: The shortest record with a value that is looked at.
_SHORTEST = 7


def xls_errors(data: bytes, place: int) -> Errors:
    """Return the error cells of the sheet at a place among the sheets."""
    # The oldest workbooks are a stream without a container.
    stream = CompoundFile(data).stream(_WORKBOOK) if data.startswith(SIGNATURE) else data
    errors: Errors = defaultdict(dict)
    # Charts and other sheets inside the sheet begin and end between its own records.
    depth = 0
    for kind, start, size in _biff(stream, _start_of_sheet(stream, place)):
        if kind in _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
        if not depth:
            break
        if depth > 1 or size < _SHORTEST:
            continue
        code = _error_code(stream, kind, start)
        if code is not None:
            row, column = struct.unpack_from("<HH", stream, start)
            note(errors, row, column, CODES.get(code, SOME_ERROR))
    return errors


def _start_of_sheet(stream: bytes, place: int) -> int:
    """Return where a sheet begins; 0 for a workbook without a list of its sheets."""
    listed = [start for kind, start, _ in _biff(stream, 0) if kind == _BOUND_SHEET]
    starts = [_number(stream, start) for start in listed]
    return starts[place] if place < len(starts) else 0


def _error_code(
    stream: bytes,
    kind: int,
    start: int,
) -> int | None:
    """Return the code of the error that a record's cell has; None for another record."""
    if kind in _BOOL_ERROR and stream[start + 7]:
        return stream[start + 6]
    is_no_number = stream[start + 12 : start + 14] == b"\xff\xff"
    if kind in _FORMULA and is_no_number and stream[start + 6] == 2:
        return stream[start + 8]
    return None


def _biff(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield the type, the content's place and its size of each record from a place on."""
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        yield kind, start + 4, size
        start += 4 + size
