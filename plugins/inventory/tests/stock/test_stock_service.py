"""The stock as another plugin uses it: taken, put back, held and released inside its own action."""

from __future__ import annotations

from contextlib import suppress
from secrets import token_hex
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.access.access_tools import open_as
from tests.effort import tried

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.history.undo import redo, undo
from officeops.model.errors import Forbidden, OfficeError, Refused
from officeops.services import Held, Stock
from officeops_inventory.model import Lot, LotHold, Move
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.lots import damage, quarantine, recall, release
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from datetime import date

    from plugins.inventory.tests.conftest import Shop


@pytest.fixture
def stock(shop: Shop) -> Stock:
    """The service, and an office with gloves without lots and a vaccine of two lots."""
    office = shop.office
    office.do(receive, shop.gloves, quantity=50, location_id=shop.main.id)
    for lot, end in (("B", "2026-09-30"), ("A", "2026-06-30")):
        office.do(
            receive,
            shop.vaccine,
            quantity=5,
            location_id=shop.exam.id,
            lot=lot,
            expires_on=day(end),
        )
    return office.need(Stock)


def day(text: str) -> date:
    from datetime import date

    return date.fromisoformat(text)


def lot(shop: Shop, number: str) -> Lot:
    """Return a lot as the file has it now."""
    return next(shop.office.all(Lot, "number = ?", number))


def test_stock_is_taken_first_to_expire_first_for_a_record(shop: Shop, stock: Stock) -> None:
    office = shop.office
    with office.acting("test.repair"):
        taken = stock.take(office, "VAX", 7, about=shop.acme)
    assert [(part.lot, part.quantity) for part in taken.portions] == [("A", 5), ("B", 2)]
    assert taken.location == "Exam 1"
    assert stock.available(office, "VAX") == 3
    for entry in office.some(Move, taken.entries):
        assert entry.kind == "use"
        row = office.rows("SELECT about_key, about_id FROM inventory_move WHERE id = ?", entry.id)[
            0
        ]
        assert tuple(row) == ("vendors.vendor", shop.acme.id)


def test_too_much_is_refused_and_an_unsafe_lot_is_taken_by_hand_alone(
    shop: Shop, stock: Stock
) -> None:
    office = shop.office
    office.do(recall, lot(shop, "A"), reason="notice 7")
    with pytest.raises(Refused), office.acting("test.repair"):
        stock.take(office, "VAX", 6, about=shop.acme)
    with pytest.raises(Refused), office.acting("test.repair"):
        stock.take(office, "VAX", 1, about=shop.acme, lot="A")
    assert stock.available(office, "VAX", location="Exam 1") == 5


def test_it_is_put_back_once_into_its_lots_and_undone_with_the_callers_action(
    shop: Shop, stock: Stock
) -> None:
    office = shop.office
    with office.acting("test.repair"):
        taken = stock.take(office, "VAX", 7, about=shop.acme)
        # Another row of the caller's in the same action.
        office.edit(shop.acme, note="called")
    with office.acting("test.repair"):
        stock.put_back(office, taken)
    assert stock.available(office, "VAX") == 10
    with pytest.raises(Refused), office.acting("test.repair"):
        stock.put_back(office, taken)
    undo(office)
    assert stock.available(office, "VAX") == 3
    undo(office)
    assert stock.available(office, "VAX") == 10
    assert office.get(Vendor, shop.acme.id).note is None


def test_what_was_taken_for_a_record_is_found_by_the_record(shop: Shop, stock: Stock) -> None:
    office = shop.office
    with office.acting("test.repair"):
        first = stock.take(office, "VAX", 7, about=shop.acme)
        stock.take(office, "GLV-M", 3, about=shop.acme)
        stock.take(office, "VAX", 1, about=shop.gloves)
    assert stock.taken(office, about=shop.acme)[0] == first
    assert {part.item: part.quantity for part in stock.taken(office, about=shop.acme)} == {
        "VAX": 7,
        "GLV-M": 3,
    }
    with office.acting("test.repair"):
        stock.put_back(office, stock.taken(office, about=shop.acme)[0])
    assert [part.item for part in stock.taken(office, about=shop.acme)] == ["GLV-M"]
    assert stock.available(office, "VAX") == 9
    undo(office)
    assert len(stock.taken(office, about=shop.acme)) == 2


def test_holds_are_found_and_released_by_the_record(shop: Shop, stock: Stock) -> None:
    office = shop.office
    with office.acting("test.excursion"):
        held = stock.hold(office, location="Exam 1", reason="warm", about=shop.acme)
        stock.hold(office, location="Exam 1", reason="power cut", about=shop.gloves)
    assert stock.held(office, about=shop.acme) == held
    with office.acting("test.excursion"):
        stock.release(office, stock.held(office, about=shop.acme))
    assert not stock.held(office, about=shop.acme).holds
    assert len(stock.held(office, about=shop.gloves).holds) == 2


def test_a_hold_keeps_every_lot_of_a_place_until_its_last_reason_ends(
    shop: Shop, stock: Stock
) -> None:
    office = shop.office
    office.do(receive, shop.gloves, quantity=5, location_id=shop.exam.id)
    with office.acting("test.excursion"):
        first = stock.hold(office, location="Exam 1", reason="warm", about=shop.acme)
        second = stock.hold(office, location="Exam 1", reason="power cut", about=shop.acme)
    assert len(first.lots) == len(second.lots) == 2
    assert list(first.without_lot) == ["Gloves M"]
    assert stock.available(office, "VAX") == 0
    with office.acting("test.excursion"):
        assert stock.release(office, first) == []
    assert stock.available(office, "VAX") == 0
    with office.acting("test.excursion"):
        assert len(stock.release(office, second)) == 2
        # Again: nothing is left to end.
        assert stock.release(office, second) == []
    assert stock.available(office, "VAX") == 10


def test_two_holds_of_one_lot_are_released_at_once(shop: Shop, stock: Stock) -> None:
    office = shop.office
    with office.acting("test.excursion"):
        holds = [
            stock.hold(office, location="Exam 1", reason=reason, about=shop.acme).holds
            for reason in ("warm", "power cut")
        ]
    with office.acting("test.excursion"):
        released = stock.release(office, Held((*holds[0], *holds[1]), (), ()))
    assert len(released) == 2
    assert stock.available(office, "VAX") == 10


def test_what_a_person_held_or_recalled_stays_so(shop: Shop, stock: Stock) -> None:
    office = shop.office
    office.do(quarantine, lot(shop, "A"), reason="label is torn")
    with office.acting("test.excursion"):
        held = stock.hold(office, location="Exam 1", reason="warm", about=shop.acme)
    office.do(recall, lot(shop, "B"), reason="notice 7")
    with office.acting("test.excursion"):
        assert stock.release(office, held) == []
    assert lot(shop, "A").status == "quarantined"
    assert lot(shop, "B").status == "recalled"


BY_HAND = {"quarantine": quarantine, "recall": recall, "damage": damage, "release": release}
STEP = st.tuples(
    st.sampled_from((*BY_HAND, "hold", "end", "undo", "undo", "redo")), st.integers(0, 4)
)


class HeldLot:
    """A lot that people and records hold and release."""

    def __init__(self, shop: Shop, stock: Stock) -> None:
        self.office, self.stock, self.holder = shop.office, stock, shop.acme
        with self.office.acting("test.lot"):
            lot = Lot(item_id=shop.vaccine.id, number=token_hex(4), expires_on=day("2026-09-30"))
            self.id = self.office.add(lot).id
        self.number = self.record.number

    @property
    def record(self) -> Lot:
        return self.office.get(Lot, self.id)

    def take(self, step: str, n: int) -> None:
        """Take a step by hand, or one of the record that holds the lot."""
        if step in BY_HAND:
            self.office.do(BY_HAND[step], self.record)
        elif step == "undo":
            undo(self.office, self._action(n))
        elif step == "redo":
            redo(self.office)
        else:
            with self.office.acting("test.holder"):
                self._as_holder(step)

    def _as_holder(self, step: str) -> None:
        if step == "hold":
            self.stock.hold_lot(self.office, "VAX", self.number, reason="warm", about=self.holder)
        else:
            holds = [hold.id for hold in self.office.all(LotHold, "lot_id = ?", self.id)]
            self.stock.release(self.office, Held(tuple(holds), (), ()))

    def _action(self, n: int) -> int:
        sql = (
            "SELECT id FROM core_action WHERE verb NOT LIKE '%do' ORDER BY id DESC LIMIT 1 OFFSET ?"
        )
        return int(self.office.value(sql, n))

    @property
    def is_held(self) -> bool:
        """Whether its holder has not ended a hold yet."""
        return any(not hold.released_at for hold in self.office.all(LotHold, "lot_id = ?", self.id))


def test_no_road_makes_a_lot_usable_that_a_record_holds(shop: Shop, stock: Stock) -> None:
    held = 0

    @tried(240)
    @example([("quarantine", 0), ("hold", 0), ("undo", 1)])
    @given(st.lists(STEP, min_size=2, max_size=8))
    def in_any_order(steps: list[tuple[str, int]]) -> None:
        nonlocal held
        lot = HeldLot(shop, stock)
        for step, n in steps:
            with suppress(OfficeError):
                lot.take(step, n)
            if lot.is_held:
                held += 1
                assert lot.record.status != "available", step

    in_any_order()
    assert held > 2, "hardly any lot was held, so nothing was shown"


def test_a_person_who_releases_a_held_lot_reads_which_record_holds_it(
    shop: Shop, stock: Stock
) -> None:
    office = shop.office
    with office.acting("test.excursion"):
        held = stock.hold(office, location="Exam 1", reason="warm", about=shop.acme)
    with pytest.raises(Refused, match="is held for warm; see officeops vendor show"):
        office.do(release, lot(shop, "A"))
    with office.acting("test.excursion"):
        stock.release(office, held)
    assert lot(shop, "A").status == "available"


def test_one_lot_is_held_wherever_it_is_and_ended_by_the_verb_of_its_plugin(
    shop: Shop, stock: Stock
) -> None:
    office = shop.office
    with office.acting("test.control"):
        held = stock.hold_lot(office, "VAX", "a", reason="untried", about=shop.acme)
        assert not stock.hold_lot(office, "VAX", "none", reason="untried", about=shop.acme).holds
    assert [lot_.status for lot_ in (lot(shop, "A"), lot(shop, "B"))] == [
        "quarantined", "available",
    ]  # fmt: skip
    assert [(one.lot, one.quantity) for one in stock.lots(office, "VAX")] == [("A", 5), ("B", 5)]
    make_role(office, "tester", ["vendors.vendor.edit", "core.today.view"])
    admit(office, "mia", ["tester"])
    with open_as(office, "mia") as hers:
        # Her right to a verb of another plugin ends no hold of the vendors.
        with pytest.raises(Forbidden), hers.acting("vendors.vendor.edit"):
            stock.release(hers, held, verb="core.today.view")
        with pytest.raises(Forbidden), hers.acting("vendors.vendor.edit"):
            stock.release(hers, held)
        with hers.acting("vendors.vendor.edit"):
            assert stock.release(hers, held, verb="vendors.vendor.edit")
    assert lot(shop, "A").status == "available"
