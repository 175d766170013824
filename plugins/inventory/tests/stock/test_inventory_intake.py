"""The lot and the expiry that an item needs are demanded on every way in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from plugins.inventory.tests.stock.ways_in import (
    LATER,
    TODAY,
    WAYS_IN,
    about,
    choose_default,
    endless,
)

from officeops import Refused
from officeops_inventory.counts.booking import count
from officeops_inventory.model import Item, Lot, Move
from officeops_inventory.purchasing.receipts import receive as take_in
from officeops_inventory.stock.actions import receive, transfer, use
from officeops_inventory.stock.intake import Intake, comes_in_lots
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.lots import quarantine
from officeops_inventory.stock.reversal import reverse

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office

#: Those that bring none in: they take it out, move papers, or put back what the record had.
BRING_NOTHING = {
    *(f"inventory.item.{verb}" for verb in ("use", "waste", "return")),
    *(f"inventory.lot.{verb}" for verb in ("quarantine", "recall", "damage", "release", "discard")),
    *(
        f"inventory.order.{verb}"
        for verb in ("add-line", "approve", "send", "close", "close-short", "cancel", "reopen")
    ),
    "inventory.line.change",
    "inventory.line.price",
    "inventory.move.reverse",
}


@pytest.fixture(autouse=True)
def _started(shop: Shop) -> None:
    choose_default(shop)


@pytest.fixture
def vaccine(shop: Shop) -> Item:
    """The vaccine, with one dose that came in without a lot for a reason, at Exam 1, and an order under way."""
    shop.office.do(receive, shop.vaccine, quantity=1, location_id=shop.exam.id, no_lot="loose vial")
    return shop.vaccine


def test_every_action_is_known_to_bring_stock_in_or_not(office: Office) -> None:
    names = {
        action.name
        for plugin, action in office.plugins.registered("actions")
        if plugin == "inventory"
    }
    assert names == WAYS_IN.keys() | BRING_NOTHING


@pytest.mark.parametrize("name", WAYS_IN)
@pytest.mark.parametrize("reason", [None, "", "   "])
def test_no_way_in_takes_vaccine_without_a_lot(
    shop: Shop, vaccine: Item, name: str, reason: str | None
) -> None:
    action = next(
        each for _, each in shop.office.plugins.registered("actions") if each.name == name
    )
    those, more = about(shop, name)
    before = list(shop.office.all(Move))
    with pytest.raises(Refused, match="lot"):
        shop.office.do(action, *those, **more, **WAYS_IN[name], no_lot=reason)
    assert list(shop.office.all(Move)) == before
    assert not shop.office.first(Lot, "item_id = ?", vaccine.id)


@pytest.mark.parametrize("name", WAYS_IN)
@pytest.mark.usefixtures("vaccine")
def test_a_reason_is_the_way_round_and_is_kept_with_the_move(shop: Shop, name: str) -> None:
    action = next(
        each for _, each in shop.office.plugins.registered("actions") if each.name == name
    )
    those, more = about(shop, name)
    shop.office.do(action, *those, **more, **WAYS_IN[name], no_lot="label torn off")
    booked = list(shop.office.all(Move))[-1]
    assert booked.quantity > 0
    assert "no lot: label torn off" in str(booked.note)


@pytest.mark.parametrize(
    ("label", "missing"),
    [
        ({}, {"lot", "expires_on"}),
        ({"lot": "A"}, {"expires_on"}),
        ({"lot": "  "}, {"lot", "expires_on"}),
        ({"expires_on": LATER}, {"lot"}),
    ],
)
def test_lot_and_expiry_are_both_demanded_line_by_line(
    shop: Shop, label: dict[str, Any], missing: set[str]
) -> None:
    order = shop.sent(shop.vaccine)
    for action, those in ((take_in, order), (receive, shop.vaccine)):
        with pytest.raises(Refused) as refused:
            shop.office.do(action, those, quantity=2, **label)
        assert {problem.field for problem in refused.value.problems} == missing
        assert all("--no-lot" in problem.message for problem in refused.value.problems)
    assert not list(shop.office.all(Lot))


def test_a_lot_that_is_known_brings_its_own_last_day(shop: Shop) -> None:
    shop.office.do(receive, shop.vaccine, quantity=2, lot="A1", expires_on=LATER)
    shop.office.do(receive, shop.vaccine, quantity=2, lot="a1 ")
    assert [lot.expires_on for lot in shop.office.all(Lot)] == [LATER]
    endless(shop, "B2")
    with pytest.raises(Refused, match="expires_on"):
        shop.office.do(receive, shop.vaccine, quantity=2, lot="B2")
    # Case, accents and look-alike blanks tell no lots apart.
    shop.office.do(receive, shop.vaccine, quantity=2, lot="AB 12", expires_on=LATER)
    shop.office.do(receive, shop.vaccine, quantity=2, lot="\u00c0b\u00a012")
    assert len(list(shop.office.all(Lot))) == 3


def test_an_item_comes_in_lots_by_its_shelf_life_or_its_past(shop: Shop) -> None:
    office = shop.office
    assert comes_in_lots(office, shop.vaccine.id)
    assert not comes_in_lots(office, shop.gloves.id)
    office.do(receive, shop.gloves, quantity=5)
    office.do(receive, shop.gloves, quantity=5, lot="G1")
    assert comes_in_lots(office, shop.gloves.id)
    # Lots of it that never end demand a number, and no last day.
    with pytest.raises(Refused) as refused:
        office.do(receive, shop.gloves, quantity=5)
    assert [problem.field for problem in refused.value.problems] == ["lot"]
    office.do(receive, shop.gloves, quantity=5, lot="G2")
    office.do(receive, shop.gloves, quantity=5, lot="G3", expires_on=LATER)
    with pytest.raises(Refused, match="expires_on"):
        office.do(receive, shop.gloves, quantity=5, lot="G4")


def test_imports_ask_the_same_of_many_rows(shop: Shop) -> None:
    intake = Intake(shop.office)
    assert [problem.field for problem in intake.lacks(shop.vaccine.id, None, None)] == [
        "lot",
        "expires_on",
    ]
    assert not intake.lacks(shop.vaccine.id, "A", "2027-01-31")
    assert not intake.lacks(shop.gloves.id, None, None)
    intake.lot_made(shop.gloves.id, None)
    assert [problem.field for problem in intake.lacks(shop.gloves.id, None, None)] == ["lot"]
    intake.lot_made(shop.gloves.id, "2027-01-31")
    intake.lot_made(shop.gloves.id, None)
    assert [problem.field for problem in intake.lacks(shop.gloves.id, "", None)] == [
        "lot",
        "expires_on",
    ]


def test_what_is_expired_or_held_is_said_when_it_comes_in_or_is_put_elsewhere(shop: Shop) -> None:
    gone = TODAY - timedelta(days=1)
    assert "expired 2026-03-01" in shop.office.do(
        receive, shop.vaccine, quantity=2, lot="GONE", expires_on=gone
    )
    order = shop.sent(shop.vaccine)
    assert "expired 2026-03-01" in shop.office.do(take_in, order, quantity=1, lot="GONE")
    shop.office.do(receive, shop.vaccine, quantity=2, lot="HELD", expires_on=LATER)
    held = shop.office.first(Lot, "number = 'HELD'")
    assert held
    shop.office.do(quarantine, held)
    assert "is quarantined: keep it apart" in shop.office.do(
        receive, shop.vaccine, quantity=2, lot="HELD"
    )
    given: dict[str, Any] = {
        "lot_id": held.id,
        "to_location_id": shop.exam.id,
        "reason": "to the locked fridge",
    }
    assert "is quarantined: keep it apart" in shop.office.do(
        transfer, shop.vaccine, quantity=1, **given
    )


def test_stock_found_goes_to_the_newest_lot_there_and_fills_what_was_below_zero_first(
    shop: Shop,
) -> None:
    office = shop.office
    office.do(receive, shop.vaccine, quantity=5, lot="A", expires_on=LATER)
    office.do(receive, shop.vaccine, quantity=5, lot="B", expires_on=LATER)
    office.do(count, location_id=shop.main.id, item_id=shop.vaccine.id, counted=12)
    newest = office.first(Lot, "number = 'B'")
    assert newest
    assert on_hand(office, shop.vaccine.id, lot_id=newest.id) == 7
    with office.acting("test"):
        office.add_many(
            Move,
            [
                {
                    "item_id": shop.vaccine.id,
                    "kind": "use",
                    "quantity": -4,
                    "location_id": shop.exam.id,
                    "day": TODAY.isoformat(),
                }
            ],
        )
    office.do(count, location_id=shop.exam.id, item_id=shop.vaccine.id, counted=0)
    assert on_hand(office, shop.vaccine.id, shop.exam.id) == 0
    with pytest.raises(Refused, match=r"2 more .*at Exam 1, of no known lot"):
        office.do(count, location_id=shop.exam.id, item_id=shop.vaccine.id, counted=2)


def test_a_reversal_puts_back_what_had_no_lot(shop: Shop, vaccine: Item) -> None:
    shop.office.do(use, vaccine, quantity=1)
    taken = list(shop.office.all(Move))[-1]
    shop.office.do(reverse, taken)
    assert on_hand(shop.office, vaccine.id, shop.exam.id) == 1
