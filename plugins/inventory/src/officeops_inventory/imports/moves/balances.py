"""File balances: the stock that a file of moves brings and takes, checked and named at its end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from officeops import Location, Problem, folded
from officeops_inventory.imports.finder import named_lot
from officeops_inventory.model import Item, Lot
from officeops_inventory.stock.ledger import balance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops.exchange import Row

    #: One balance: item, location, lot.
    Spot = tuple[int, int, int | None]

#: The most balances that a sentence names.
_NAMED: Final = 5


class FileBalances:
    """Adds up the rows of a file by balance, and its transfers by item, lot and day."""

    def __init__(self, office: Office) -> None:
        self._office = office
        #: The sums of transfers: zero, for one location gains the stock that another loses.
        self._transferred: Counter[tuple[int, str, str]] = Counter()
        self._net: Counter[Spot] = Counter()

    def add(self, spot: Spot, quantity: int) -> None:
        """Add a row that changes stock."""
        self._net[spot] += quantity

    def transfer(self, rows: Iterable[Row]) -> None:
        """Add up the transfers among rows."""
        for row in rows:
            values = row.values
            if values["kind"] == "transfer":
                number, ends = named_lot(row)
                lot = folded(number or ends or "")
                self._transferred[values["item_id"], lot, values["day"]] += values["quantity"]

    def problems(self) -> Iterator[Problem]:
        """Yield the transfers with one side only, and the balances that would be below zero."""
        yield from self._one_sided()
        yield from self._below_zero()

    def _one_sided(self) -> Iterator[Problem]:
        """Yield the transfers of which one location does not gain what another loses."""
        for (item_id, _, day), quantity in self._transferred.items():
            if quantity:
                item = self._office.get(Item, item_id)
                yield Problem(
                    f"the transfers of {day} do not balance: they add up to {quantity:+,}. A "
                    "transfer leaves one location and reaches another, with the same lot and day. "
                    "Add the other half, or write a correction as an adjust with a reason",
                    item.sku,
                    code="out-of-balance",
                )

    def _below_zero(self) -> Iterator[Problem]:
        """Yield the balances from which the file takes more than there is; no command may."""
        for spot, quantity in self._net.items():
            if quantity >= 0:
                continue
            # The rows are written already: this is the balance after them.
            left = balance(self._office, *spot)
            if left >= 0:
                continue
            sku, lot, place = self._names(spot)
            of_lot = f" of lot {lot}" if lot else ""
            on_hand = max(0, left - quantity)
            yield Problem(
                f"only {on_hand:,}{of_lot} on hand at {place}, and the file takes {-quantity:,}. "
                "If the shelf says otherwise, count it first: "
                f'officeops count "{place}" {sku}=QUANTITY',
                sku,
                code="not-enough-stock",
                facts={"on_hand": on_hand, "wanted": -quantity, "location": place},
            )

    def changed(self) -> str:
        """Return the balances that the file changes in a sentence; blank where it changes none."""
        spots = [spot for spot, quantity in self._net.items() if quantity]
        if not spots:
            return ""
        named = []
        for spot in spots[:_NAMED]:
            sku, lot, place = self._names(spot)
            of_lot = f" lot {lot}" if lot else ""
            left = balance(self._office, *spot)
            named.append(f"{sku}{of_lot} at {place} {self._net[spot]:+,} to {left:,}")
        more = f" and {len(spots) - _NAMED:,} more" if len(spots) > _NAMED else ""
        return f"On hand: {', '.join(named)}{more}."

    def _names(self, spot: Spot) -> tuple[str, str, str]:
        """Return the item's SKU, the lot's number or blank, and the location's name."""
        item_id, location_id, lot_id = spot
        sku = self._office.get(Item, item_id).sku
        lot = self._office.label(Lot, lot_id) if lot_id else ""
        return sku, lot, self._office.label(Location, location_id)
