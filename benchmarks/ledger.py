"""What a ledger costs beside the same rows without one: balances, posting, taking, and its check.

The stock of one office: 1,000 items at a location, four lots each. Bookings are measured inside
one action that is rolled back, against `office.add` of the same entries; reading against bare SQL.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Figure, figure, timed
from benchmarks.offices import rolled_back
from officeops.core.default_location import default_location
from officeops.office.office import open_office
from officeops_inventory.model import Item, Lot, Move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from officeops.office.office import Office

ITEMS, LOTS, MANY = 1_000, 4, 500
_BALANCE = (
    "SELECT sum(s.quantity) FROM inventory_stock s LEFT JOIN inventory_lot l ON l.id = s.lot_id "
    "WHERE s.item_id = ? AND s.location_id = ? AND (l.id IS NULL OR (l.status = 'available' "
    "AND (l.expires_on IS NULL OR l.expires_on >= ?)))"
)
_ON_DAY = (
    "SELECT sum(quantity) FROM inventory_move "
    "WHERE item_id = ? AND location_id = ? AND day <= ? AND NOT history"
)
_SUMS = (
    "SELECT item_id, location_id, lot_id, sum(quantity) FROM inventory_move "
    "WHERE NOT history GROUP BY 1, 2, 3 EXCEPT "
    "SELECT item_id, location_id, lot_id, quantity FROM inventory_stock"
)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of the ledger of stock, in this process."""
    office = open_office(
        folder / "ledger.db", create=True, actor="benchmark", only=["vendors", "inventory"]
    )
    place = _filled(office)
    today, iso = office.today, office.today.isoformat()
    # Bookings take an account by name, which is not in the type of a mapping.
    ledger: Any = Move.ledger
    rows = office.store.db.execute
    accounts = [{"item_id": number, "location_id": place} for number in range(1, MANY + 1)]

    def each(run: Callable[[dict[str, int]], object]) -> Callable[[], float]:
        return lambda: timed(lambda: [run(account) for account in accounts])

    yield figure(
        f"{MANY} balances of usable stock",
        "the same SQL, by office.value",
        each(lambda account: ledger.balance(office, **account)),
        each(lambda account: office.value(_BALANCE, *account.values(), office.today.isoformat())),
        limit=2,
        aim=1.5,
        rounds=9,
    )
    yield figure(
        f"{MANY} balances on a day",
        "the same SQL, by office.value",
        each(lambda account: ledger.balance(office, on=today, usable=False, **account)),
        each(lambda account: office.value(_ON_DAY, *account.values(), iso)),
        limit=2,
        aim=1.5,
        rounds=9,
    )

    def added(account: dict[str, int]) -> object:
        values: dict[str, Any] = {**account, "lot_id": account["item_id"], "day": today}
        return office.add(Move(**values, kind="use", quantity=-1))

    yield figure(
        f"taking {MANY} times",
        "office.add of the same entries",
        lambda: rolled_back(
            office, each(lambda account: ledger.take(office, 1, today, kind="use", **account))
        ),
        lambda: rolled_back(office, each(added)),
        limit=2,
        aim=1.5,
        rounds=7,
    )
    yield figure(
        f"posting {MANY} times",
        "office.add of the same entries",
        lambda: rolled_back(
            office,
            each(
                lambda account: ledger.post(
                    office, 1, today, kind="receive", lot_id=account["item_id"], **account
                )
            ),
        ),
        lambda: rolled_back(office, each(added)),
        limit=2,
        aim=1.25,
        rounds=7,
    )
    yield figure(
        "the check of its balances and reversals",
        "comparing the sums in SQL",
        lambda: timed(lambda: list(ledger.problems(office))),
        lambda: timed(lambda: rows(_SUMS).fetchall()),
        limit=3,
        aim=2,
        rounds=7,
    )
    office.close()


def _filled(office: Office) -> int:
    """Add the items, their lots and ten entries for each lot; return the location."""
    with office.acting("benchmark"):
        place = default_location(office)
        items = [{"sku": f"S{number}", "name": f"Item {number}"} for number in range(ITEMS)]
        item_ids = office.add_many(Item, items)
        ends = [(office.today + timedelta(days=30 * (lot + 1))).isoformat() for lot in range(LOTS)]
        lots = []
        for number, end in enumerate(ends):
            for item_id in item_ids:
                name = f"L{item_id}-{number}"
                lots.append({"item_id": item_id, "number": name, "expires_on": end})
        lot_ids = office.add_many(Lot, lots)
        same = {"location_id": place, "kind": "receive", "day": office.today.isoformat()}
        for amount in range(1, 11):
            moves = []
            for lot_id, lot in zip(lot_ids, lots, strict=True):
                received = {"item_id": lot["item_id"], "lot_id": lot_id, "quantity": amount}
                moves.append({**same, **received})
            office.add_many(Move, moves)
    return place
