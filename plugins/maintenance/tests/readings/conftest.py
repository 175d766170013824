"""A vaccine refrigerator with two lots in the stock, and a freezer without a min/max display."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops_inventory.model import Item
from officeops_inventory.stock.actions import receive
from officeops_maintenance.readings.monitored_unit import MonitoredUnit

if TYPE_CHECKING:
    from officeops.office.office import Office

#: A Monday; the log begins on the Monday before.
TODAY = date(2026, 3, 2)
BEGAN = date(2026, 2, 23)


@pytest.fixture
def fridge(office: Office) -> MonitoredUnit:
    with office.acting("test.setup"):
        place = office.add(Location(name="Vaccine fridge"))
        vaccine = office.add(Item(sku="VAX", name="MMR"))
        swabs = office.add(Item(sku="SW", name="Swabs"))
        unit = MonitoredUnit(
            name="Fridge",
            location_id=place.id,
            first_on=TODAY,
            call="the state program, 555-0100",
            logger_serial="1304",
        )
        added = office.add(unit)
    for lot in ("A", "B"):
        office.do(
            receive,
            vaccine,
            quantity=5,
            location_id=place.id,
            lot=lot,
            expires_on=date(2027, 6, 30),
        )
    office.do(receive, swabs, quantity=7, location_id=place.id)
    return added


@pytest.fixture
def freezer(office: Office) -> MonitoredUnit:
    with office.acting("test.setup"):
        return office.add(
            MonitoredUnit(name="Freezer", sort="freezer", shows_range=False, first_on=BEGAN)
        )
