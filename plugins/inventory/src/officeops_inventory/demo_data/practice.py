"""The inventory of a made-up practice: items, terms, levels, and two years of orders, moves and counts.

The same seed on the same day gives the same data. Without the vendors plugin there are no terms and no orders.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from officeops import Location, Value
from officeops.services import VendorDirectory
from officeops_inventory.config import InventorySettings
from officeops_inventory.demo_data.catalog import barcode, catalog
from officeops_inventory.demo_data.orders import OrderBook
from officeops_inventory.demo_data.past import past
from officeops_inventory.demo_data.shelves import Shelf, Shelves
from officeops_inventory.demo_data.today import NO_VENDOR, odd_lots, open_orders, second_places
from officeops_inventory.model import Count, Item, Level, Line, Lot, Move, Order, Pack, Terms

if TYPE_CHECKING:
    from officeops import Office
    from officeops_inventory.demo_data.catalog import Supply

#: What the second vendor asks, in hundredths of the first one's price.
DEARER: Final = 106


class Catalog(Value):
    """The items as they were written: their supplies, and their ids by SKU."""

    supplies: list[Supply]
    items: dict[str, int]
    vendors: dict[str, tuple[int, int]]
    places: dict[str, int]


def build(office: Office, seed: int) -> None:
    """Write the inventory as one action."""
    with office.acting("demo.build", {"plugin": "inventory"}, bulk="building the demo's inventory"):
        office.defer()
        supplies = list(catalog())
        ids = office.add_many(Item, [supply.record() for supply in supplies])
        items = {supply.sku: id_ for supply, id_ in zip(supplies, ids, strict=True)}
        written = Catalog(supplies, items, _vendors(office), _places(office, supplies))
        _terms(office, written, seed)
        _levels(office, written)
        _history(office, written, seed)
        office.write_deferred()


def _vendors(office: Office) -> dict[str, tuple[int, int]]:
    """Return each vendor's id and lead days by its code; nothing while the vendors plugin is off."""
    directory, record = office.service(VendorDirectory), office.records.get("vendors.vendor")  # type: ignore[type-abstract]
    if directory is None or record is None:
        return {}
    usual = office.settings("inventory", InventorySettings).lead_days
    leads = {
        id_: usual if each.lead_days is None else each.lead_days
        for id_, each in directory.vendors(office).items()
    }
    rows = office.rows(
        f"SELECT code, id FROM {record.meta.table} WHERE code IS NOT NULL AND archived_at IS NULL"
    )
    return {code: (id_, leads[id_]) for code, id_ in rows}


def _places(office: Office, supplies: list[Supply]) -> dict[str, int]:
    """Return the locations by name; those that are not there yet are made."""
    wanted = {supply.place: None for supply in supplies} | {
        each.place: None for each in second_places().values()
    }
    known = dict(office.rows("SELECT name, id FROM core_location WHERE archived_at IS NULL"))
    return {name: known.get(name) or office.add(Location(name=name)).id for name in wanted}


def _terms(office: Office, written: Catalog, seed: int) -> None:
    """Write how each item is packed and who sells it."""
    random = Random(f"{seed}/terms")  # noqa: S311 - made-up data
    packs, cases = [], []
    for number, supply in enumerate(written.supplies, 210_000):
        said = {
            "item_id": written.items[supply.sku],
            "name": supply.pack or supply.unit,
            "size": supply.size,
        }
        packs.append({**said, "barcode": barcode(number * 10) if random.random() < 0.9 else None})
        if supply.case:
            size = supply.size * supply.case
            cases.append(
                {**said, "name": "case", "size": size, "barcode": barcode(number * 10 + 1)}
            )
    ids = office.add_many(Pack, packs)
    office.add_many(Pack, cases)
    rows = [
        row
        for supply, pack in zip(written.supplies, ids, strict=True)
        for row in _offers(office, written, supply, pack, random)
    ]
    office.add_many(Terms, rows)


def _offers(
    office: Office, written: Catalog, supply: Supply, pack: int, random: Random
) -> list[dict[str, Any]]:
    rows = []
    for rank, code in enumerate(supply.vendors, 1):
        number, until = random.randrange(10_000, 999_999), random.randrange(40, 700)
        if code not in written.vendors or supply.sku in NO_VENDOR:
            continue
        rows.append(
            {
                "item_id": written.items[supply.sku],
                "vendor_id": written.vendors[code][0],
                "vendor_sku": f"{code[:2]}-{number:06}",
                "pack_id": pack,
                "price": supply.price if rank == 1 else supply.price * DEARER // 10_000 * 100,
                "price_until": (office.today + timedelta(days=until)).isoformat()
                if until < 300
                else None,
                "rank": rank,
            }
        )
    return rows


def _levels(office: Office, written: Catalog) -> None:
    """Write the levels of items that are kept in two places, for both."""
    rows = []
    supplies = {supply.sku: supply for supply in written.supplies}
    for sku, kept in second_places().items():
        point, top = supplies[sku].levels
        for place, levels in (
            (supplies[sku].place, (point, top)),
            (kept.place, (kept.point, kept.top)),
        ):
            said = {"item_id": written.items[sku], "location_id": written.places[place]}
            rows.append({**said, "reorder_point": levels[0], "order_up_to": levels[1]})
    office.add_many(Level, rows)


def _history(office: Office, written: Catalog, seed: int) -> None:
    """Write two years of orders, lots, moves and counts, up to today."""
    today, usual = office.today, office.settings("inventory", InventorySettings).lead_days
    coming = {
        sku: mark
        for order in open_orders()
        if order.status != "cancelled"
        for sku, mark in order.items.items()
    }
    pasts, twice, odd = {}, second_places(), odd_lots()
    for supply in written.supplies:
        lead = written.vendors.get(supply.vendors[0], (0, usual))[1]
        mark = coming.get(supply.sku) if written.vendors else None
        elsewhere = twice[supply.sku].today if supply.sku in twice else 0
        pasts[supply.sku] = past(supply, today, lead, mark, elsewhere, seed)
    orders = OrderBook(
        written.vendors, today, (office.last_id(Order) + 1, office.last_id(Line) + 1), seed
    )
    orders.fill(pasts, written.items)
    shelves = Shelves(today, office.last_id(Lot) + 1, seed)
    for sku, each in pasts.items():
        kept = twice.get(sku)
        places = written.places[each.supply.place], written.places[kept.place] if kept else None
        Shelf(shelves, each, written.items[sku], places, kept).play(orders.came_on, odd.get(sku))
    for record, rows in ((Order, orders.orders), (Line, orders.lines), (Lot, shelves.lots)):
        office.add_many(record, rows)
    office.add_many(Move, shelves.in_order())
    office.add_many(Count, shelves.counts)
