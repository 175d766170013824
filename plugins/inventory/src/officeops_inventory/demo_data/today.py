"""Today at the made-up practice: the items that are low, late, on order or about to expire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_inventory.demo_data.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from officeops_inventory.demo_data.catalog import Supply

#: At or below their reorder point, nothing on order.
LOW: Final = frozenset(
    "GLV-N-L SYR-3L PPR-TB21 COV-THM SPC-VG-M SYR-60C INJ-KET INJ-B12 MED-OND TST-STR TUB-LAV "
    "SWB-TRN RGT-LIP OFF-PPR OFF-PEN BRC-ANK MON-FIL".split()
)
#: A day or two from running out, and no vendor delivers as soon as that.
LATE: Final = frozenset({"RGT-INR"})
#: Low, but one more pack would go over the fridge's limit.
BLOCKED: Final = frozenset({"VAX-HPV"})
#: No vendor sells it any more.
NO_VENDOR: Final = frozenset({"MON-FIL"})

#: Item, the second place where it is kept, reorder point and level there.
SECOND_PLACES: Final = """
GLV-N-S  | Lab             |  1 |   3
GLV-N-M  | Lab             |  1 |   4
GLV-N-L  | Lab             |  1 |   3
GZE-22NS | Exam room 2     | 40 | 200
GZE-44NS | Procedure room  | 50 | 200
BDG-SM   | Exam room 2     | 30 | 100
PAD-ALC  | Exam room 2     | 60 | 200
COT-BAL  | Lab             | 80 | 500
MSK-L1   | Front desk      | 20 |  50
INJ-EPI  | Emergency cart  |  1 |   2
INJ-DPH  | Emergency cart  |  1 |   2
MED-ASA  | Emergency cart  |  4 |   8
MED-NTG  | Emergency cart  |  0 |   1
MED-GLU  | Emergency cart  |  1 |   2
MED-NAL  | Emergency cart  |  1 |   2
INJ-LID1 | Procedure room  |  1 |   3
"""
#: The second place where one was used and not replaced.
SHORT: Final = {"MED-NAL": 1}

#: Status, vendor, days ago ordered, days until expected, note, items. An item with `+` came in
#: full, one with `~` in part.
OPEN_ORDERS: Final = """
cancelled       | CLI | 25 | -18 | Copperline cannot get the size. | SPC-OT2
sent            | ASG | 13 |  -8 | Promised by phone for Thursday. | SUT-N40 TRY-LAC PUN-4
partly_received | QBD |  8 |   4 | RSV kits on allocation.         | SWB-CUL+ TUB-GRY+ TST-RSV
partly_received | WGW |  5 |   3 | | WRP-CO4+ STR-14~ DRS-FM4 DRS-ABD
sent            | TVC |  2 |   2 | | VAX-TDAP VAX-DTAP PPD-TST
sent            | HGM |  1 |   1 | | NDL-25-58 SYR-5L BDG-LG TNG-DPR GWN-EX LUB-PKT
approved        | STC |    |     | | N95-R MSK-L3 GWN-ISO
draft           | KPL |    |     | Waiting for the new logo.       | OFF-LBL FRM-APT
"""

#: Item, days until the lot ends, quantity, status, days ago it came, note.
ODD_LOTS: Final = """
VAX-HEPA |  -6 |  2 | available   | 190 |
RGT-PBL  |  -2 |  4 | available   | 120 |
INJ-RHO  |  11 |  1 | available   |  45 | short-dated, taken at half price
TST-UDS  |  33 |  6 | available   |  60 |
VAX-MENB |  37 |  3 | available   | 150 |
TUB-BLU  |  48 | 20 | available   |  90 |
MED-EML  |  66 |  1 | available   | 200 | sample left by the representative
INJ-LID1 | 260 |  5 | recalled    |  75 |
VAX-RSV  | 180 |  1 | quarantined |  20 | fridge alarm; asked the maker
"""


class SecondPlace(Value):
    """A second place of an item, with its levels there and its stock today, in base units."""

    place: str
    point: int
    top: int
    today: int


class OpenOrder(Value):
    """An order that is not done yet.

    `items` are SKUs with their marks: `+` came in full, `~` came in part, blank did not come.
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
    for sku, place, point, top in table(SECOND_PLACES):
        stock = SHORT.get(sku, int(top))
        places[sku] = SecondPlace(place, int(point), int(top), stock)
    return places


def odd_lots() -> dict[str, OddLot]:
    """Return the odd lot of each item that has one."""
    lots = {}
    for sku, ends, quantity, status, came, note in table(ODD_LOTS):
        lots[sku] = OddLot(int(ends), int(quantity), status, int(came), note)
    return lots


def open_orders() -> Iterator[OpenOrder]:
    """Yield the orders that are not done yet, oldest first."""
    for status, vendor, ordered, expected, note, items in table(OPEN_ORDERS):
        marks = {}
        for item in items.split():
            sku = item.rstrip("+~")
            marks[sku] = item.removeprefix(sku)
        yield OpenOrder(
            status,
            vendor,
            _number(ordered),
            _number(expected),
            note,
            marks,
        )


def _number(text: str) -> int | None:
    return int(text) if text else None


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
    if supply.sku in LOW | LATE | BLOCKED:
        return _low(supply, daily, lead, random)
    if coming == "":
        return max(1, int(point * random.uniform(0.45, 0.8)))
    if "open" in supply.words:
        return int(daily * random.uniform(45, 70)) + 5
    if "par" in supply.words:
        return top
    return point + 1 + int((top - point - 1) * random.uniform(0.15, 0.95))


def _low(supply: Supply, daily: float, lead: int, random: Random) -> int:
    """Return the stock of an item to order: it lasts until it comes, except for the late ones."""
    point = supply.habit[0]
    if supply.sku in BLOCKED:
        return point - random.randrange(3)
    if supply.sku in LATE:
        return int(daily * 2) + 1
    # Three days more than the vendor takes.
    enough = int(daily * (lead + 3)) + 1
    if "open" in supply.words:
        return enough
    return min(point, max(enough, int(point * random.uniform(0.6, 0.95))))
