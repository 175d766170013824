"""The reorder query: all that the rule needs to know, for any number of items at once.

One query leaves out, in SQL, every item that cannot fire. A handful of others read the details of
those that may. Nothing is decided here: `rule.evaluate` takes the facts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from officeops import Value, id_list
from officeops.services import VendorDirectory, VendorFacts
from officeops_inventory.config import InventorySettings
from officeops_inventory.declared.usable import usable_sql
from officeops_inventory.model import Item, Level
from officeops_inventory.reorder.offers import offers_of
from officeops_inventory.reorder.position import CANDIDATES, COMING_BY_PLACE
from officeops_inventory.reorder.spots import by_spot, item_ids
from officeops_inventory.reorder.types import Facts, Levels, Lot, Policy
from officeops_inventory.reorder.use_history import daily_use

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from officeops import Office
    from officeops_inventory.reorder.spots import Spot
    from officeops_inventory.reorder.types import Offer

#: Balances below zero are included: they lower usable stock, as they do on hand.
_LOTS = f"""
SELECT s.item_id, s.location_id, s.quantity, l.expires_on FROM inventory_stock s
LEFT JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.quantity <> 0 AND {usable_sql("?1")} AND s.item_id IN (SELECT value FROM json_each(?2))
"""
_LONGEST_LEAD = "SELECT max(lead_days) FROM inventory_terms WHERE archived_at IS NULL"
#: The levels at locations, of items that may be ordered or of the item ?1.
_LEVELS = """
item_id = ?1 OR (?1 IS NULL AND item_id IN (
    SELECT id FROM inventory_item WHERE archived_at IS NULL AND NOT discontinued))
"""


class SpotFacts(Value):
    """The facts of one item, at one location if it has levels of its own there.

    `room` is what fits below the item's hard maximum in all its locations together, in base units;
    None if the item has no hard maximum or no levels by location.
    """

    item: Item
    location_id: int | None
    facts: Facts
    room: int | None


class _Stock(Value):
    """Stock of one spot in base units, now and to come; `lots` is the part that may expire."""

    usable: int
    lots: Sequence[Lot]
    on_order: int
    in_draft: int


class ReorderQuery:
    """Reads the facts of items for the rule, as of the office's today."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.today = office.today
        self.settings = office.settings("inventory", InventorySettings)
        self.since = self.today - timedelta(days=self.settings.lookback_days)
        directory = office.service(VendorDirectory)
        self.vendors: dict[int, VendorFacts] = directory.vendors(office) if directory else {}

    @property
    def policy(self) -> Policy:
        """The office's settings for the rule."""
        settings = self.settings
        return Policy(
            settings.review_days,
            settings.service_level,
            settings.lead_days,
            settings.lead_deviation,
        )

    def candidates(self, *, every: bool = False) -> list[SpotFacts]:
        """Return the facts of all that may have to be ordered.

        An item that has levels by location is looked at there, not as a whole. `every` keeps all
        items whose reorder point is not typed, for a plugin that knows their demand.
        """
        levels = self._levels()
        stock = self._stock_of_candidates(item_ids(levels), every=every)
        stock.update(self._stock(levels))
        items = {item.id: item for item in self.office.some(Item, item_ids(stock))}
        return self._facts(items, stock, levels)

    def of_item(self, item: Item) -> list[SpotFacts]:
        """Return the facts of one item, whether or not it may fire, for each of its spots."""
        levels = self._levels(item.id)
        spots: list[Spot] = list(levels) or [(item.id, None)]
        return self._facts({item.id: item}, self._stock(spots), levels)

    def _facts(
        self,
        items: dict[int, Item],
        stock: dict[Spot, _Stock],
        levels: dict[Spot, Level],
    ) -> list[SpotFacts]:
        offers = self.offers(items)
        demand = daily_use(self.office, stock, self.since, self.today)
        rooms = self._rooms(items, levels)
        spots = []
        for spot, held in stock.items():
            item_id, location_id = spot
            item = items[item_id]
            facts = Facts(
                _levels_of(item, levels.get(spot)),
                held.usable,
                held.lots,
                held.on_order,
                held.in_draft,
                demand.get(spot),
                offers.get(item_id, []),
            )
            spots.append(SpotFacts(item, location_id, facts, rooms.get(item_id)))
        return spots

    def _levels(self, item_id: int | None = None) -> dict[Spot, Level]:
        levels: dict[Spot, Level] = {}
        for level in self.office.all(Level, _LEVELS, item_id):
            levels[level.item_id, level.location_id] = level
        return levels

    def _rooms(self, items: dict[int, Item], levels: Iterable[Spot]) -> dict[int, int]:
        """Return what fits under the hard maximum of each item that has levels by location.

        Stock at every location counts, also where the item has no level.
        """
        limits: dict[Spot, int] = {}
        for item_id in sorted(item_ids(levels)):
            item = items.get(item_id)
            if item and item.maximum_is_hard and item.order_up_to is not None:
                limits[item_id, None] = item.order_up_to
        rooms = {}
        for spot, held in self._stock(limits).items():
            rooms[spot[0]] = limits[spot] - held.usable - held.on_order - held.in_draft
        return rooms

    def _stock_of_candidates(self, without: Collection[int], *, every: bool) -> dict[Spot, _Stock]:
        """Return the stock of items that may fire; lots are read only of those that may expire."""
        # The longest lead time of all: whichever vendor is chosen later, no loss is overlooked.
        horizon = self.today + timedelta(days=self._longest_lead() + self.settings.review_days)
        rows = self.office.rows(
            CANDIDATES,
            today=self.today.isoformat(),
            horizon=horizon.isoformat(),
            since=self.since.isoformat(),
            every=every,
        )
        # An item with levels by location is evaluated there instead.
        candidates = [row for row in rows if row[0] not in without]
        expiring: set[Spot] = {(row[0], None) for row in candidates if row[2]}
        lots = self._lots(expiring)
        stock: dict[Spot, _Stock] = {}
        for item_id, usable, _, on_order, in_draft in candidates:
            spot = (item_id, None)
            stock[spot] = _Stock(usable, lots.get(spot, ()), on_order, in_draft)
        return stock

    def _longest_lead(self) -> int:
        """Return the longest lead time of any vendor or terms, in days."""
        terms = self.office.value(_LONGEST_LEAD) or 0
        vendors = [vendor.lead_days or 0 for vendor in self.vendors.values()]
        return max(int(terms), self.settings.lead_days, *vendors, 0)

    def _stock(self, spots: Collection[Spot]) -> dict[Spot, _Stock]:
        """Return the stock of chosen spots, whether or not they may fire."""
        if not spots:
            return {}
        coming = self._coming(spots)
        lots_by_spot = self._lots(spots)
        stock: dict[Spot, _Stock] = {}
        for spot in spots:
            lots = lots_by_spot.get(spot, [])
            usable = sum(lot.quantity for lot in lots)
            stock[spot] = _Stock(usable, lots, *coming.get(spot, (0, 0)))
        return stock

    def _coming(self, spots: Collection[Spot]) -> dict[Spot, tuple[int, int]]:
        """Return the base units on order and in draft of each spot."""
        rows = self.office.rows(COMING_BY_PLACE, id_list(item_ids(spots)))
        coming = {}
        for spot, values in by_spot(rows, spots).items():
            on_order = sum(ordered for ordered, _ in values)
            coming[spot] = (on_order, sum(drafted for _, drafted in values))
        return coming

    def _lots(self, spots: Collection[Spot]) -> dict[Spot, list[Lot]]:
        """Return the usable stock of each spot by lot."""
        rows = self.office.rows(_LOTS, self.today.isoformat(), id_list(item_ids(spots)))
        lots: dict[Spot, list[Lot]] = {}
        for spot, values in by_spot(rows, spots).items():
            lots[spot] = []
            for quantity, ends in values:
                expires_on = date.fromisoformat(ends) if ends else None
                lots[spot].append(Lot(quantity, expires_on))
        return lots

    def offers(self, items: Iterable[int]) -> dict[int, list[Offer]]:
        """Return each item's terms with the facts of their vendors."""
        return offers_of(self.office, items, self.vendors, self.settings.lead_days)


def _levels_of(item: Item, level: Level | None) -> Levels:
    """Return the levels in place at a spot: the location's own, else the item's."""
    typed = level or item
    return Levels(
        typed.reorder_point,
        typed.order_up_to,
        typed.maximum_is_hard,
        item.safety_stock,
        item.minimum,
    )
