"""Lots in SQL: the lot `l` of a row `e` of a ledger, whether it is usable, and which ends first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from officeops.model.ledger.declaration import Lots


def joined_lot(lots: Lots, table: str) -> str:
    """Return the join that adds the lot of each row, from the table of lots."""
    return f" LEFT JOIN {table} l ON l.id = e.{lots.by}"


def is_usable(lots: Lots) -> str:
    """Return the condition that a row has a lot that may be taken from on day ?, or no lot."""
    usable = f"({lots.usable})"
    if lots.ends:
        usable += f" AND (l.{lots.ends} IS NULL OR l.{lots.ends} >= ?)"
    return f"(l.id IS NULL OR ({usable}))"


def day_of_use(lots: Lots, day: date) -> list[object]:
    """Return the value of the ? in `is_usable`: nothing where the lots never end."""
    return [day.isoformat()] if lots.ends else []


def first_to_end(lots: Lots) -> str:
    """Return the order in which lots are taken: the first to end, those that never end, no lot."""
    by_end = f"l.{lots.ends} IS NULL, l.{lots.ends}, " if lots.ends else ""
    return f"{by_end}l.id IS NULL, l.id"
