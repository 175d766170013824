"""Today at the made-up practice: the items that are low, late, on order or about to expire."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from officeops import Value
from officeops.demo import demo_rows

if TYPE_CHECKING:
    from random import Random

    from officeops_inventory.demo_data.catalog import Supply


class SecondPlace(Value):
    """A second place of an item, with its levels there and its stock today, in base units."""

    place: str
    point: int
    top: int
    today: int


class OpenOrder(Value):
    """An order that is not done yet.

    `ordered` is days ago, `expected` days from today. `items` are SKUs with their marks: `+` came in
    full, `~` came in part, blank did not come.
    """

    status: str
    vendor: str
    ordered: int | None
    expected: int | None
    note: str
    items: dict[str, str]


class OddLot(Value):
    """A lot beside the usual ones; `ends` and `came` are days from today and before it."""

    ends: int
    quantity: int
    status: str
    came: int
    note: str


def second_places() -> dict[str, SecondPlace]:
    """Return the second place of each item that has one."""
    places = {}
    for row in demo_rows(__package__, "second_places.csv"):
        numbers = int(row["point"]), int(row["top"]), int(row["today"])
        places[row["sku"]] = SecondPlace(row["place"], *numbers)
    return places


def odd_lots() -> dict[str, OddLot]:
    """Return the odd lot of each item that has one."""
    lots = {}
    for row in demo_rows(__package__, "odd_lots.csv"):
        lots[row["sku"]] = OddLot(
            int(row["ends"]), int(row["quantity"]), row["status"], int(row["came"]), row["note"]
        )
    return lots


@cache
def open_orders() -> tuple[OpenOrder, ...]:
    """Return the orders that are not done yet, oldest first."""
    return tuple(map(_open_order, demo_rows(__package__, "open_orders.csv")))


def _open_order(row: dict[str, str]) -> OpenOrder:
    marks = {}
    for item in row["items"].split():
        sku = item.rstrip("+~")
        marks[sku] = item.removeprefix(sku)
    ordered, expected = (int(row[name]) if row[name] else None for name in ("ordered", "expected"))
    return OpenOrder(row["status"], row["vendor"], ordered, expected, row["note"], marks)


def on_hand_today(
    supply: Supply,
    daily: float,
    lead: int,
    coming: str | None,
    random: Random,
) -> int:
    """Return the stock of an item today, in base units.

    `daily` is its use a day, `lead` its vendor's lead days, `coming` its mark on an open order,
    None where it is on none.
    """
    point, top = supply.habit
    if "gone" in supply.words:
        return random.randrange(3)
    if supply.words & {"low", "late", "blocked"}:
        return _low(supply, daily, lead, random)
    if coming == "":
        return max(1, int(point * random.uniform(0.45, 0.8)))
    if "open" in supply.words:
        return int(daily * random.uniform(45, 70)) + 5
    if "par" in supply.words:
        return top
    return point + 1 + int((top - point - 1) * random.uniform(0.15, 0.95))


def _low(
    supply: Supply,
    daily: float,
    lead: int,
    random: Random,
) -> int:
    """Return the stock of an item to order: it lasts until it comes, except for the late ones."""
    point = supply.habit[0]
    if "blocked" in supply.words:
        return point - random.randrange(3)
    if "late" in supply.words:
        return int(daily * 2) + 1
    # Three days more than the vendor takes.
    enough = int(daily * (lead + 3)) + 1
    if "open" in supply.words:
        return enough
    return min(point, max(enough, int(point * random.uniform(0.6, 0.95))))
