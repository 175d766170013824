"""Faults of a ledger's declaration that only show beside the other records: for its author."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office


def faults(ledger: LedgerDeclaration, office: Office) -> Iterator[str]:
    """Yield what a ledger names, and its lots, its counts or its balances have not."""
    yield from _lots(ledger, office)
    yield from _counts(ledger, office)
    yield from _balances(ledger, office)


def _lots(ledger: LedgerDeclaration, office: Office) -> Iterator[str]:
    if ledger.lots is None:
        return
    record = office.target(ledger.meta.by_name[ledger.lots.by])
    if record is None:
        return
    ends = ledger.lots.ends
    field = record.meta.by_name.get(ends)
    if ends and (field is None or field.kind.name != "date"):
        yield f"its lots end on {ends!r}, which is no date of {record.meta.key}"
        return
    try:
        office.rows(f"SELECT {ledger.lots.usable} FROM {record.meta.table} l LIMIT 1")
    except sqlite3.Error as error:
        yield f"its lots are usable by {ledger.lots.usable!r}, which is no SQL over a lot l: {error}"


def _counts(ledger: LedgerDeclaration, office: Office) -> Iterator[str]:
    if ledger.counts is None:
        return
    record = office.records.get(ledger.counts.record)
    if record is None:
        yield f"its counts are {ledger.counts.record!r}, which no plugin declares"
        return
    for name in (*ledger.of, "day"):
        if name not in record.meta.by_name:
            yield f"its counts are {record.meta.key}, which has no {name!r}"


def _balances(ledger: LedgerDeclaration, office: Office) -> Iterator[str]:
    record = office.records.get(ledger.balances_key)
    if record is None or not record.meta.derived:
        yield f"its balances are {ledger.balances_key!r}, which is no derived record"
        return
    if record.meta.unique_together != (ledger.keys,):
        yield f"its balances need unique_together=({ledger.keys!r},)"
    if ledger.amount not in record.meta.by_name:
        yield f"its balances, {record.meta.key}, have no {ledger.amount!r}"
