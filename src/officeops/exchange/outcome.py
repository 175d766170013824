"""Outcome: what an import was asked, and what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from officeops.exchange.matching import Match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

#: The last column of a file of bad rows.
PROBLEM = "problem"
#: The most text of bad rows that is kept to tell of them and to write them out.
BAD_LIMIT = 64 << 20


class Bad(NamedTuple):
    """A row that cannot be imported: where, which column and value, and why."""

    line: int
    column: str
    value: str
    reason: str
    cells: Sequence[Any]


class Options(NamedTuple):
    """How to import. `told` maps column names to field names; `key` names the fields that identify a row."""

    told: Mapping[str, str] = {}
    key: tuple[str, ...] = ()
    update: bool = False
    skip_bad: bool = False
    dry_run: bool = False
    progress: Callable[[int], None] | None = None
    request: str | None = None
    #: The order of dates (mdy, dmy, ymd) and the decimal mark (point, comma) of the file, as told; blank lets its columns say.
    date_order: str = ""
    decimal: str = ""


class Outcome:
    """What an import did, or with `dry_run` would do."""

    def __init__(self) -> None:
        self.added = self.updated = self.unchanged = 0
        self.bad: list[Bad] = []
        #: (line, what names the record, differing columns) of rows left as they are because `update` was not asked for.
        self.differing: list[tuple[int, str, list[str]]] = []
        self.match = Match({}, [])
        self.preview: list[dict[str, Any]] = []
        self.notes: list[str] = []
        #: Sentences of the importer on what was not taken over.
        self.left: list[str] = []
        self.kept = False


def bad_rows(outcome: Outcome, columns: Sequence[str]) -> tuple[list[str], Iterable[list[Any]]]:
    """Return the bad rows as a table: the file's own columns, then what is wrong, so that they can be mended and imported."""
    reasons: dict[int, list[str]] = {}
    cells: dict[int, Sequence[Any]] = {}
    for bad in outcome.bad:
        reasons.setdefault(bad.line, []).append(f"{bad.column}: {bad.reason}" if bad.column else bad.reason)
        cells[bad.line] = bad.cells
    columns = [*columns[:-1]] if columns and columns[-1] == PROBLEM else [*columns]
    width = len(columns)
    rows = ([*map(_text, list(cells[line])[:width]), "; ".join(why)] for line, why in reasons.items())
    return [*columns, PROBLEM], rows


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
