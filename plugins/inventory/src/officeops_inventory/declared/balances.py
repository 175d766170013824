"""Balances of stock as SQL: on hand, on a shelf, and below zero."""

from __future__ import annotations

from typing import Final

#: SQL of the base units on hand of record `t`, by the column {} of a balance that names it.
ON_HAND: Final = "(SELECT ifnull(sum(s.quantity), 0) FROM inventory_stock s WHERE s.{} = t.id)"
#: SQL of the sum of item `t`'s balances below zero; NULL where there is none.
BELOW_ZERO: Final = (
    "(SELECT sum(s.quantity) FROM inventory_stock s WHERE s.item_id = t.id AND s.quantity < 0)"
)
#: SQL of whether lot `t` is on any shelf. A balance below zero elsewhere does not make up for it:
#: whatever the sum, someone may take a unit from that shelf.
ON_A_SHELF: Final = (
    "EXISTS (SELECT 1 FROM inventory_stock s WHERE s.lot_id = t.id AND s.quantity > 0)"
)
