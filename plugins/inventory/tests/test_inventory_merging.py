"""Merges that reach the inventory: orders and terms follow a vendor, stock moves with a location."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from officeops.core.records import Location
from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.errors import Refused
from officeops.model.exit_codes import USAGE
from officeops.office.crud import archive_record
from officeops.office.merge_action import merge_action
from officeops.office.office import open_office
from officeops_inventory.model import Item, Move, Order, Terms
from officeops_inventory.stock.actions import receive
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import Cli

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


def test_a_merge_is_undone_after_other_work(shop: Shop) -> None:
    office = shop.office
    twin, _ = second(shop)
    with office.acting("test.setup"):
        order = office.add(Order(vendor_id=twin.id, status="received", ordered_on=office.today))
    before = rows_of(office, Vendor, Terms, Order)
    office.do(MERGE_VENDOR, twin, into=shop.acme.id)
    merge = office.value("SELECT max(id) FROM core_action")
    with office.acting("test.later"):
        office.edit(office.get(Order, order.id), note="Called about the invoice")
    # Nobody gives a received order another vendor by hand; the merge did, and so may its undo.
    undo(office, merge)
    after = rows_of(office, Vendor, Terms, Order)
    assert after[:2] == before[:2]
    kept = office.get(Order, order.id)
    assert (kept.vendor_id, kept.note) == (twin.id, "Called about the invoice")


# -- a plugin that was off -------------------------------------------------------------------------


@contextmanager
def opened(shop: Shop, *plugins: str) -> Iterator[Office]:
    """Open the shop's file with some plugins alone, as the next person does."""
    with open_office(shop.office.path, only=plugins, actor="dana") as office:
        yield office


def merged_without_inventory(shop: Shop, *pairs: tuple[int, int]) -> list[int]:
    """Merge vendors while the inventory is off, and return the numbers of the actions."""
    numbers = []
    with opened(shop, "vendors") as office:
        for gone, keep in pairs:
            office.do(MERGE_VENDOR, office.get(Vendor, gone), into=keep)
            numbers.append(office.value("SELECT max(id) FROM core_action"))
    return numbers


def followed(office: Office) -> list[int]:
    """Write something, and return the actions by which merges were followed."""
    with office.acting("test.work"):
        pass
    sql = "SELECT id FROM core_action WHERE verb = 'core.merges.follow' ORDER BY id"
    return [number for (number,) in office.rows(sql)]


def test_a_plugin_that_was_off_follows_as_if_it_had_been_on(shop: Shop) -> None:
    office = shop.office
    twin, _ = second(shop)
    with office.acting("test.setup"):
        third = office.add(Vendor(name="Acme Worldwide"))
        office.add(Order(vendor_id=twin.id))
    before = rows_of(office, Vendor, Terms, Order)
    chain = ((twin.id, shop.acme.id), (shop.acme.id, third.id))
    for gone, keep in chain:
        office.do(MERGE_VENDOR, office.get(Vendor, gone), into=keep)
    wanted = rows_of(office, Terms, Order)
    live = [row for row in wanted[0] if row[1] is None]
    undo(office)
    undo(office)
    merges = merged_without_inventory(shop, *chain)
    assert rows_of(office, Terms, Order) == before[1:]
    with opened(shop, "vendors", "inventory") as again:
        assert "inventory does not follow yet" in str([due.due.what for due in again.due_items()])
        done = followed(again)
        assert len(done) == len(merges) == 2
        assert followed(again) == done
        # The moment at which a twin was folded is another one.
        assert [row for row in rows_of(again, Terms)[0] if row[1] is None] == live
        assert rows_of(again, Order)[0] == wanted[1]
        assert not list(verify(again))
        # A merge is not undone under what followed it, which is named.
        with pytest.raises(Refused) as refused:
            undo(again, merges[0])
        assert f"undo action {done[1]} before it" in str(refused.value)
        for number in (*reversed(done), *reversed(merges)):
            undo(again, number)
        assert rows_of(again, Vendor, Terms, Order) == before
    # What a person undid does not come again by itself.
    with opened(shop, "vendors", "inventory") as later:
        assert followed(later) == done


def test_a_follower_that_clashes_waits_for_a_person(shop: Shop) -> None:
    twin, terms = second(shop, price=130_000)
    merged_without_inventory(shop, (twin.id, shop.acme.id))
    with opened(shop, "vendors", "inventory") as office:
        assert followed(office) == []
        [due] = [one.due for one in office.due_items() if one.due.key.startswith("core.merge:")]
        assert f"#{terms.id} (price differs" in due.what
        archive_record(office, office.get(Terms, terms.id))
    with opened(shop, "vendors", "inventory") as office:
        assert len(followed(office)) == 1
        assert not list(office.all(Terms, "vendor_id = ?", twin.id))


def test_items_say_why_they_are_not_merged(shop: Shop, cli: Cli) -> None:
    office = shop.office
    other = office.get(Item, shop.vaccine.id)
    with pytest.raises(Refused) as refused:
        office.merge_plan(office.get(Item, shop.gloves.id), other)
    assert "other units" in str(refused.value)
    for words in (("GLV-M", "--into", "VAX"), ("--help",)):
        ran = cli("item", "merge", *words)
        assert ran.code == USAGE
        assert "Items are not merged: two may count in other units" in ran.err
    assert "Packs are not merged." in cli("pack", "merge", "--help").err
