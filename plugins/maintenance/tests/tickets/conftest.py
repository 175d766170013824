"""An office with maintenance, vendors and inventory on, and a unit with a vendor behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.ticket import Ticket
from officeops_vendors.contacts import Phone
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from typing import Any

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


class Clinic:
    """An office, and the ECG in it, which MedTech repairs."""

    def __init__(self, office: Office) -> None:
        self.office = office
        with office.acting("test.setup"):
            self.vendor = office.add(Vendor(name="MedTech"))
            for kind, number in (("work", "512-555-0102"), ("after_hours", "512-555-0199")):
                office.add(Phone(vendor_id=self.vendor.id, kind=kind, number=number))
            self.unit = office.add(Equipment(name="ECG", vendor_id=self.vendor.id, cost=320_000))

    def report(self, title: str = "Flat line", **facts: Any) -> Ticket:  # noqa: ANN401 - any field
        """Report that the ECG does not work."""
        with self.office.acting("test.report"):
            return self.office.add(Ticket(title=title, equipment_id=self.unit.id, **facts))

    def again(self, ticket: Ticket) -> Ticket:
        """Read a ticket as it is now."""
        return self.office.get(Ticket, ticket.id)

    def unit_now(self) -> Equipment:
        """Read the ECG as it is now."""
        return self.office.get(Equipment, self.unit.id)


# Of today: the reports of these tests are of the moment, and due at once.
@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    opened = office_factory("maintenance", "vendors", "inventory")
    assert not opened.plugins.troubles
    return opened


@pytest.fixture
def clinic(office: Office) -> Clinic:
    return Clinic(office)
