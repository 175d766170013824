"""Refuse a workbook that would fill the memory, before the reader of workbooks opens it."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from .source import CHUNK, Source
from .unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPACKED_LIMIT = 512 << 20
RATIO_LIMIT = 200  # sheets of real offices shrink 5 to 30 times
SMALL = 16 << 20  # below this no ratio does harm
# The reader lays a sheet out as a full grid of 32 bytes a cell: a 5 KB file with one cell in each of two
# far corners asks for 512 GiB and takes the whole process with it.
GRID_LIMIT = 20_000_000
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_LONGEST_PLACE = 64


def check_workbook(source: Source) -> None:
    """Raise `Unreadable` unless the file is an XLSX workbook of a size that can be read."""
    try:
        with source.bytes() as file, zipfile.ZipFile(file) as archive:
            _check_contents(archive, source.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise Unreadable(f"{source.name} is damaged: its parts cannot be unpacked. Save it again as XLSX.") from None


def _check_contents(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if not any(part.filename.lower().startswith("xl/") and part.filename.endswith(".xml") for part in parts):
        raise Unreadable(f"{name} is not an Excel workbook. Open it in a spreadsheet program and save it as XLSX.")
    left = UNPACKED_LIMIT
    packed = max(sum(part.compress_size for part in parts), 1)
    for part in parts:
        for piece in _unpacked(archive, part, left):
            left -= len(piece)
            unpacked = UNPACKED_LIMIT - left
            if left <= 0 or unpacked > max(SMALL, packed * RATIO_LIMIT):
                raise Unreadable(f"{name} unpacks to far more than a table needs. Save the sheet you need as CSV.")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    """The part in pieces, and the grid it describes checked."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError
    # The size written in the file is whatever its maker wrote; only unpacking tells the truth.
    part.file_size = left + CHUNK
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    tail = b""
    with archive.open(part) as file:
        while piece := file.read(CHUNK):
            yield piece
            for column, row in _PLACE.findall(tail + piece):
                columns.add(column)
                rows.add(row)
            tail = piece[-_LONGEST_PLACE:]
    _check_grid(columns, rows, archive.filename or "The workbook")


def _check_grid(columns: set[bytes], rows: set[bytes], name: str) -> None:
    if not columns:
        return
    wide = [_number(column) for column in columns]
    deep = [int(row) for row in rows]
    if (max(wide) - min(wide) + 1) * (max(deep) - min(deep) + 1) > GRID_LIMIT:
        raise Unreadable(
            f"{name} has a sheet that reaches to column {max(wide):,} and row {max(deep):,}, mostly empty. "
            "Delete the stray cells at its far end, or save the sheet as CSV."
        )


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number
