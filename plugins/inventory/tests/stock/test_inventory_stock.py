"""Stock is the sum of its moves: first to expire goes first, nothing goes below zero, and a mistake is reversed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from plugins.inventory.tests.office_state import problems

from officeops import Refused
from officeops.core.records import Location
from officeops_inventory.model import Item, Lot, Move
from officeops_inventory.stock.actions import (
    adjust,
    receive,
    return_to_vendor,
    transfer,
    use,
    waste,
)
from officeops_inventory.stock.barcodes import items_by_barcode
from officeops_inventory.stock.ledger import move, on_hand
from officeops_inventory.stock.lots import discard, quarantine, recall, release
from officeops_inventory.stock.reversal import reverse
from officeops_inventory.stock_reports import expiring, stock_value, usage, worth

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office

TODAY = date(2026, 3, 2)


def lot(
    shop: Shop,
    number: str,
    quantity: int,
    expires_on: date | None = None,
    place: Location | None = None,
) -> Lot:
    where = (place or shop.main).id
    shop.office.do(
        receive,
        shop.vaccine,
        quantity=quantity,
        location_id=where,
        lot=number,
        expires_on=expires_on,
        no_lot=None if expires_on else "no day on the label",
    )
    found = shop.office.first(Lot, "number = ?", number)
    assert found is not None
    return found


def moves(office: Office) -> list[tuple[str, int, int | None]]:
    return [(m.kind, m.quantity, m.lot_id) for m in office.all(Move)]


def last_move(office: Office) -> Move:
    return list(office.all(Move))[-1]


def test_use_takes_first_to_expire_first_and_never_what_is_expired_or_held(shop: Shop) -> None:
    later = lot(shop, "LATER", 10, TODAY + timedelta(days=90))
    sooner = lot(shop, "SOONER", 4, TODAY)
    lot(shop, "GONE", 50, TODAY - timedelta(days=1))
    shop.office.do(quarantine, held := lot(shop, "HELD", 50, TODAY + timedelta(days=5)))
    said = shop.office.do(use, shop.vaccine, quantity=6)
    assert moves(shop.office)[-2:] == [("use", -4, sooner.id), ("use", -2, later.id)]
    for part in ("6 doses", "4 of lot SOONER, 2 of lot LATER", "108 on hand at Main"):
        assert part in said
    with pytest.raises(Refused, match=r"8 on hand at Main \(and 100 .*\), not 9"):
        shop.office.do(use, shop.vaccine, quantity=9)
    shop.office.do(use, shop.vaccine, quantity=50, lot_id=held.id, reason="tested good")
    with pytest.raises(Refused, match="only 0 of lot HELD on hand at Main"):
        shop.office.do(use, shop.vaccine, quantity=1, lot_id=held.id, reason="tested good")
    shop.office.do(release, shop.office.get(Lot, held.id))


def test_what_is_not_there_cannot_be_taken_and_nothing_is_written(shop: Shop) -> None:
    shop.office.do(receive, shop.gloves, quantity=3)
    before = moves(shop.office)
    for refused in (5, 0, -1, 10**12):
        with pytest.raises(Refused):
            shop.office.do(use, shop.gloves, quantity=refused)
    with pytest.raises(Refused, match="reason: is needed"):
        shop.office.do(waste, shop.gloves, quantity=1)
    with pytest.raises(Refused, match="reason: is needed"):
        shop.office.do(waste, shop.gloves, quantity=1, reason=" ")
    assert moves(shop.office) == before


def test_what_never_expires_is_used_last_and_a_correction_reaches_expired_stock(shop: Shop) -> None:
    ever, late = lot(shop, "EVER", 5), lot(shop, "LATE", 5, TODAY + timedelta(days=9))
    gone = lot(shop, "GONE", 5, TODAY - timedelta(days=9))
    shop.office.do(use, shop.vaccine, quantity=6)
    assert moves(shop.office)[-2:] == [("use", -5, late.id), ("use", -1, ever.id)]
    shop.office.do(adjust, shop.vaccine, quantity=-6, reason="not there")
    assert moves(shop.office)[-2:] == [("adjust", -4, ever.id), ("adjust", -2, gone.id)]


def test_a_lot_of_another_item_is_refused(shop: Shop) -> None:
    vaccine = lot(shop, "A", 5)
    with pytest.raises(Refused, match="lot A is of Vaccine"):
        shop.office.do(use, shop.gloves, quantity=1, lot_id=vaccine.id)


def test_an_item_kept_in_one_place_is_found_there(shop: Shop) -> None:
    shop.office.do(receive, shop.gloves, quantity=5, location_id=shop.exam.id)
    assert shop.office.do(use, shop.gloves, quantity=2).endswith("on hand at Exam 1.")


def test_an_office_that_a_program_made_without_locations_gets_one_and_keeps_it(
    office: Office,
) -> None:
    with office.acting("test"):
        item = office.add(Item(sku="A", name="A"))
    office.do(receive, item, quantity=5)
    [only] = office.all(Location)
    with office.acting("test"):
        office.add(Location(name="Main", count_order=-1))
    office.do(receive, item, quantity=5)
    assert on_hand(office, item.id, only.id) == 10


def test_each_kind_of_move_says_what_it_was(shop: Shop) -> None:
    shop.office.do(receive, shop.gloves, quantity=20)
    shop.office.do(waste, shop.gloves, quantity=1, reason="torn")
    shop.office.do(return_to_vendor, shop.gloves, quantity=2, reason="wrong size")
    shop.office.do(adjust, shop.gloves, quantity=-3, reason="miscounted")
    shop.office.do(adjust, shop.gloves, quantity=4, reason="found")
    shop.office.do(transfer, shop.gloves, quantity=5, to_location_id=shop.exam.id)
    wanted = [
        ("receive", 20),
        ("waste", -1),
        ("return", -2),
        ("adjust", -3),
        ("adjust", 4),
        ("transfer", -5),
        ("transfer", 5),
    ]
    assert [move[:2] for move in moves(shop.office)] == wanted
    assert on_hand(shop.office, shop.gloves.id) == 18
    assert on_hand(shop.office, shop.gloves.id, shop.exam.id) == 5
    with pytest.raises(Refused, match="it is at Main already"):
        shop.office.do(
            transfer,
            shop.gloves,
            quantity=1,
            from_location_id=shop.main.id,
            to_location_id=shop.main.id,
        )
    assert not list(problems(shop.office))


@pytest.mark.parametrize("name", ["2027-01-31", "exp 2027-01-31", "EXP 2027-01-31"])
def test_goods_without_a_lot_number_join_the_lot_that_goes_by_their_expiry(
    shop: Shop, name: str
) -> None:
    known = lot(shop, name, 5, date(2027, 1, 31))
    end, why = date(2027, 1, 31), "no number on it"
    shop.office.do(receive, shop.vaccine, quantity=5, expires_on=end, no_lot=why)
    assert on_hand(shop.office, shop.vaccine.id, lot_id=known.id) == 10


def test_a_known_expiry_is_neither_blanked_nor_overwritten(shop: Shop) -> None:
    first = lot(shop, "A1", 5, date(2027, 1, 31))
    shop.office.do(receive, shop.vaccine, quantity=5, lot="a1")
    assert shop.office.get(Lot, first.id).expires_on == date(2027, 1, 31)
    assert on_hand(shop.office, shop.vaccine.id, lot_id=first.id) == 10
    with pytest.raises(Refused, match=r"lot A1 .*2027-01-31, not 2027-02-28"):
        lot(shop, "A1", 5, date(2027, 2, 28))
    unknown = lot(shop, "B1", 5)
    assert lot(shop, "B1", 5, date(2027, 3, 31)) == shop.office.get(Lot, unknown.id)
    assert "expired 2026-03-01: send it back" in shop.office.do(
        receive,
        shop.vaccine,
        quantity=1,
        expires_on=TODAY - timedelta(days=1),
        no_lot="no number on it",
    )


def test_a_recall_says_where_the_lot_is_and_discarding_empties_it(shop: Shop) -> None:
    batch = lot(shop, "A", 30)
    shop.office.do(
        transfer, shop.vaccine, quantity=10, to_location_id=shop.exam.id, lot_id=batch.id
    )
    assert "recalled: 20 at Main, 10 at Exam 1" in shop.office.do(recall, batch)
    assert "30 of lot A" in shop.office.do(discard, batch)
    assert [move[:2] for move in moves(shop.office)[-2:]] == [("expire", -20), ("expire", -10)]
    with pytest.raises(Refused, match="none of it is on hand"):
        shop.office.do(discard, batch)
    with pytest.raises(Refused) as refused:
        shop.office.do(quarantine, batch)
    assert refused.value.problems[0].facts == {"state": "recalled", "needed": ["available"]}


def test_a_move_is_reversed_once_and_only_while_its_stock_is_there(shop: Shop) -> None:
    shop.office.do(receive, shop.gloves, quantity=5)
    came = last_move(shop.office)
    shop.office.do(use, shop.gloves, quantity=2)
    used = last_move(shop.office)
    with pytest.raises(Refused, match=r"5 .*only 3 .*at Main"):
        shop.office.do(reverse, came)
    assert "2 Gloves M on 2026-03-02" in shop.office.do(reverse, used)
    back = last_move(shop.office)
    assert (back.kind, back.quantity, back.reverses_id, back.day) == (
        "reversal",
        2,
        used.id,
        used.day,
    )
    for again, why in ((used, "reversed already"), (back, "itself a reversal")):
        with pytest.raises(Refused, match=why):
            shop.office.do(reverse, again)
    shop.office.do(reverse, came)
    assert on_hand(shop.office, shop.gloves.id) == 0
    assert not list(problems(shop.office))


@pytest.mark.parametrize("half", [-2, -1])
def test_a_transfer_is_reversed_whole(shop: Shop, half: int) -> None:
    shop.office.do(receive, shop.gloves, quantity=5)
    shop.office.do(transfer, shop.gloves, quantity=4, to_location_id=shop.exam.id)
    shop.office.do(reverse, list(shop.office.all(Move))[half])
    assert on_hand(shop.office, shop.gloves.id, shop.main.id) == 5
    assert on_hand(shop.office, shop.gloves.id, shop.exam.id) == 0
    with pytest.raises(Refused, match="reversed already"):
        shop.office.do(reverse, list(shop.office.all(Move))[1])


def test_selfcheck_sees_a_balance_that_is_wrong(shop: Shop) -> None:
    shop.office.do(receive, shop.gloves, quantity=5)
    with shop.office.acting("test"), shop.office.lifted():
        shop.office.store.db.execute("UPDATE inventory_stock SET quantity = -1")
    wrong_sum, below_zero = problems(shop.office)
    assert "is -1, but" in wrong_sum
    assert "Main: -1" in below_zero


@pytest.mark.parametrize("half", [-2, -1])
def test_a_transfer_of_former_days_has_no_group_and_is_reversed_whole(
    shop: Shop, half: int
) -> None:
    office, gloves = shop.office, shop.gloves.id
    office.do(receive, shop.gloves, quantity=5)
    with office.acting("test"):
        move(office, gloves, "transfer", -4, shop.main.id)
        move(office, gloves, "transfer", 4, shop.exam.id)
    office.do(reverse, list(office.all(Move))[half])
    assert on_hand(office, gloves, shop.main.id) == 5
    assert not list(problems(office))


def test_reports_tell_worth_use_and_what_expires(shop: Shop) -> None:
    shop.office.do(receive, shop.gloves, quantity=150)
    lot(shop, "A", 5, TODAY + timedelta(days=10))
    shop.office.do(use, shop.gloves, quantity=30)
    shop.office.do(reverse, last_move(shop.office))
    shop.office.do(use, shop.gloves, quantity=18)
    values: list[dict[str, Any]] = list(stock_value.run(shop.office))  # type: ignore[arg-type] # rows are dicts
    assert [(row["item"], row["on_hand"], row["value"]) for row in values] == [
        ("GLV-M", 132, "16.50"),
        ("VAX", 5, None),
    ]
    assert [(row["used"], row["per_30_days"]) for row in usage.run(shop.office)] == [(18, "3.0")]
    assert [(row["lot"], row["days_left"]) for row in expiring.run(shop.office)] == [("A", 10)]
    assert worth(1, 100, 2) == 1


@pytest.mark.parametrize(
    "scanned", ["00012345678905", "012345678905", "0012345678905", "12345678905"]
)
def test_a_barcode_is_found_with_and_without_its_leading_zeros(shop: Shop, scanned: str) -> None:
    assert [item.sku for item in items_by_barcode(shop.office, scanned)] == ["GLV-M"]


@pytest.mark.parametrize("other", ["10012345678902", "2345678905", "", "box"])
def test_another_barcode_is_not(shop: Shop, other: str) -> None:
    assert not list(items_by_barcode(shop.office, other))
