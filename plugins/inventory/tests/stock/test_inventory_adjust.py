"""Corrections and transfers: each books what was asked for, where it was asked for, in the lot that it means."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.conftest import TODAY

from officeops_inventory.model import Level, Lot
from officeops_inventory.stock.actions import adjust, receive, transfer
from officeops_inventory.stock.intake import Intake, home, without_lot
from officeops_inventory.stock.picking import newest_lot

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop


@pytest.fixture
def lot(shop: Shop) -> Lot:
    """Five doses in a lot."""
    ends = TODAY + timedelta(days=90)
    shop.office.do(receive, shop.vaccine, quantity=5, lot="A", expires_on=ends)
    return next(shop.office.all(Lot))


def moves(shop: Shop, item_id: int) -> list[tuple[int, int | None]]:
    """The corrections of an item: how many, and in which lot."""
    sql = "SELECT quantity, lot_id FROM inventory_move WHERE item_id = ? AND kind = 'adjust' ORDER BY id"
    return [(quantity, lot_id) for quantity, lot_id in shop.office.rows(sql, item_id)]


def test_a_single_piece_is_found(shop: Shop) -> None:
    shop.office.do(adjust, shop.gloves, quantity=1, reason="found")
    assert moves(shop, shop.gloves.id) == [(1, None)]


def test_what_is_missing_of_a_lot_leaves_that_lot(shop: Shop, lot: Lot) -> None:
    shop.office.do(adjust, shop.vaccine, quantity=-2, reason="missing", lot_id=lot.id)
    assert moves(shop, shop.vaccine.id) == [(-2, lot.id)]


def test_stock_found_is_of_the_newest_lot_unless_it_has_none(shop: Shop, lot: Lot) -> None:
    shop.office.do(adjust, shop.vaccine, quantity=3, reason="found")
    shop.office.do(adjust, shop.vaccine, quantity=4, reason="found", no_lot="the label is gone")
    assert moves(shop, shop.vaccine.id) == [(3, lot.id), (4, None)]


def test_the_newest_lot_is_one_of_this_place_that_may_be_used(shop: Shop, lot: Lot) -> None:
    office, item = shop.office, shop.vaccine
    ends = TODAY + timedelta(days=200)
    office.do(receive, item, quantity=5, lot="B", expires_on=ends, location_id=shop.exam.id)
    with office.acting("test"):
        held = office.add(Lot(item_id=item.id, number="C", expires_on=ends, status="quarantined"))
    office.do(adjust, item, quantity=5, reason="found", lot_id=held.id, location_id=shop.main.id)
    assert newest_lot(office, item.id, shop.main.id, TODAY) == lot.id


def test_all_moves_of_a_transfer_are_one_group(shop: Shop, lot: Lot) -> None:
    office = shop.office
    office.do(receive, shop.vaccine, quantity=5, lot="B", expires_on=TODAY + timedelta(days=120))
    office.do(transfer, shop.vaccine, quantity=7, to_location_id=shop.exam.id)
    sql = "SELECT ifnull(group_id, id), lot_id FROM inventory_move WHERE kind = 'transfer'"
    rows = office.rows(sql)
    assert len(rows) == 4
    assert len({lot_id for _, lot_id in rows}) == 2
    assert lot.id in {lot_id for _, lot_id in rows}
    assert len({group for group, _ in rows}) == 1


def test_an_archived_location_is_no_home_whatever_is_left_there(shop: Shop) -> None:
    office = shop.office
    office.do(adjust, shop.gloves, quantity=5, reason="found", location_id=shop.exam.id)
    with office.acting("test"):
        assert home(office, shop.gloves.id) == shop.exam.id
        # Only an earlier version archived a location that has stock.
        sql = "UPDATE core_location SET archived_at = ? WHERE id = ?"
        office.store.db.execute(sql, (office.stamp(), shop.exam.id))
        assert home(office, shop.gloves.id) == shop.main.id


def test_the_level_of_another_item_makes_no_home(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        office.add(Level(item_id=shop.vaccine.id, location_id=shop.exam.id, order_up_to=5))
        assert home(office, shop.vaccine.id) == shop.exam.id
        assert home(office, shop.gloves.id) == shop.main.id


def test_a_lot_is_known_by_its_own_number(shop: Shop, lot: Lot) -> None:
    intake = Intake(shop.office, shop.vaccine.id)
    assert intake.lacks(shop.vaccine.id, lot.number, None) == []
    unknown = intake.lacks(shop.vaccine.id, "B", None)
    assert [problem.code for problem in unknown] == ["expiry-needed"]


@pytest.mark.parametrize(
    ("note", "no_lot", "kept"),
    [
        (None, None, None),
        ("from Ada", " ", "from Ada"),
        (None, "loose", "no lot: loose"),
        ("from Ada", "loose", "from Ada; no lot: loose"),
    ],
)
def test_the_reason_for_no_lot_is_kept_behind_the_note(
    note: str | None, no_lot: str | None, kept: str | None
) -> None:
    assert without_lot(note, no_lot) == kept
