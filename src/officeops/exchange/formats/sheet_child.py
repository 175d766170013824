"""One sheet of the workbook on standard input, as pickled rows on standard output.

It runs in a process of its own. The reader of workbooks lays a sheet out as a full grid: a file of
5 KB with a cell in each of two far corners asks for 512 GiB, and the failing allocation ends the
process. So the process is one that may end, under limits, and holds nothing else.

Standard output: first (problem, sheet names), then lists of (row number, cells), last None.
"""

from __future__ import annotations

import gc
import pickle
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineWorkbook

MEMORY = 2 << 30
DISK = 4 << 30
SECONDS = 100
BLOCK = 500
#: What the process ends with where the memory is not enough; the reader itself is ended by a
#: signal then.
NO_ROOM = 3
_SHEET = re.compile(r"/?xl/worksheets/[^/]*\.xml", re.IGNORECASE)
_PART = re.compile(r"/?xl/.*\.xml", re.IGNORECASE)
_MANIFEST = re.compile(r"META-INF/manifest\.xml")
#: How OpenDocument says that a part is under a password; since 1.4 the whole package may be one
#: such part.
_ENCRYPTED = re.compile(rb"encryption-data|encrypted-package")
_STRAY = re.compile(rb"""t="s"[^>]*>\s*<(?:\w+:)?v>(?!\d{1,9}<)[^<]+<""")
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)")
#: Beyond it a float no longer tells neighbouring whole numbers apart.
_EXACT = 2**53
#: So much of a part is looked at in one piece, and so much of it again with the next one.
_CHUNK = 1 << 20
_OVERLAP = 1000


def main(wanted: str) -> None:
    """Write the sheet called `wanted` ("": the first one) to standard output."""
    # Rows have no cycles; looking for some costs a tenth of the time.
    gc.disable()
    _limit()
    problem, book = _open()
    if book is None:
        _write((problem, []))
        return
    problem = _stray_index()
    names = _names(book)
    is_there = wanted in book.sheet_names if wanted else bool(names)
    if not problem and not is_there:
        problem = "sheet"
    _write((problem, names))
    if problem:
        return
    rows = _rows(book, wanted or names[0])
    while block := list(islice(rows, BLOCK)):
        _write(block)
    _write(None)


def _limit() -> None:
    """Limit this process, within the limits that it has already."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: DISK,
        resource.RLIMIT_CPU: SECONDS,
    }
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (soft, hard))


# -- the workbook ----------------------------------------------------------------------------------


def _open() -> tuple[str, CalamineWorkbook | None]:
    """Return the workbook, or the problem that keeps it closed."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    sys.stdin.buffer.seek(0)
    try:
        return "", CalamineWorkbook.from_filelike(sys.stdin.buffer)
    except PasswordError:
        return "password", None
    except CalamineError:
        if _any(_MANIFEST, _ENCRYPTED):
            return "password", None
        if _any(_PART, _ENTITY):
            return "entities", None
        return "damaged", None


def _stray_index() -> str:
    """Return the problem of a cell that names its text by a word in place of a number.

    The reader would show another cell's text for it.
    """
    return "index" if _any(_SHEET, _STRAY) else ""


def _any(parts: re.Pattern[str], sought: re.Pattern[bytes]) -> bool:
    """Whether any of these parts of the workbook has such bytes; False for no archive of XML."""
    try:
        with zipfile.ZipFile(sys.stdin.buffer) as archive:
            names = filter(parts.fullmatch, archive.namelist())
            return any(_within(archive, name, sought) for name in names)
    except (zipfile.BadZipFile, NotImplementedError):
        return False


def _within(
    archive: zipfile.ZipFile,
    part: str,
    sought: re.Pattern[bytes],
) -> bool:
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            rest += chunk
            if sought.search(rest):
                return True
            # A cell may go on in the next piece.
            rest = rest[-_OVERLAP:]
    return False


def _names(book: CalamineWorkbook) -> list[str]:
    """The sheets that a person sees; all of them where all are hidden."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    worksheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet for sheet in worksheets if sheet.visible == SheetVisibleEnum.Visible]
    return [sheet.name for sheet in visible or worksheets]


# -- the rows --------------------------------------------------------------------------------------


def _rows(book: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[Any]]]:
    """Yield the number and the cells of each row; the first row is 1."""
    sheet = book.get_sheet_by_name(name)
    # Cells with an error and empty cells both arrive as "", so errors are looked for separately.
    errors = _errors(name, book.sheet_names.index(name))
    months = _months(name)
    first = sheet.start[1] if sheet.start else 0
    columns = set().union(*errors.values())
    left = min([first, *columns])
    right = max([first + sheet.width, *[column + 1 for column in columns]])
    number = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [(cell or None) if type(cell) is str else _plain(cell) for cell in row]
        for column in months.get(number - 1, ()):
            cells[column - first] = _month(cells[column - first])
        if errors:
            cells = [None] * (first - left) + cells
            cells = _with_errors(cells, right - left, left, errors.pop(number - 1, {}))
        yield number, cells
    # Rows of errors alone are below the grid that the reader lays out.
    for row_place in sorted(errors):
        yield row_place + 1, _with_errors([], right - left, left, errors[row_place])


def _with_errors(
    cells: list[Any],
    width: int,
    left: int,
    errors: dict[int, str],
) -> list[Any]:
    cells += [None] * (width - len(cells))
    for column, error in errors.items():
        cells[column - left] = error
    return cells


def _errors(name: str, place: int) -> dict[int, dict[int, str]]:
    # Besides the folders that this process is given, for where officeops runs without being
    # installed.
    sys.path.append(str(Path(__file__).parents[2]))
    from officeops.exchange.formats.sheet_errors import find_errors

    return find_errors(sys.stdin.buffer, name, place)


def _months(name: str) -> dict[int, set[int]]:
    from officeops.exchange.formats.sheet_months import find_months

    return find_months(sys.stdin.buffer, name)


def _month(cell: object) -> object:
    """The month that a cell shows.

    One whose day is not the first was typed as a day, and stays one.
    """
    from officeops.values.dates import Month

    if isinstance(cell, date) and cell.day == 1:
        return Month(cell.year, cell.month, 1)
    return cell


def _plain(cell: float | str | time | date | datetime | timedelta) -> object:
    """The cell as a table holds it: whole numbers as int, times of day and durations as text."""
    if isinstance(cell, float):
        return _plain_number(cell)
    if isinstance(cell, time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell


def _plain_number(number: float) -> float | None:
    if not isfinite(number):
        return None
    is_exact = -_EXACT < number < _EXACT
    return int(number) if is_exact and number.is_integer() else number


def _write(part: object) -> None:
    pickle.dump(part, sys.stdout.buffer, protocol=5)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
    except MemoryError:
        sys.exit(NO_ROOM)
