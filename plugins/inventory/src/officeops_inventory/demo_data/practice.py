"""The inventory of a made-up practice: items, terms, levels, and two years of orders and moves.

The same seed on the same day gives the same data. Without the vendors plugin there are no terms and
no orders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Location, Value
from officeops.demo import Demo
from officeops.services import VendorDirectory
from officeops_inventory.config import InventorySettings
from officeops_inventory.demo_data.catalog import barcode, catalog
from officeops_inventory.demo_data.orders import OrderBook, Seller
from officeops_inventory.demo_data.past import past
from officeops_inventory.demo_data.shelf import Shelf
from officeops_inventory.demo_data.shelves import Shelves
from officeops_inventory.demo_data.today import odd_lots, open_orders, second_places
from officeops_inventory.model import Count, Item, Level, Line, Lot, Move, Order, Pack, Terms

if TYPE_CHECKING:
    from random import Random

    from officeops import Office
    from officeops_inventory.demo_data.catalog import Supply
    from officeops_inventory.demo_data.past import Past
    from officeops_inventory.demo_data.today import SecondPlace

#: The second vendor's price, in hundredths of the first one's.
DEARER: Final = 106
#: The part of packs that have a barcode.
_SCANNED: Final = 0.9
#: The most days for which a vendor promises a price.
_PROMISED: Final = 300
_LOCATIONS: Final = "SELECT name, id FROM core_location WHERE archived_at IS NULL"


class Practice(Value):
    """The items as they were written, with the ids of items, vendors and locations by name."""

    supplies: list[Supply]
    items: dict[str, int]
    vendors: dict[str, Seller]
    places: dict[str, int]


def build(office: Office, seed: int) -> None:
    """Write the inventory as one action."""
    demo = Demo(office, seed, "inventory")
    with demo.writing():
        supplies = list(catalog())
        ids = office.add_many(Item, [supply.record() for supply in supplies])
        skus = (supply.sku for supply in supplies)
        items = dict(zip(skus, ids, strict=True))
        practice = Practice(supplies, items, _vendors(office), _places(office, supplies))
        _add_terms(demo, practice)
        _add_levels(office, practice)
        _add_history(demo, practice)


def _vendors(office: Office) -> dict[str, Seller]:
    """Return each vendor by its code; none while the vendors plugin is off."""
    directory = office.service(VendorDirectory)
    record = office.records.get("vendors.vendor")
    if directory is None or record is None:
        return {}
    usual = office.settings("inventory", InventorySettings).lead_days
    facts = directory.vendors(office)
    sql = f"SELECT code, id FROM {record.meta.table} WHERE code IS NOT NULL AND archived_at IS NULL"
    sellers = {}
    for code, vendor_id in office.rows(sql):
        lead = facts[vendor_id].lead_days
        sellers[code] = Seller(vendor_id, usual if lead is None else lead)
    return sellers


def _places(office: Office, supplies: list[Supply]) -> dict[str, int]:
    """Return the locations by name; those that the office lacks are added."""
    with_place: list[Supply | SecondPlace] = [*supplies, *second_places().values()]
    known = dict(office.rows(_LOCATIONS))
    places: dict[str, int] = {}
    for item in with_place:
        name = item.place
        if name not in places:
            places[name] = known.get(name) or office.add(Location(name=name)).id
    return places


# -- packs and terms -------------------------------------------------------------------------------


def _add_terms(demo: Demo, practice: Practice) -> None:
    """Write how each item is packed and who sells it."""
    random, office = demo.random("terms"), demo.office
    packs, cases = [], []
    for number, supply in enumerate(practice.supplies, 210_000):
        item_id = practice.items[supply.sku]
        scanned = random.random() < _SCANNED
        pack = {
            "item_id": item_id,
            "name": supply.pack or supply.unit,
            "size": supply.size,
            "barcode": barcode(number * 10) if scanned else None,
        }
        packs.append(pack)
        if supply.case:
            case = {
                "item_id": item_id,
                "name": "case",
                "size": supply.size * supply.case,
                "barcode": barcode(number * 10 + 1),
            }
            cases.append(case)
    pack_ids = office.add_many(Pack, packs)
    office.add_many(Pack, cases)
    terms = []
    for supply, pack_id in zip(practice.supplies, pack_ids, strict=True):
        terms += _terms(demo, practice, supply, pack_id, random)
    office.add_many(Terms, terms)


def _terms(
    demo: Demo,
    practice: Practice,
    supply: Supply,
    pack_id: int,
    random: Random,
) -> list[dict[str, Any]]:
    """Return the terms of an item with each of its vendors; the second one is dearer."""
    rows = []
    for rank, code in enumerate(supply.vendors, 1):
        # Drawn for every vendor, so that the data of the others are the same without one.
        number, until = random.randrange(10_000, 999_999), random.randrange(40, 700)
        if code not in practice.vendors or not supply.vendor:
            continue
        price_until = None
        if until < _PROMISED:
            price_until = demo.day(until).isoformat()
        row = {
            "item_id": practice.items[supply.sku],
            "vendor_id": practice.vendors[code].id,
            "vendor_sku": f"{code[:2]}-{number:06}",
            "pack_id": pack_id,
            "price": supply.price if rank == 1 else supply.price * DEARER // 10_000 * 100,
            "price_until": price_until,
            "rank": rank,
        }
        rows.append(row)
    return rows


# -- levels and history ----------------------------------------------------------------------------


def _add_levels(office: Office, practice: Practice) -> None:
    """Write the levels of items that are kept in two places, for both."""
    supplies = {supply.sku: supply for supply in practice.supplies}
    rows = []
    for sku, second in second_places().items():
        supply, item_id = supplies[sku], practice.items[sku]
        point, top = supply.levels
        for name, place_point, place_top in (
            (supply.place, point, top),
            (second.place, second.point, second.top),
        ):
            level = {
                "item_id": item_id,
                "location_id": practice.places[name],
                "reorder_point": place_point,
                "order_up_to": place_top,
            }
            rows.append(level)
    office.add_many(Level, rows)


def _add_history(demo: Demo, practice: Practice) -> None:
    """Write two years of orders, lots, moves and counts, up to today."""
    office = demo.office
    pasts = _pasts(demo, practice)
    first = office.last_id(Order) + 1, office.last_id(Line) + 1
    orders = OrderBook(demo, practice.vendors, first)
    orders.fill(pasts, practice.items)
    shelves = Shelves(demo, office.last_id(Lot) + 1)
    seconds, odd = second_places(), odd_lots()
    for sku, item_past in pasts.items():
        second = seconds.get(sku)
        home = practice.places[item_past.supply.place]
        places = home, practice.places[second.place] if second else None
        shelf = Shelf(shelves, item_past, practice.items[sku], places, second)
        shelf.play(orders.came_on, odd.get(sku))
    for record, rows in ((Order, orders.orders), (Line, orders.lines), (Lot, shelves.lots)):
        office.add_many(record, rows)
    office.add_many(Move, shelves.in_order(office.last_id(Move) + 1))
    office.add_many(Count, shelves.counts)


def _pasts(demo: Demo, practice: Practice) -> dict[str, Past]:
    """Return the history of each item by its SKU."""
    usual = demo.office.settings("inventory", InventorySettings).lead_days
    coming: dict[str, str] = {}
    for order in open_orders():
        if practice.vendors and order.status != "cancelled":
            coming |= order.items
    seconds = second_places()
    pasts = {}
    for supply in practice.supplies:
        seller = practice.vendors.get(supply.vendors[0])
        lead = seller.lead if seller else usual
        second = seconds.get(supply.sku)
        elsewhere = second.today if second else 0
        mark = coming.get(supply.sku)
        pasts[supply.sku] = past(demo, supply, lead, mark, elsewhere)
    return pasts
