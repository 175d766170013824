"""Faults of a ledger's declaration that only show beside the other records: for its author."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office


class DeclarationFaults:
    """Compares a ledger with the records that it names: its lots, its counts and its balances."""

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._ledger = ledger
        self._office = office

    def found(self) -> Iterator[str]:
        """Yield what the ledger names and those records have not."""
        yield from self._of_lots()
        yield from self._of_counts()
        yield from self._of_balances()

    def _of_lots(self) -> Iterator[str]:
        lots = self._ledger.lots
        record = self._office.target(self._ledger.meta.by_name[lots.by]) if lots else None
        if lots is None or record is None:
            return
        field = record.meta.by_name.get(lots.ends)
        if lots.ends and (field is None or not field.kind.is_day):
            yield f"its lots end on {lots.ends!r}, which is no date of {record.meta.key}"
            return
        try:
            self._office.rows(f"SELECT {lots.usable} FROM {record.meta.table} l LIMIT 1")
        except sqlite3.Error as error:
            yield f"its lots are usable by {lots.usable!r}, which is no SQL over a lot l: {error}"

    def _of_counts(self) -> Iterator[str]:
        counts = self._ledger.counts
        if counts is None:
            return
        record = self._office.records.get(counts.record)
        if record is None:
            yield f"its counts are {counts.record!r}, which no plugin declares"
            return
        for name in (*self._ledger.of, "day"):
            if name not in record.meta.by_name:
                yield f"its counts are {record.meta.key}, which has no {name!r}"

    def _of_balances(self) -> Iterator[str]:
        ledger = self._ledger
        record = self._office.records.get(ledger.balances_key)
        if record is None or not record.meta.derived:
            yield f"its balances are {ledger.balances_key!r}, which is no derived record"
            return
        if record.meta.unique_together != (ledger.keys,):
            yield f"its balances need unique_together=({ledger.keys!r},)"
        if ledger.amount not in record.meta.by_name:
            yield f"its balances, {record.meta.key}, have no {ledger.amount!r}"
