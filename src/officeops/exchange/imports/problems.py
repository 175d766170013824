"""Problems: the bad rows of one import, noted as they are met, with sealed values masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.imports.outcome import BAD_LIMIT, Bad
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.exchange.formats.table import Table
    from officeops.exchange.imports.outcome import Outcome
    from officeops.exchange.imports.sealed_rows import SealedRows
    from officeops.model.errors import Reason

#: The most characters of a cell that a message shows.
_SHOWN: Final = 80
#: About the bytes that a bad row takes besides its texts, and those of a cell that is no text.
_ROW_SIZE: Final = 100
_CELL_SIZE: Final = 10


class Problems:
    """Notes bad rows in an import's outcome.

    Raises Refused where they take more memory than they should.
    """

    def __init__(
        self,
        outcome: Outcome,
        table: Table,
        sealed: SealedRows,
    ) -> None:
        self._outcome = outcome
        self._table = table
        self._sealed = sealed
        self._size = 0

    def note(
        self,
        line: int,
        cells: Sequence[Any],
        column: str,
        value: object,
        reason: Reason,
    ) -> None:
        """Note why a row is bad: its line and cells, the column, the cell in it, and the reason."""
        cells, value = self._sealed.masked(cells, column, value)
        shown = "" if value is None else str(value)[:_SHOWN]
        self._outcome.bad.append(Bad(line, column, shown, str(reason), cells, reason.code))
        self._size += _ROW_SIZE
        self._size += sum(len(cell) if cell.__class__ is str else _CELL_SIZE for cell in cells)
        if self._size > BAD_LIMIT:
            count = len(self._outcome.bad)
            why = f"{count:,} problems by {self._table.place} {line}, with no end in sight"
            raise Refused(
                f"{why}; is it the right file, and are its columns the right ones? "
                "Nothing was imported",
                code="too-many-problems",
            )
