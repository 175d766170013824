"""Printed expiry: a kit is good no longer than the stock says of its lot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import Problem, Refused
from officeops_maintenance.laboratory.holds import lots_in_stock
from officeops_maintenance.laboratory.lab_test import LabTest

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.laboratory.lab_kit import LabKit


def refuse_later(office: Office, kit: LabKit) -> None:
    """Raise Refused for an expiry after that of the lot in the stock: one of the two is wrong."""
    lot = lots_in_stock(office, office.get(LabTest, kit.test_id)).get(kit.number.casefold())
    if kit.expires_on is None or lot is None or not lot.expires_on:
        return
    if kit.expires_on <= date.fromisoformat(lot.expires_on):
        return
    why = f"is after {lot.expires_on}, when lot {kit.number} expires by the stock"
    cure = "look at the box, and correct the one that is wrong"
    raise Refused([Problem(f"{why}; {cure}", "expires_on", code="out-of-range")], kit.meta.label)
