"""The items that the reorder sheet looks at one by one: none that may fire is left out, and their figures are right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from officeops_inventory.model import Item, Line, Lot, Move, Order
from officeops_inventory.reorder.position import CANDIDATES

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

TODAY = date(2026, 3, 2)
#: What expires before it may be lost: ten days ahead.
HORIZON = TODAY + timedelta(days=10)
#: Use counts from this day on.
SINCE = TODAY - timedelta(days=100)


class Held(NamedTuple):
    """One item: its levels, what is in no lot, its lots, the lines of its orders, and what was used."""

    point: int | None = None
    top: int | None = None
    loose: int = 0
    #: Of each lot: its state, the days it still has, its quantity.
    lots: tuple[tuple[str, int, int], ...] = ()
    #: Of each line: the state of its order, its units, whether the line or the order is archived.
    lines: tuple[tuple[str, int, str], ...] = ()
    #: Of each move: its kind, and how many days ago.
    used: tuple[tuple[str, int], ...] = ()
    #: Whether it is discontinued, or archived.
    gone: str = ""


#: Each item, and its (usable, expiring, on order, in draft), or None where the sheet need not look at it.
CASES: dict[str, tuple[Held, tuple[int, int, int, int] | None]] = {
    "at its point": (Held(10, loose=10), (10, 0, 0, 0)),
    "above its point": (Held(10, loose=11), None),
    "with nothing of it": (Held(0), (0, 0, 0, 0)),
    "below its point once a lot expires": (
        Held(10, loose=8, lots=(("available", 9, 5),)),
        (13, 5, 0, 0),
    ),
    "with a lot that outlives the horizon": (Held(10, loose=8, lots=(("available", 10, 5),)), None),
    "with the last piece of a lot": (
        Held(10, loose=10, lots=(("available", 5, 1),)),
        (11, 1, 0, 0),
    ),
    "with an expired lot": (Held(10, loose=10, lots=(("available", -1, 50),)), (10, 0, 0, 0)),
    "with a lot that is held": (Held(10, loose=10, lots=(("quarantined", 5, 50),)), (10, 0, 0, 0)),
    "with less than nothing of a lot": (
        Held(11, loose=14, lots=(("available", 5, -3),)),
        (11, 0, 0, 0),
    ),
    "in two lots": (Held(11, lots=(("available", 50, 6), ("available", 60, 6))), None),
    "with two lots that expire": (
        Held(15, loose=15, lots=(("available", 5, 3), ("available", 6, 3))),
        (21, 6, 0, 0),
    ),
    "on order": (Held(8, loose=3, lines=(("approved", 5, ""),)), (3, 0, 5, 0)),
    "on order twice": (Held(8, loose=3, lines=(("sent", 3, ""), ("sent", 3, ""))), None),
    "in draft": (Held(8, loose=3, lines=(("draft", 5, ""),)), (3, 0, 0, 5)),
    "in draft enough": (Held(8, loose=3, lines=(("draft", 6, ""),)), None),
    "of an order that is cancelled": (
        Held(8, loose=3, lines=(("cancelled", 50, ""),)),
        (3, 0, 0, 0),
    ),
    "on an archived line": (Held(8, loose=3, lines=(("sent", 50, "line"),)), (3, 0, 0, 0)),
    "on an archived order": (Held(8, loose=3, lines=(("sent", 50, "order"),)), (3, 0, 0, 0)),
    "below the level it is ordered up to": (Held(top=5, loose=4), (4, 0, 0, 0)),
    "at the level it is ordered up to": (Held(top=5, loose=5), None),
    "with no level and no use": (Held(loose=1), None),
    "used on the first day that counts": (Held(loose=1, used=(("use", 100),)), (1, 0, 0, 0)),
    "used before that": (Held(loose=1, used=(("use", 101),)), None),
    "thrown away since": (Held(loose=1, used=(("waste", 1),)), None),
    "used, with a point of its own": (Held(10, loose=11, used=(("use", 1),)), None),
    "discontinued": (Held(10, gone="discontinued"), None),
    "archived": (Held(10, gone="archived"), None),
}


def build(shop: Shop, number: int, held: Held) -> int:
    """Make an item and all that it holds; return its id."""
    office = shop.office
    with office.acting("test"):
        item = office.add(
            Item(
                sku=f"C{number}",
                name=f"Case {number}",
                reorder_point=held.point,
                order_up_to=held.top,
                discontinued=held.gone == "discontinued",
            )
        )
        stocked: list[tuple[int | None, int]] = [(None, held.loose)]
        for n, (status, days, quantity) in enumerate(held.lots):
            ends = TODAY + timedelta(days=days)
            lot = office.add(Lot(item_id=item.id, number=f"L{n}", expires_on=ends, status=status))
            stocked.append((lot.id, quantity))
        # What was used came in before, so that the stock is as the case says.
        moves = [("opening", lot, quantity, TODAY) for lot, quantity in stocked if quantity]
        for kind, ago in held.used:
            day = TODAY - timedelta(days=ago)
            moves += [("opening", None, 1, day), (kind, None, -1, day)]
        for kind, lot_id, quantity, day in moves:
            facts: dict[str, Any] = {"kind": kind, "quantity": quantity, "day": day}
            office.add(Move(item_id=item.id, location_id=shop.main.id, lot_id=lot_id, **facts))
        for status, units, archived in held.lines:
            order = office.add(Order(vendor_id=shop.acme.id, status=status))
            line = office.add(Line(order_id=order.id, item_id=item.id, packs=units, pack_size=1))
            if archived:
                # Only an earlier version archived what is on its way.
                row = line if archived == "line" else order
                sql = f"UPDATE {row.meta.table} SET archived_at = ? WHERE id = ?"
                office.store.db.execute(sql, (office.stamp(), row.id))
        if held.gone == "archived":
            office.archive(item)
    return int(item.id)


@pytest.fixture
def ids(shop: Shop) -> dict[str, int]:
    return {name: build(shop, n, held) for n, (name, (held, _)) in enumerate(CASES.items())}


def candidates(shop: Shop, *, every: bool) -> dict[int, tuple[int, ...]]:
    rows = shop.office.rows(
        CANDIDATES,
        today=TODAY.isoformat(),
        horizon=HORIZON.isoformat(),
        since=SINCE.isoformat(),
        every=every,
    )
    return {row[0]: row[1:] for row in rows}


def test_each_item_that_may_fire_is_looked_at_with_its_figures(
    shop: Shop, ids: dict[str, int]
) -> None:
    found = candidates(shop, every=False)
    figures = {name: found.get(item_id) for name, item_id in ids.items()}
    assert figures == {name: expected for name, (_, expected) in CASES.items()}


def test_every_item_without_a_point_is_looked_at_where_a_plugin_knows_its_use(
    shop: Shop, ids: dict[str, int]
) -> None:
    more = candidates(shop, every=True).keys() - candidates(shop, every=False).keys()
    without_point = {
        name for name, (held, expected) in CASES.items() if held.point is None and expected is None
    }
    assert {name for name, item_id in ids.items() if item_id in more} == without_point
