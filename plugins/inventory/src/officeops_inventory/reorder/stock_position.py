"""Standing: what the file says of items that may have to be ordered, in a handful of queries for any number of items.

The first query leaves out, in SQL, every item that cannot fire; only the others are looked at one by one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from officeops import Value
from officeops.services import VendorDirectory, VendorFacts
from officeops_inventory.config import InventorySettings
from officeops_inventory.declared.usable import usable_sql
from officeops_inventory.reorder.demand import daily_demand, stock_outs
from officeops_inventory.reorder.position import CANDIDATES, COMING_BY_PLACE
from officeops_inventory.reorder.types import Demand, Lot, Offer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops import Office

#: An item, at one location or (None) wherever it is.
Spot = tuple[int, "int | None"]


class Figures(Value):
    """One spot in figures, in base units: `usable` is neither expired nor held, `expiring` of it ends within the horizon."""

    usable: int
    expiring: int
    on_order: int
    in_draft: int


class Standing:
    """Reads what the rule needs for many spots at once."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.today = office.today
        self.settings = office.settings("inventory", InventorySettings)
        self.since = self.today - timedelta(days=self.settings.lookback_days)
        directory = office.service(VendorDirectory)  # type: ignore[type-abstract] # a Protocol is the name asked by
        self.vendors: dict[int, VendorFacts] = directory.vendors(office) if directory else {}

    @property
    def longest_lead(self) -> int:
        """The longest lead time of any vendor or terms, in days."""
        terms = (
            self.office.value(
                "SELECT max(lead_days) FROM inventory_terms WHERE archived_at IS NULL"
            )
            or 0
        )
        vendors = [each.lead_days for each in self.vendors.values() if each.lead_days]
        return max(int(terms), self.settings.lead_days, *vendors, 0)

    def candidates(self, *, every: bool = False) -> dict[Spot, Figures]:
        """Return the items that may have to be ordered, by what is certain in SQL. `every` keeps all whose level is not typed."""
        horizon = self.today + timedelta(days=self.longest_lead + self.settings.review_days)
        values = {
            "today": self.today.isoformat(),
            "horizon": horizon.isoformat(),
            "since": self.since.isoformat(),
            "every": every,
        }
        rows = self.office.rows(CANDIDATES, **values)
        return {(row[0], None): Figures(*row[1:]) for row in rows}

    def figures(self, spots: Iterable[Spot]) -> dict[Spot, Figures]:
        """Return the figures of chosen spots, whether or not they may fire."""
        wanted = list(spots)
        coming = self._coming(wanted)
        lots = self.lots(wanted)
        return {
            spot: Figures(
                sum(lot.quantity for lot in lots.get(spot, ())), 1, *coming.get(spot, (0, 0))
            )
            for spot in wanted
        }

    def _coming(self, spots: Iterable[Spot]) -> dict[Spot, tuple[int, int]]:
        """Return what is on order and in draft of the items of spots, by item and by item and place."""
        coming: dict[Spot, tuple[int, int]] = {}
        for item_id, location_id, ordered, drafted in self.office.rows(
            COMING_BY_PLACE, _ids(spots)
        ):
            for spot in ((item_id, location_id), (item_id, None)):
                before = coming.get(spot, (0, 0))
                coming[spot] = (before[0] + ordered, before[1] + drafted)
        return coming

    # -- details of the spots that matter -------------------------------------------------------------

    def lots(self, spots: Iterable[Spot]) -> dict[Spot, list[Lot]]:
        """Return the usable stock of spots by lot."""
        wanted = set(spots)
        sql = (
            "SELECT s.item_id, s.location_id, s.quantity, l.expires_on FROM inventory_stock s "
            "LEFT JOIN inventory_lot l ON l.id = s.lot_id "
            f"WHERE s.quantity <> 0 AND {usable_sql('?1')} AND s.item_id IN (SELECT value FROM json_each(?2))"
        )
        found: dict[Spot, list[Lot]] = {}
        for item_id, location_id, quantity, ends in self.office.rows(
            sql, self.today.isoformat(), _ids(wanted)
        ):
            for spot in ((item_id, None), (item_id, location_id)):
                if spot in wanted:
                    found.setdefault(spot, []).append(
                        Lot(quantity, date.fromisoformat(ends) if ends else None)
                    )
        return found

    def demand(self, spots: Iterable[Spot]) -> dict[Spot, Demand]:
        """Return daily use of the spots that have any in the look-back, days out of stock left out."""
        wanted = set(spots)
        used = self._used(wanted)
        moves = self._moves({spot for spot in wanted if spot in used})
        end = self.today - timedelta(days=1)
        found = {}
        for spot, records in used.items():
            days = moves.get(spot, [])
            start = max(self.since, min((day for day, *_ in days), default=self.since))
            balance = [(day, quantity) for day, quantity, is_history in days if not is_history]
            known = start
            if len(balance) < len(days):
                # What was on hand before the opening balance is not known; taken for stock, or the use of then counts double.
                known = max(start, min((day for day, _ in balance), default=start))
            before = sum(quantity for day, quantity in balance if day < known)
            out = stock_outs(
                [each for each in balance if known <= each[0] <= end], before, known, end
            )
            estimate = daily_demand(records, start, end, out)
            if estimate:
                found[spot] = estimate
        return found

    def _used(self, wanted: set[Spot]) -> dict[Spot, list[tuple[date, date, int]]]:
        """Return use as (first day, last day, quantity); a reversal takes it back on the day it was booked."""
        sql = (
            "SELECT m.item_id, m.location_id, ifnull(r.since, m.since), ifnull(r.day, m.day), -m.quantity "
            "FROM inventory_move m LEFT JOIN inventory_move r ON r.id = m.reverses_id "
            "WHERE m.item_id IN (SELECT value FROM json_each(?)) AND m.day >= ? AND (m.kind = 'use' OR (m.kind = 'reversal' AND r.kind = 'use'))"
        )
        found: dict[Spot, list[tuple[date, date, int]]] = {}
        for item_id, location_id, first, last, quantity in self.office.rows(
            sql, _ids(wanted), self.since.isoformat()
        ):
            until = date.fromisoformat(last)
            record = (date.fromisoformat(first) if first else until, until, quantity)
            for spot in ((item_id, None), (item_id, location_id)):
                if spot in wanted:
                    found.setdefault(spot, []).append(record)
        return found

    def _moves(self, wanted: set[Spot]) -> dict[Spot, list[tuple[date, int, bool]]]:
        """Return what moved on each day, and whether it is history, which changed no balance."""
        sql = (
            "SELECT item_id, location_id, day, history, sum(quantity) FROM inventory_move "
            "WHERE item_id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3, 4"
        )
        found: dict[Spot, list[tuple[date, int, bool]]] = {}
        for item_id, location_id, day, is_history, quantity in self.office.rows(sql, _ids(wanted)):
            for spot in ((item_id, None), (item_id, location_id)):
                if spot in wanted:
                    found.setdefault(spot, []).append(
                        (date.fromisoformat(day), quantity, bool(is_history))
                    )
        return found

    def offers(self, item_ids: Iterable[int]) -> dict[int, list[Offer]]:
        """Return each item's terms, with what is known of their vendors."""
        sql = (
            "SELECT t.item_id, t.id, t.vendor_id, ifnull(p.size, 1), ifnull(p.name, i.base_unit), t.moq, t.price, t.lead_days, t.rank, "
            "(t.price_from IS NULL OR t.price_from <= ?1) AND (t.price_until IS NULL OR t.price_until >= ?1) "
            "FROM inventory_terms t JOIN inventory_item i ON i.id = t.item_id LEFT JOIN inventory_pack p ON p.id = t.pack_id "
            "WHERE t.item_id IN (SELECT value FROM json_each(?2)) AND t.archived_at IS NULL"
        )
        found: dict[int, list[Offer]] = {}
        for row in self.office.rows(
            sql, self.today.isoformat(), _ids((each, None) for each in item_ids)
        ):
            found.setdefault(row[0], []).append(self._offer(row))
        return found

    def _offer(self, row: Sequence[Any]) -> Offer:
        _, terms_id, vendor_id, size, pack, moq, price, lead, rank, valid = row
        vendor = self.vendors.get(vendor_id)
        if lead is None:
            lead = (
                vendor.lead_days
                if vendor and vendor.lead_days is not None
                else self.settings.lead_days
            )
        name, status = (
            (vendor.name, vendor.status) if vendor else (f"vendor #{vendor_id}", "active")
        )
        return Offer(
            terms_id,
            vendor_id,
            name,
            size,
            pack,
            moq,
            price,
            lead,
            rank,
            status == "on_hold",
            status != "inactive",
            bool(valid),
        )


def _ids(spots: Iterable[Spot]) -> str:
    """Return the items of spots as a JSON array, for json_each: one bound value whatever their number."""
    return "[" + ",".join(str(each) for each in {spot[0] for spot in spots}) + "]"
