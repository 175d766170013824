"""Each rule of the office stands once in SQL and once in Python, and the two never differ."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.values.amounts import amount
from officeops_inventory.declared.amounts import COST, OUTSTANDING
from officeops_inventory.declared.lot_lifecycle import LOT
from officeops_inventory.declared.usable import STATES as STOCK_STATES
from officeops_inventory.declared.usable import is_usable, state_sql, usable_sql
from officeops_inventory.model import Line, Lot
from officeops_inventory.reorder.position import TOTAL
from officeops_inventory.reorder.types import Position
from officeops_inventory.stock.open_orders import outstanding
from officeops_inventory.stock_reports import worth

TODAY = date(2026, 3, 2)
STATES = ("available", "quarantined", "recalled", "damaged")
ends = st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))


def test_every_state_of_a_lot_is_tried() -> None:
    field = Lot.meta.field("status")
    assert field
    assert set(field.choices) == set(STATES) == set(LOT.states)


@given(status=st.sampled_from(STATES), expires_on=ends, day=st.integers(-3, 3))
@example(status="available", expires_on=TODAY, day=0)
@example(status="available", expires_on=TODAY, day=1)
def test_usable_stock(status: str, expires_on: date | None, day: int) -> None:
    on = TODAY + timedelta(days=day)
    db = sqlite3.connect(":memory:")
    sql = f"SELECT {usable_sql()} FROM (SELECT 1 AS id, ? AS status, ? AS expires_on) l"
    ending = expires_on.isoformat() if expires_on else None
    # The fragment's own parameter comes first in the text.
    [(found,)] = db.execute(sql, (on.isoformat(), status, ending))
    assert bool(found) == is_usable(status, expires_on, on)
    assert bool(found) == (status == "available" and (expires_on is None or on <= expires_on))
    [(without,)] = db.execute(
        f"SELECT {usable_sql()} FROM (SELECT NULL AS id, NULL AS status, NULL AS expires_on) l",
        (on.isoformat(),),
    )
    assert without == 1


@given(status=st.sampled_from(STATES), expires_on=ends)
@example(status="available", expires_on=TODAY)
@example(status="available", expires_on=TODAY - timedelta(days=1))
@example(status="recalled", expires_on=TODAY - timedelta(days=1))
def test_the_state_of_stock(status: str, expires_on: date | None) -> None:
    db = sqlite3.connect(":memory:")
    sql = f"SELECT {state_sql('?1')} FROM (SELECT 1 AS id, ?2 AS status, ?3 AS expires_on) l"
    [(found,)] = db.execute(
        sql, (TODAY.isoformat(), status, expires_on.isoformat() if expires_on else None)
    )
    lot = Lot(item_id=1, number="L", status=status, expires_on=expires_on)
    assert found == (lot.unsafe_word(TODAY) or "usable")
    assert found in STOCK_STATES


@given(
    packs=st.integers(0, 20),
    size=st.integers(1, 20),
    cancelled=st.integers(0, 500),
    moves=st.lists(st.integers(-100, 200), max_size=4),
)
@example(packs=10, size=1, cancelled=4, moves=[3])
@example(packs=10, size=1, cancelled=0, moves=[12])
def test_what_is_still_to_come(packs: int, size: int, cancelled: int, moves: list[int]) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE inventory_move (line_id, quantity)")
    db.executemany("INSERT INTO inventory_move VALUES (7, ?)", [(quantity,) for quantity in moves])
    db.execute("INSERT INTO inventory_move VALUES (8, 1000)")
    line = "SELECT 7 AS id, ? AS packs, ? AS pack_size, ? AS cancelled"
    [(found,)] = db.execute(f"SELECT {OUTSTANDING} FROM ({line}) l", (packs, size, cancelled))
    kept = Line(order_id=1, item_id=1, packs=packs, pack_size=size, cancelled=cancelled)
    assert found == outstanding(kept, sum(moves)) == max(0, packs * size - cancelled - sum(moves))


@given(st.builds(Position, *[st.integers(-1000, 1000)] * 4))
@example(Position(usable=10, doomed=3, on_order=20, in_draft=5))
def test_the_position(position: Position) -> None:
    names = {name: f":{name}" for name in tuple(Position.__annotations__)}
    [(found,)] = sqlite3.connect(":memory:").execute(
        f"SELECT {TOTAL.format(**names)}", position.as_dict()
    )
    assert found == position.total
    assert found == position.usable - position.doomed + position.on_order + position.in_draft


prices = st.integers(0, 10_000_000)
sizes = st.integers(1, 1000)


@tried(300)
@given(quantity=st.integers(0, 1_000_000), price=prices, size=sizes)
@example(quantity=1, price=50, size=1)
@example(quantity=3, price=150, size=1)
@example(quantity=1, price=149, size=1)
@example(quantity=5, price=100, size=10)
@example(quantity=300, price=12_345, size=100)
@example(quantity=1, price=1_000_000, size=1)
def test_what_a_quantity_costs(quantity: int, price: int, size: int) -> None:
    sql = "SELECT " + COST.format(n="?1", price="?2", size="?3")
    [(found,)] = sqlite3.connect(":memory:").execute(sql, (quantity, price, size))
    assert found == amount(price, quantity, size) == worth(quantity, price, size)
    # Half up, to the minor unit: never further than a half from the exact figure, and a half goes up.
    exact = quantity * price
    assert 2 * exact < (2 * found + 1) * 100 * size
    assert 2 * exact >= (2 * found - 1) * 100 * size
    if quantity % size == 0:
        assert found == amount(price, quantity // size)


def test_a_half_is_rounded_up() -> None:
    assert [amount(price, 1) for price in (49, 50, 51, 149, 150, 249, 250)] == [0, 1, 1, 1, 2, 2, 3]
    assert amount(125, 3) == 4
    assert worth(5, 100, 10) == 1
