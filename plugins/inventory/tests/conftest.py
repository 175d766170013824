"""An office with the inventory and vendors on, a stopped clock, and a few things on the shelves."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops_inventory.model import Item, Order, Pack, Terms
from officeops_inventory.purchasing.order_lines import add_line
from officeops_inventory.purchasing.orders import approve, send
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

TODAY = date(2026, 3, 2)


class Shop:
    """An office and the things in it that tests speak of."""

    def __init__(self, office: Office) -> None:
        self.office = office
        with office.acting("test.setup"):
            self.main = office.add(Location(name="Main", count_order=1))
            self.exam = office.add(Location(name="Exam 1", count_order=2))
            self.gloves = office.add(Item(sku="GLV-M", name="Gloves M", base_unit="glove"))
            self.vaccine = office.add(
                Item(sku="VAX", name="Vaccine", base_unit="dose", shelf_life_days=365)
            )
            self.acme = office.add(Vendor(name="Acme", lead_days=4))
            self.box = office.add(
                Pack(item_id=self.gloves.id, name="box", size=100, barcode="00012345678905")
            )
            office.add(
                Terms(
                    item_id=self.gloves.id,
                    vendor_id=self.acme.id,
                    pack_id=self.box.id,
                    price=125_000,
                    lead_days=6,
                )
            )

    def draft(self, *items: tuple[Item, int]) -> Order:
        """A draft order to Acme with these items, in packs."""
        with self.office.acting("test.draft"):
            order = self.office.add(Order(vendor_id=self.acme.id))
        for item, packs in items:
            self.office.do(add_line, order, item_id=item.id, packs=packs)
        return order

    def sent(self, item: Item, packs: int = 3) -> Order:
        """An order to Acme that was sent, with one item on it, in packs."""
        order = self.draft((item, packs))
        self.office.do(approve, order, without_prices=True)
        self.office.do(send, order)
        return order


@pytest.fixture(autouse=True)
def _without_other_plugins(officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - clears it first
    """Leave off what a test does not ask for: to make the tables of all plugins took a third of many tests."""
    if "OFFICEOPS_PLUGINS" not in os.environ:
        monkeypatch.setenv("OFFICEOPS_PLUGINS", "inventory,vendors")


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[date | str], None]) -> Office:
    freeze_today(TODAY)
    opened = office_factory("inventory", "vendors")
    assert not opened.plugins.troubles
    return opened


@pytest.fixture
def shop(office: Office) -> Shop:
    return Shop(office)
