"""A strep test by eye whose kit is in the stock, and an INR test by number whose kit is not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops_inventory.model import Item
from officeops_inventory.stock.actions import receive
from officeops_maintenance.laboratory.control_lot import ControlLot
from officeops_maintenance.laboratory.lab_test import LabTest

if TYPE_CHECKING:
    from officeops.office.office import Office

GOOD = date(2027, 6, 30)


@pytest.fixture
def strep(office: Office) -> LabTest:
    """A test whose insert asks for both controls with a new lot and a new shipment."""
    with office.acting("test.setup"):
        place = office.add(Location(name="Lab"))
        item = office.add(Item(sku="STREP", name="Strep kit"))
        test = LabTest(
            name="Strep A",
            complexity="waived",
            item_id=item.id,
            controls="positive negative",
            new_lot=True,
            new_shipment=True,
            open_days=30,
        )
        added = office.add(test)
        for level in ("positive", "negative"):
            number = level[:1].upper()
            office.add(ControlLot(test_id=added.id, level=level, number=number, expires_on=GOOD))
    for lot in ("L1", "L2"):
        office.do(receive, item, quantity=20, location_id=place.id, lot=lot, expires_on=GOOD)
    return added


@pytest.fixture
def inr(office: Office) -> LabTest:
    """A test with a number, whose insert asks for two levels every thirty days."""
    with office.acting("test.setup"):
        test = LabTest(name="INR", controls="1 2", every_days=30, until_expiry=True)
        added = office.add(test)
        for level, low, high in (("1", 80, 120), ("2", 250, 350)):
            control = ControlLot(
                test_id=added.id, level=level, number=level, expires_on=GOOD, low=low, high=high
            )
            office.add(control)
    return added
