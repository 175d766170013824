"""One sheet of the workbook on standard input, as pickled rows on standard output; run in a process of its own.

The reader of workbooks lays a sheet out as a full grid: a file of 5 KB with a cell in each of two far
corners asks for 512 GiB, and the failing allocation ends the process. So the process is one that may end,
under limits, and holds nothing else.

Standard output: first (problem, sheet names), then lists of (row number, cells), last None.
"""

from __future__ import annotations

import gc
import pickle
import resource
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

MEMORY = 2 << 30
DISK = 4 << 30
SECONDS = 100
BLOCK = 500
_EXACT = 2**53  # beyond it a float no longer tells neighbouring whole numbers apart


def main(wanted: str) -> None:
    """Write the sheet called `wanted` ("": the first one) to standard output."""
    gc.disable()  # rows have no cycles; looking for some costs a tenth of the time
    _limit()
    problem, book = _open()
    names = _names(book) if book else []
    if book and not (wanted in book.sheet_names if wanted else names):
        problem = "sheet"
    _write((problem, names))
    if book and not problem:
        rows = _rows(book.get_sheet_by_name(wanted or names[0]))
        while block := list(islice(rows, BLOCK)):
            _write(block)
        _write(None)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, DISK), (resource.RLIMIT_CPU, SECONDS)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _open() -> tuple[str, CalamineWorkbook | None]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    sys.stdin.buffer.seek(0)
    try:
        return "", CalamineWorkbook.from_filelike(sys.stdin.buffer)
    except PasswordError:
        return "password", None
    except CalamineError:
        return "damaged", None


def _names(book: CalamineWorkbook) -> list[str]:
    """The sheets a person sees; should all be hidden, all."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible] or [s.name for s in sheets]


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        # Errors such as #DIV/0! and empty cells both arrive as "".
        yield number, [(cell or None) if type(cell) is str else _plain(cell) for cell in row]


def _plain(cell: float | str | time | date | datetime | timedelta) -> object:
    """The cell as a table holds it: whole numbers as int, times of day and durations as text."""
    if isinstance(cell, float):
        if cell != cell or cell in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN alone differs from itself
            return None
        return int(cell) if -_EXACT < cell < _EXACT and cell.is_integer() else cell
    if isinstance(cell, time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell


def _write(part: object) -> None:
    pickle.dump(part, sys.stdout.buffer, protocol=5)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
