"""What must not be used is never quiet: not on a shelf, not when it is taken by name, not when it is put away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops import OfficeError, Refused, action, param
from officeops_inventory.counts.booking import count
from officeops_inventory.model import Item, Lot, Move
from officeops_inventory.stock import actions as stock
from officeops_inventory.stock import unsafe_stock
from officeops_inventory.stock.ledger import move
from officeops_inventory.stock.lots import damage, discard, lot_for, quarantine, recall, release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from plugins.inventory.tests.conftest import Shop

    from officeops import Action, Office
    from officeops.model.due import Noted
    from officeops.office.office import Office as OpenOffice
    from officeops.testing import Cli

TODAY = date(2026, 3, 2)
#: Every state a lot may not be used in: how a lot gets into it.
HELD = {"quarantined": quarantine, "recalled": recall, "damaged": damage}
UNSAFE = (*HELD, "expired")


def lot_in(shop: Shop, state: str, number: str = "A") -> Lot:
    """A lot of ten, eight of them at Main and two at Exam 1."""
    ends = TODAY - timedelta(days=1) if state == "expired" else TODAY + timedelta(days=400)
    with shop.office.acting("test"):
        lot = lot_for(shop.office, shop.vaccine.id, number, ends)
        assert lot is not None
        move(shop.office, shop.vaccine.id, "receive", 8, shop.main.id, lot.id)
        move(shop.office, shop.vaccine.id, "receive", 2, shop.exam.id, lot.id)
    if state in HELD:
        shop.office.do(HELD[state], lot, reason="notice Z-0123")
    return shop.office.get(Lot, lot.id)


def by_hand(shop: Shop, sql: str, *values: object) -> None:
    """Write what no action would, as an old or damaged file may have it."""
    with shop.office.acting("test"), shop.office.lifted():
        shop.office.store.db.execute(sql, values)


def unsafe(office: OpenOffice) -> list[Noted]:
    return [noted for noted in office.due_items() if noted.due.severity == "unsafe"]


def by_name(actions: Iterable[Action[..., Any]]) -> list[Action[..., Any]]:
    """The actions that may be told which lot to take."""
    return [
        each for each in actions if any(field.target == "inventory.lot" for field in each.fields)
    ]


def given(shop: Shop, way: Action[..., Any], lot: Lot, quantity: int) -> dict[str, Any]:
    """What a way of moving stock needs beside a reason; one that needs more must be taught here."""
    known = {
        "quantity": quantity,
        "lot_id": lot.id,
        "to_location_id": shop.exam.id,
        "location_id": shop.main.id,
    }
    known |= {"from_location_id": shop.main.id}
    names = {field.name for field in way.fields}
    needed = {field.name for field in way.fields if field.required} - known.keys() - {"reason"}
    assert not needed, f"{way.name} needs {needed}; say here with what the sweep is to try it"
    return {name: value for name, value in known.items() if name in names}


def quiet_ways(shop: Shop, actions: Iterable[Action[..., Any]], state: str) -> list[str]:
    """The ways that take a lot in this state without a reason, or without saying and keeping it."""
    lot, found = lot_in(shop, state), []
    for way in by_name(actions):
        for quantity in (1, -1) if way.verb == "adjust" else (1,):
            asked = given(shop, way, lot, quantity)
            try:
                shop.office.do(way, shop.vaccine, **asked)
            except OfficeError:
                said = str(
                    shop.office.do(way, shop.vaccine, **asked, reason="the doctor asked for it")
                )
                note = str(list(shop.office.all(Move))[-1].note)
                if state not in said or state not in note or "the doctor asked for it" not in note:
                    found.append(f"{way.name} says nothing")
            else:
                found.append(f"{way.name} asks nothing")
    return found


@pytest.mark.parametrize("state", UNSAFE)
def test_no_way_takes_an_unsafe_lot_without_a_reason(shop: Shop, state: str) -> None:
    ways = shop.office.actions(Item)
    assert {each.verb for each in by_name(ways)} >= {"use", "waste", "return", "adjust", "transfer"}
    assert quiet_ways(shop, ways, state) == []


def test_the_sweep_finds_a_way_that_asks_nothing(shop: Shop) -> None:
    @action("inventory.item.lend")
    def lend(
        office: Office,
        item: Item,
        quantity: int = param(kind="quantity"),
        lot_id: int = param(target="inventory.lot"),
    ) -> None:
        move(office, item.id, "use", -quantity, shop.main.id, lot_id)

    assert quiet_ways(shop, [lend], "recalled") == ["inventory.item.lend asks nothing"]


def test_a_good_lot_is_taken_by_name_without_a_reason(shop: Shop) -> None:
    lot = lot_in(shop, "available")
    assert shop.office.do(
        stock.use, shop.vaccine, quantity=1, lot_id=lot.id, location_id=shop.main.id
    )
    assert shop.office.do(
        stock.transfer, shop.vaccine, quantity=1, to_location_id=shop.exam.id, lot_id=lot.id
    )


def test_the_refusal_names_the_notice(shop: Shop) -> None:
    lot = lot_in(shop, "recalled")
    with pytest.raises(Refused, match=r"lot A is recalled \(notice Z-0123\)") as refusal:
        shop.office.do(stock.use, shop.vaccine, quantity=1, lot_id=lot.id, location_id=shop.main.id)
    assert [problem.field for problem in refusal.value.problems] == ["reason"]


@pytest.mark.parametrize("state", UNSAFE)
def test_unsafe_stock_is_in_today_for_as_long_as_any_is_on_a_shelf(
    shop: Shop, state: str, freeze_today: Callable[[date], None]
) -> None:
    lot = lot_in(shop, state)
    (told,) = unsafe(shop.office)
    assert "8 at Main, 2 at Exam 1" in told.due.what
    assert (told.due.record, told.due.record_id) == ("inventory.lot", lot.id)
    assert told.due.action == unsafe_stock.SETTLED_BY[state]
    if state in HELD:
        assert "notice Z-0123" in told.due.what
    freeze_today(TODAY + timedelta(days=1))
    shop.office.forget_facts()
    assert [again.due.key for again in unsafe(shop.office)] == [told.due.key]
    # What is missing at one place does not make up for what is on a shelf at another.
    by_hand(shop, "UPDATE inventory_stock SET quantity = -8 WHERE location_id = ?", shop.main.id)
    assert "2 at Exam 1" in unsafe(shop.office)[0].due.what
    by_hand(shop, "UPDATE inventory_stock SET quantity = 0 WHERE location_id = ?", shop.main.id)
    shop.office.do(discard, shop.office.get(Lot, lot.id))
    assert unsafe(shop.office) == []


@pytest.mark.parametrize("state", [*UNSAFE, "available"])
def test_a_lot_on_a_shelf_is_not_put_away(shop: Shop, state: str) -> None:
    lot = lot_in(shop, state)
    with pytest.raises(Refused, match="8 at Main, 2 at Exam 1"), shop.office.acting("test"):
        shop.office.archive(lot)


@pytest.mark.parametrize("state", UNSAFE)
def test_one_that_was_put_away_before_is_told_of_all_the_same(shop: Shop, state: str) -> None:
    lot = lot_in(shop, state)
    by_hand(
        shop, "UPDATE inventory_lot SET archived_at = '2026-01-01T00:00:00Z' WHERE id = ?", lot.id
    )
    assert len(unsafe(shop.office)) == 1


def test_a_good_lot_that_ends_soon_is_not_to_be_thrown_away(shop: Shop) -> None:
    with shop.office.acting("test"):
        lot = lot_for(shop.office, shop.vaccine.id, "B", TODAY + timedelta(days=11))
        assert lot is not None
        move(shop.office, shop.vaccine.id, "receive", 3, shop.main.id, lot.id)
    (told,) = shop.office.due_items()
    assert (told.due.severity, told.due.action) == ("routine", "")
    assert told.due.what.endswith("3 at Main")


def test_a_released_lot_forgets_why_it_was_held(shop: Shop) -> None:
    lot = lot_in(shop, "quarantined")
    assert lot.hold_reason == "notice Z-0123"
    shop.office.do(release, lot)
    assert shop.office.get(Lot, lot.id).hold_reason is None
    assert unsafe(shop.office) == []


def test_a_balance_below_zero_is_told_of_however_much_is_elsewhere(shop: Shop) -> None:
    lot = lot_in(shop, "available")
    by_hand(shop, "UPDATE inventory_stock SET quantity = -3 WHERE location_id = ?", shop.exam.id)
    (told,) = [
        noted.due for noted in shop.office.due_items() if noted.due.key.endswith(":negative")
    ]
    assert told.what == "Vaccine is below zero: -3 at Exam 1 (lot A); 5 doses in all. Count it"
    assert (told.severity, told.action, told.record_id) == ("money", "count", shop.vaccine.id)
    fields = {field.name: field for field in Item.meta.computed}
    found = shop.office.select(Item, [fields["on_hand"], fields["below_zero"]])
    assert [tuple(row[1:]) for row in found] == [(0, None), (5, -3)]
    assert lot.id


@pytest.mark.parametrize("state", UNSAFE)
def test_a_count_says_which_unsafe_stock_is_gone(shop: Shop, state: str) -> None:
    lot_in(shop, state)
    asked: dict[str, Any] = {"location_id": shop.main.id, "item_id": shop.vaccine.id, "counted": 6}
    shop.office.do(count, **asked)
    [remark] = shop.office.remarks
    assert f"2 of lot A, {state}" in remark
    shop.office.do(count, **asked)
    assert shop.office.remarks == []


def test_the_list_of_stock_says_in_words_what_must_not_be_used(shop: Shop, cli: Cli) -> None:
    for number, state in enumerate(UNSAFE):
        lot_in(shop, state, f"L{number}")
    with shop.office.acting("test"):
        good = lot_for(shop.office, shop.vaccine.id, "GOOD", TODAY)
        move(shop.office, shop.vaccine.id, "receive", 8, shop.main.id, good.id if good else None)
        move(shop.office, shop.gloves.id, "receive", 8, shop.main.id)
    wanted = {f"L{number}": state for number, state in enumerate(UNSAFE)} | {
        "GOOD": "usable",
        None: "usable",
    }
    rows = cli("stock", "list", "--json").json
    assert {row["lot"]: row["state"] for row in rows} == wanted
    table = cli("stock", "list").out
    assert all(state in table for state in UNSAFE)
    assert {row["lot"] for row in cli("stock", "list", "state=expired", "--json").json} == {
        f"L{len(HELD)}"
    }
    wrong = cli("stock", "list", "state=xpired")
    assert (wrong.code, "expired" in wrong.err) == (2, True)
