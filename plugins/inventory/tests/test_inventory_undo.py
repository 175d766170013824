"""Any sequence of actions is undone and redone step by step, and the office is as it was at every step.

`tests/effort.py` says how to try more sequences.
"""

from __future__ import annotations

import shutil
from itertools import count as numbers
from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from plugins.inventory.tests.drawn_actions import N, Step, carry_out, steps
from plugins.inventory.tests.office_state import TODAY, changed, outlook, state, wrong
from tests.effort import tried

from officeops.core.records import Location
from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops.office.office import open_office
from officeops_inventory.model import Item, Line, Move, Order, Pack, Terms
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

SHORT = tried(30)


@pytest.fixture
def start(office_factory: OfficeFactory, freeze_today: Callable[[date | str], None]) -> Path:
    """The file of an office with a few things in it, which nobody has open."""
    freeze_today(TODAY)
    office = office_factory("inventory", "vendors")
    with office.acting("test.setup"):
        main = office.add(Location(name="Main", count_order=1))
        office.add(Location(name="Exam", count_order=2))
        vendor = office.add(Vendor(name="Acme", code="V0", lead_days=4))
        items = [
            office.add(
                Item(sku=f"S{n}", name=f"Item {n}", reorder_point=10 * n, order_up_to=20 + 10 * n)
            )
            for n in range(3)
        ]
        box = office.add(Pack(item_id=items[0].id, name="box", size=5))
        office.add(Terms(item_id=items[0].id, vendor_id=vendor.id, pack_id=box.id, price=10_000))
        office.add(Terms(item_id=items[1].id, vendor_id=vendor.id, price=5_000))
        office.add(
            Move(item_id=items[0].id, kind="opening", quantity=20, location_id=main.id, day=TODAY)
        )
        order = office.add(Order(vendor_id=vendor.id))
        office.add(
            Line(
                order_id=order.id,
                item_id=items[0].id,
                packs=4,
                pack_size=5,
                pack="box",
                price=10_000,
            )
        )
    office.close()
    return office_factory.home / "office.db"


class Copies:
    """Opens a new copy of an office each time, for one sequence."""

    def __init__(self, start: Path) -> None:
        self.start, self.n = start, numbers()

    def __call__(self) -> Office:
        path = self.start.with_name(f"copy{next(self.n)}.db")
        for ending in ("", ".key"):
            shutil.copyfile(f"{self.start}{ending}", f"{path}{ending}")
        office = open_office(path, actor="tester", only=["inventory", "vendors"])
        office.store.db.unlooked("PRAGMA synchronous = OFF")
        return office


def test_any_sequence_is_undone_and_redone_step_by_step(start: Path) -> None:
    copies = Copies(start)

    @SHORT
    @given(steps)
    def back_and_forth(sequence: list[Step]) -> None:
        with copies() as office:
            states = [state(office)]
            first = outlook(office)
            for step in sequence:
                if carry_out(office, step):
                    states.append(state(office))
                    event(step[0])
            end = outlook(office)
            # Twice, because an action done again is undone another way than the first time.
            for _ in range(2):
                for before in states[-2::-1]:
                    undo(office)
                    assert state(office) == before
                assert outlook(office) == first
                for after in states[1:]:
                    redo(office)
                    assert state(office) == after
                assert outlook(office) == end
            assert not wrong(office)

    back_and_forth()


def test_any_action_is_undone_whole_or_not_at_all(start: Path) -> None:
    """In any order of undo and redo the invariants hold, and a refusal changes nothing."""
    copies = Copies(start)

    @SHORT
    @given(steps, st.lists(st.tuples(N, st.sampled_from((undo, undo, redo))), max_size=20))
    def any_order(sequence: list[Step], picks: list[tuple[int, Callable[..., str]]]) -> None:
        with copies() as office:
            done = [changed(office) for step in sequence if carry_out(office, step)]
            for n, back_or_forth in picks if done else ():
                before, number = state(office), changed(office)
                try:
                    back_or_forth(office, done[n % len(done)])
                    event(back_or_forth.__name__)
                except Refused as why:
                    event(f"refused: {str(why).partition(':')[0].rstrip('0123456789- #')}")
                    assert (state(office), changed(office)) == (before, number)
                assert not wrong(office)
                _nothing_hangs(office)

    any_order()


def _nothing_hangs(office: Office) -> None:
    """A live line has a live order and item, live terms a live pack, unless someone archived one."""
    if office.value("SELECT 1 FROM core_action WHERE verb LIKE '%archive' LIMIT 1"):
        return
    for child, field, parent in (
        ("line", "order_id", "order"),
        ("line", "item_id", "item"),
        ("terms", "pack_id", "pack"),
        ("level", "item_id", "item"),
    ):
        sql = (
            f"SELECT c.id FROM inventory_{child} c JOIN inventory_{parent} p ON p.id = c.{field} "
            "WHERE c.archived_at IS NULL AND p.archived_at IS NOT NULL"
        )
        assert not office.rows(sql), (child, field)
