"""Sources: what the entries of a ledger were booked for, and which of them an undo freed.

Read at once for all entries, as an import needs them; `chain` follows a single one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.ledger.chain import UNDO
from officeops.model.sql_values import id_list

if TYPE_CHECKING:
    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office.reader import Rows


class Sources:
    """The entries of a ledger that are taken back, and the sources that are free for that."""

    def __init__(self, ledger: LedgerDeclaration, office: Rows) -> None:
        taken_back = office.rows(_taken_back(ledger), f"{UNDO}%")
        self._taken_back = {number for number, _ in taken_back}
        self._undone = {number for number, is_by_undo in taken_back if is_by_undo}
        #: The attempts of each source that was undone once.
        self._attempts: dict[str, int] = {}
        for source, number, attempt in office.rows(_attempts(ledger), id_list(self._undone)):
            is_undone = number in self._undone
            self._attempts[source] = attempt + 1 if is_undone else attempt

    def counts(self, number: int) -> bool:
        """Whether an entry counts, by its number: one that was reversed does not."""
        return number not in self._taken_back

    def is_undone(self, number: int) -> bool:
        """Whether an undo took an entry back, so that its source is free."""
        return number in self._undone

    def attempt(self, source: str) -> int:
        """Return the attempt at which a source is booked now or, where it is free, will be."""
        return self._attempts.get(source, 0)


def _taken_back(ledger: LedgerDeclaration) -> str:
    """Return SQL for the entries whose chain ends by taking them back, and whether by an undo."""
    table = ledger.table
    return f"""
    WITH RECURSIVE chain (head, last, places) AS (
        SELECT r.reverses_id, r.id, 2 FROM {table} r JOIN {table} e ON e.id = r.reverses_id
        WHERE e.reverses_id IS NULL
        UNION ALL
        SELECT c.head, r.id, c.places + 1 FROM chain c JOIN {table} r ON r.reverses_id = c.last)
    SELECT head, max(places) FILTER (WHERE source LIKE ?) IS max(places) FROM chain
    JOIN {table} ON id = last GROUP BY head HAVING max(places) % 2 = 0"""


def _attempts(ledger: LedgerDeclaration) -> str:
    """Return SQL for all bookings of the sources of some entries, each source in its order."""
    table = ledger.table
    return f"""
    SELECT source, id, attempt FROM {table} WHERE source IN (
        SELECT source FROM {table} WHERE id IN (SELECT value FROM json_each(?)))
    ORDER BY source, attempt"""
