"""Merges that reach the inventory: orders and terms follow a vendor, stock moves with a location."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from officeops.core.records import Location
from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.errors import Refused
from officeops.office.merge_action import merge_action
from officeops_inventory.model import Item, Move, Order, Terms
from officeops_inventory.stock.actions import receive
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office

    from .conftest import Shop

MERGE_VENDOR, MERGE_LOCATION = merge_action(Vendor), merge_action(Location)


def second(shop: Shop, price: int | None = 125_000) -> tuple[Vendor, Terms]:
    """A second record of Acme, with terms for the same box of gloves."""
    office = shop.office
    with office.acting("test.setup"):
        twin = office.add(Vendor(name="Acme Inc"))
        terms = office.add(
            Terms(
                item_id=shop.gloves.id,
                vendor_id=twin.id,
                pack_id=shop.box.id,
                price=price,
                vendor_sku="G-100",
                rank=2,
            )
        )
    return twin, terms


def rows_of(office: Office, *kinds: type[Any]) -> list[list[tuple[Any, ...]]]:
    """Every row of some kinds, without the versions that every write raises."""
    rows = []
    for kind in kinds:
        columns = ", ".join(name for name in kind.meta.columns if name != "version")
        rows.append(office.rows(f"SELECT {columns} FROM {kind.meta.table} ORDER BY id"))
    return rows


def test_orders_follow_and_equal_terms_are_folded(shop: Shop) -> None:
    office = shop.office
    twin, terms = second(shop)
    with office.acting("test.setup"):
        order = office.add(Order(vendor_id=twin.id))
    before = rows_of(office, Vendor, Terms, Order)
    office.do(MERGE_VENDOR, twin, into=shop.acme.id)
    assert office.get(Order, order.id).vendor_id == shop.acme.id
    assert office.get(Terms, terms.id).archived_at
    [kept] = office.all(Terms, "vendor_id = ?", shop.acme.id)
    # The blank of the terms that stay is filled.
    assert (kept.vendor_sku, kept.rank) == ("G-100", 1)
    undo(office)
    assert rows_of(office, Vendor, Terms, Order) == before


def test_terms_that_differ_are_a_clash_and_nothing_is_written(shop: Shop) -> None:
    office = shop.office
    twin, terms = second(shop, price=130_000)
    before = rows_of(office, Vendor, Terms, Order)
    actions = office.value("SELECT count(*) FROM core_action")
    with pytest.raises(Refused) as refused:
        office.do(MERGE_VENDOR, twin, into=shop.acme.id)
    [problem] = refused.value.problems
    assert problem.code == "contradicts-record"
    assert problem.facts["id"] == terms.id
    assert rows_of(office, Vendor, Terms, Order) == before
    assert office.value("SELECT count(*) FROM core_action") == actions


def test_stock_moves_with_its_location_and_comes_back(shop: Shop) -> None:
    office = shop.office
    office.do(receive, office.get(Item, shop.gloves.id), quantity=40, location_id=shop.exam.id)
    entries = office.value("SELECT count(*) FROM inventory_move")
    office.do(MERGE_LOCATION, shop.exam, into=shop.main.id)
    held = "SELECT location_id, quantity FROM inventory_stock WHERE quantity <> 0"
    assert office.rows(held) == [(shop.main.id, 40)]
    assert office.value("SELECT count(*) FROM inventory_move") == entries + 2
    assert not list(verify(office))
    # The entry of before keeps its location, and says where that went; a link leads there.
    places = [name for _, name in office.select(Move, [Move.meta.by_name["location_id"]])]
    assert places.count("Exam 1, merged into Main") == 2
    assert "Main" in places
    assert office.label(Location, shop.exam.id) == "Exam 1, merged into Main"
    assert office.find(Location, f"#{shop.exam.id}").id == shop.main.id
    undo(office)
    assert office.label(Location, shop.exam.id) == "Exam 1"
    assert office.rows(held) == [(shop.exam.id, 40)]
    assert office.get(Location, shop.exam.id).archived_at is None
