"""XLSX and XLS workbooks, as a table of one of their sheets."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
import zipfile
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from officeops.exchange.formats import sheet_child
from officeops.exchange.formats.source import Source
from officeops.exchange.formats.table import Cell, Table, all_blank, fit, header
from officeops.exchange.formats.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE_LIMIT = 256 << 20
UNPACKED_LIMIT = 512 << 20
RATIO_LIMIT = 200  # the sheets of real offices shrink to a fifth or a thirtieth
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # the part a workbook under a password is kept in
LISTING_LIMIT = 4 << 20  # some 40,000 parts; a workbook has a few for each sheet
SMALL = 16 << 20  # below this no ratio does harm


class SheetTable(Table):
    """One sheet, read by another process into a temporary file and streamed from there."""

    place = "row"

    def __init__(self, source: Source, sheet: str | None, format: str) -> None:  # noqa: A002 - the word for it
        """Check the size, read the sheet called `sheet` (None: the first) and its header."""
        super().__init__(source)
        self.format = format
        _check_size(source, format)
        # A list, because all of the file is to be hashed.
        if any([_LOCKED in chunk for chunk in source.hashed()]):  # noqa: C419
            raise Unreadable(_PROBLEMS["password"].format(name=source.name))
        self._rows = _converted(source, sheet or "")
        try:
            self._open(sheet)
        except BaseException:
            self._rows.close()
            raise

    def _open(self, sheet: str | None) -> None:
        problem, names = next(self._parts())
        if problem:
            raise Unreadable(
                _PROBLEMS[problem].format(
                    name=self._source.name, sheet=sheet, sheets=", ".join(names)
                )
            )
        if not sheet and len(names) > 1:
            self.notes.append(
                f'Read the sheet "{names[0]}", the first of {len(names)}: {", ".join(names)}.'
            )
        _, first = next(self._records(), (0, []))
        if not first and len(names) > 1:
            which = f'The sheet "{sheet}"' if sheet else f'The first sheet, "{names[0]}",'
            raise Unreadable(
                f"{which} of {self._source.name} is empty. "
                f"Choose one with --sheet; there are {', '.join(names)}."
            )
        self.columns = header(first, self._source.name)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """See `Table.rows`."""
        width = len(self.columns)
        for number, row in islice(self._records(), self._above, None):
            yield number, row if len(row) == width else fit(row, width)

    def _raw(self) -> Iterator[tuple[int, list[Cell]]]:
        return self._records()

    def close(self) -> None:
        """Let go of the file and of its temporary copy."""
        self._rows.close()
        super().close()

    def _records(self) -> Iterator[tuple[int, list[Cell]]]:
        parts = self._parts()
        next(parts)
        for block in parts:
            yield from (record for record in block if not all_blank(record[1]))

    def _parts(self) -> Iterator[Any]:
        with self._rows.reader() as file:
            while True:
                part = _Unpickler(file).load()
                if part is None:
                    return
                yield part


_PROBLEMS = {
    "password": (
        "{name} is protected by a password. "
        "Open it in a spreadsheet program and save it without one."
    ),
    "damaged": (
        "{name} is damaged, or not a workbook. "
        "Open it in a spreadsheet program and save it as XLSX."
    ),
    "entities": (
        "{name} declares entities of its own, which no spreadsheet program does. "
        "Open it in one and save it as XLSX."
    ),
    "index": (
        "{name} is damaged: a cell refers to its text by something that is not a number. "
        "Open it in a spreadsheet program, look it over and save it as XLSX."
    ),
    "sheets": (
        "{name} is damaged inside a sheet. "
        "Open it in a spreadsheet program, look it over and save it as XLSX."
    ),
    "room": (
        "{name} has stray cells far from its table that need too much memory. "
        "Save the sheet you need as CSV."
    ),
    "sheet": "{name} has no sheet called {sheet}. Its sheets are: {sheets}.",
}


class _Unpickler(pickle.Unpickler):
    """Reads rows and nothing else.

    Should a workbook ever trick the other process, it gains nothing here.
    """

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - what the base class says
        if (module, name) in {
            ("datetime", "date"),
            ("datetime", "datetime"),
            ("officeops.values.dates", "Month"),
        }:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _converted(source: Source, sheet: str) -> Source:
    """The sheet as `sheet_child` writes it."""
    spool = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - SheetTable closes it
    try:
        _convert(source, sheet, spool)
        return Source(spool, source.name)
    except BaseException:
        spool.close()
        raise


def _convert(
    source: Source,
    sheet: str,
    spool: IO[bytes],
) -> None:
    # By path and with -P, so that the child imports neither this package nor a neighbour of that
    # file.
    command = [sys.executable, "-P", str(Path(sheet_child.__file__)), sheet]
    with source.reader() as file:
        try:
            done = subprocess.run(  # noqa: S603
                command, stdin=file, stdout=spool, stderr=subprocess.DEVNULL, check=False
            )
        except ValueError:  # a zero byte or half a character in the sheet's name
            raise Unreadable(f"{source.name} has no sheet of that name.") from None
    if done.returncode:
        ended = done.returncode < 0 or done.returncode == sheet_child.NO_ROOM
        raise Unreadable(_PROBLEMS["room" if ended else "sheets"].format(name=source.name))


def _listing(file: IO[bytes], size: int) -> int:
    """The size of a zip file's listing of its parts, as its end states it.

    zipfile would take any listing into memory, 15 times as large.
    """
    start = max(0, size - (1 << 16) - 22)
    file.seek(start)
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return 0
    stated = int.from_bytes(tail[end + 12 : end + 16], "little")
    if end >= 20 and tail[end - 20 : end - 16] == b"PK\x06\x07":
        file.seek(max(0, start + end - 20 - 56))
        stated = int.from_bytes(file.read(56)[40:48], "little")
    file.seek(0)
    return stated


def _check_size(source: Source, format: str) -> None:  # noqa: A002 - the word for it
    """Refuse what would unpack to far more than a table, by what the file says of itself."""
    if source.size > FILE_LIMIT:
        raise Unreadable(
            f"{source.name} is larger than {FILE_LIMIT >> 20} MiB. Save the sheet you need as CSV."
        )
    if format == "xls":
        return
    try:
        with source.reader() as file:
            if _listing(file, source.size) > LISTING_LIMIT:
                raise Unreadable(_PROBLEMS["damaged"].format(name=source.name))
            with zipfile.ZipFile(file) as archive:
                parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Unreadable(_PROBLEMS["damaged"].format(name=source.name)) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_LIMIT or unpacked > max(SMALL, source.size * RATIO_LIMIT):
        raise Unreadable(
            f"{source.name} unpacks to far more than a table needs. Save the sheet you need as CSV."
        )
