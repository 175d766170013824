"""Readable rows: the rows of a damaged table, as far as SQLite still reads them.

A page that cannot be read ends a query; the next one goes on behind it, at the first number that
answers again.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final

from officeops.model.sql_values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    #: The first and the last number that could not be read.
    Gap = tuple[int, int]

#: Greater than any number of a row.
_END: Final = 2**63 - 1


class ReadableRows:
    """The rows of one table, by number; `gaps` has the numbers behind which nothing was read."""

    def __init__(
        self,
        db: sqlite3.Connection,
        table: str,
        columns: Sequence[str],
    ) -> None:
        names = ", ".join(f"t.{quoted(column)}" for column in columns)
        self._sql = (
            f"SELECT t.rowid, {names} FROM {quoted(table)} t NOT INDEXED "
            "WHERE t.rowid >= ? ORDER BY t.rowid"
        )
        self._all = f"SELECT {names} FROM {quoted(table)} t"
        self._db = db
        self.gaps: list[Gap] = []

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        if not self._has_numbers():
            yield from self._in_one()
            return
        start = 1
        while start < _END:
            last = start - 1
            try:
                for number, *row in self._db.execute(self._sql, (start,)):
                    last = int(number)
                    yield tuple(row)
            except (sqlite3.DatabaseError, TypeError):
                following = self._following(last + 1)
                self.gaps.append((last + 1, following - 1))
                start = following
            else:
                return

    def _has_numbers(self) -> bool:
        """Whether its rows have numbers at all: a table WITHOUT ROWID is small, and read in one."""
        try:
            self._db.execute(self._sql, (1,))
        except sqlite3.OperationalError:
            return False
        except sqlite3.DatabaseError:
            return True
        return True

    def _in_one(self) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._db.execute(self._all)
        except (sqlite3.DatabaseError, TypeError):
            self.gaps.append((1, _END))

    def _following(self, lost: int) -> int:
        """Return the first number from which rows can be read again, or the end.

        Steps that double find one behind the damage, and halving finds the first.
        """
        step = 1
        while not self._answers(lost + step):
            step *= 2
            if lost + step > _END:
                return _END
        low, high = lost + step // 2, lost + step
        while low < high:
            middle = (low + high) // 2
            if self._answers(middle):
                high = middle
            else:
                low = middle + 1
        return high

    def _answers(self, start: int) -> bool:
        try:
            return self._db.execute(self._sql, (start,)).fetchone() is not None
        except (sqlite3.DatabaseError, TypeError):
            return False
