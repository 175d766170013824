"""A view of what ends comes from the same rule as Today: what was used up is in neither."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops import View
from officeops.core.records import Location
from officeops.model.declarations import Query
from officeops.office.expiring_records import due_of_kind
from officeops_inventory.model import Item, Lot
from officeops_inventory.stock.ledger import move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from officeops import Record
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

TODAY = date(2026, 3, 2)
SOON = TODAY + timedelta(days=20)


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[date], None]) -> Office:
    freeze_today(TODAY)
    return office_factory("inventory")


def lots(office: Office) -> set[int]:
    """Lots that end soon: on a shelf, used up, held, and on one shelf though missing at another."""
    with office.acting("test"):
        main, exam = office.add(Location(name="Cupboard")), office.add(Location(name="Exam 1"))
        item = office.add(Item(sku="VAX", name="Vaccine"))
        good, gone, held, split = (
            office.add(Lot(item_id=item.id, number=n, expires_on=SOON)) for n in "ABCD"
        )
        for lot in (good, held, split):
            move(office, item.id, "receive", 5, main.id, lot.id)
        office.edit(held, managed=True, status="recalled")
        with office.lifted():
            office.store.db.execute(
                "INSERT INTO inventory_stock (item_id, location_id, lot_id, quantity) VALUES (?, ?, ?, -9)",
                (item.id, exam.id, split.id),
            )
    assert gone
    return {good.id, split.id}


#: For each kind of record that ends: what makes one of each sort, and returns those that Today watches.
KINDS: dict[str, Callable[[Office], set[int]]] = {
    "inventory.lot": lots,
}


def ending_views(office: Office, views: Iterable[View]) -> list[View]:
    """The views that say anything of the day on which their records end."""
    found = []
    for view in views:
        expiry = office.records[view.record].expiry
        if expiry is not None and f"{expiry.ends}<" in view.where:
            found.append(view)
    return found


def astray(office: Office, views: Iterable[View]) -> list[str]:
    """The views that show what Today does not watch, or leave out what it tells of."""
    found = []
    for view in ending_views(office, views):
        record = office.records[view.record]
        due = {item.record_id for item in due_of_kind(office, record, office.today)}
        shown = ids(office, record, view)
        watched = ids(office, record, View("all", view.record, "", "watched=yes"))
        if not due <= shown or not shown <= watched:
            found.append(view.name)
    return found


def ids(office: Office, record: type[Record], view: View) -> set[int]:
    return {row[0] for row in office.select(record, [record.meta.fields[0]], Query(view.where))}


def declared(office: Office) -> list[View]:
    return [view for _, view in office.plugins.registered("views")]


def test_every_kind_that_ends_is_tried(office: Office) -> None:
    assert {key for key, record in office.records.items() if record.expiry is not None} == set(
        KINDS
    )
    assert {view.record for view in ending_views(office, declared(office))} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_view_of_what_ends_is_what_today_watches(office: Office, kind: str) -> None:
    watched = KINDS[kind](office)
    record = office.records[kind]
    assert ids(office, record, View("all", kind, "", "watched=yes")) == watched
    assert astray(office, declared(office)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_sweep_finds_a_view_with_a_rule_of_its_own(office: Office, kind: str) -> None:
    KINDS[kind](office)
    assert astray(office, [View("own", kind, "Own", "expires_on<=+60d")]) == ["own"]


def test_a_view_is_in_order_for_every_kind(office: Office) -> None:
    for view in declared(office):
        ids(office, office.records[view.record], view)
