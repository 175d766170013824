"""Error cells of the binary formats of workbooks: XLSB ([MS-XLSB] 2.5.97.2) and XLS ([MS-XLS] 2.5.10, [MS-CFB])."""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING

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


def note(found: Errors, row: int, column: int, error: str) -> None:
    """Keep an error cell. Raises ValueError where there is no such cell, or there are too many."""
    if row < 0 or column < 0 or len(found) > MOST:
        raise ValueError("an error stands where no cell is")
    found[row][column] = error


# -- XLSB
# ---------------------------------------------------------------------------------------------

_BUNDLE = 156
_ROW_HEADER = 0
_ERROR_CELL = 3
_ERROR_FORMULA = 11


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the type and content of each record of an XLSB part."""
    at = 0
    size = len(data)
    while at < size:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = 0
        for step in range(4):
            length |= (data[at] & 0x7F) << 7 * step
            at += 1
            if not data[at - 1] & 0x80:
                break
        yield kind, data[at : at + length]
        at += length


def xlsb_sheets(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Return sheet names and the ids of what each is related to."""
    found = {}
    for kind, content in _records(archive.read(parts["xl/workbook.bin"])):
        if kind == _BUNDLE:
            relation, after = _wide(content, 8)
            name, _ = _wide(content, after)
            found[name] = relation
    return found


def _wide(content: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * int.from_bytes(content[at : at + 4], "little")
    return content[at + 4 : end].decode("utf-16-le"), end


def xlsb_errors(archive: zipfile.ZipFile, part: str) -> Errors:
    """Return the error cells of a sheet's part."""
    found: Errors = defaultdict(dict)
    row = 0
    for kind, content in _records(archive.read(part)):
        if kind == _ROW_HEADER:
            row = int.from_bytes(content[:4], "little")
        elif kind in {_ERROR_CELL, _ERROR_FORMULA}:
            column = int.from_bytes(content[:4], "little")
            note(found, row, column, CODES.get(content[8], SOME_ERROR))
    return found


# -- XLS
# ----------------------------------------------------------------------------------------------

_BOUND_SHEET = 0x0085
_BOF = {0x0009, 0x0209, 0x0409, 0x0809}
_EOF = 0x000A
_BOOL_ERROR = {0x0005, 0x0205}
_FORMULA = {0x0006, 0x0206, 0x0406}
_NO_SECTOR = 0xFFFFFFFA  # and beyond: the end of a chain, or nothing


def xls_errors(data: bytes, place: int) -> Errors:
    """Return the error cells of the sheet at a place among the sheets."""
    stream = _workbook_stream(data) if data.startswith(b"\xd0\xcf\x11\xe0") else data
    starts = [
        int.from_bytes(stream[at : at + 4], "little")
        for kind, at, _ in _biff(stream, 0)
        if kind == _BOUND_SHEET
    ]
    start = starts[place] if place < len(starts) else 0
    found: Errors = defaultdict(dict)
    depth = 0
    for kind, at, size in _biff(stream, start):
        depth += (kind in _BOF) - (kind == _EOF)
        if not depth:
            break
        if depth > 1 or size < 7:
            continue
        if kind in _BOOL_ERROR and stream[at + 7]:
            row, column = struct.unpack_from("<HH", stream, at)
            note(found, row, column, CODES.get(stream[at + 6], SOME_ERROR))
        elif kind in _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
            row, column = struct.unpack_from("<HH", stream, at)
            note(found, row, column, CODES.get(stream[at + 8], SOME_ERROR))
    return found


def _biff(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield the type, the content's place and its size of each record from a place on."""
    at = start
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


def _workbook_stream(data: bytes) -> bytes:
    """Return the stream with the workbook out of a compound file ([MS-CFB])."""
    sector = 1 << int.from_bytes(data[30:32], "little")
    fat_count, first_folder = struct.unpack_from("<I I", data, 44)
    cutoff, first_mini, _, extra, extra_count = struct.unpack_from("<5I", data, 56)
    listed = list(struct.unpack_from("<109I", data, 76))
    for _ in range(min(extra_count, len(data) // sector)):
        if extra >= _NO_SECTOR:
            break
        block = struct.unpack_from(f"<{sector // 4}I", data, (extra + 1) * sector)
        listed += block[:-1]
        extra = block[-1]
    fat = array("I")
    for number in listed[:fat_count]:
        fat.frombytes(data[(number + 1) * sector : (number + 2) * sector])
    folder = _chained(data, fat, first_folder, sector, sector)
    root = folder[:128]
    entry = _entry(folder)
    first, size = struct.unpack_from("<II", entry, 116)
    if size >= cutoff:
        return _chained(data, fat, first, sector, sector)[:size]
    short = array("I")
    short.frombytes(_chained(data, fat, first_mini, sector, sector))
    small = _chained(data, fat, int.from_bytes(root[116:120], "little"), sector, sector)
    return _chained(small, short, first, 64, 0)[:size]


def _chained(data: bytes, fat: array[int], first: int, size: int, offset: int) -> bytes:
    """Return the sectors of a chain put together; the first of them all begins at an offset."""
    pieces: list[bytes] = []
    number = first
    while number < _NO_SECTOR:
        if number >= len(fat) or len(pieces) > len(fat):
            raise ValueError("a chain of sectors has no end")
        pieces.append(data[offset + number * size : offset + (number + 1) * size])
        number = fat[number]
    return b"".join(pieces)


def _entry(folder: bytes) -> bytes:
    for at in range(0, len(folder), 128):
        entry = folder[at : at + 128]
        name = entry[: max(int.from_bytes(entry[64:66], "little") - 2, 0)].decode(
            "utf-16-le", "replace"
        )
        if name in {"Workbook", "Book", "WORKBOOK", "BOOK"}:
            return entry
    raise ValueError("the file has no workbook")
