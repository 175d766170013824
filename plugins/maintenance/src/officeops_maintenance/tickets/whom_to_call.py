"""Whom to call about a ticket: its vendor, or else the vendor of its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.services import VendorDirectory
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from officeops import Office
    from officeops.services import VendorFacts
    from officeops_maintenance.tickets.ticket import Ticket


def vendor_of(office: Office, ticket: Ticket) -> VendorFacts | None:
    """Return the vendor of a ticket, or else of its unit.

    None without one, with the vendors off, and for a person who may not see vendors.
    """
    vendor_id = ticket.vendor_id
    if vendor_id is None and ticket.equipment_id is not None:
        vendor_id = office.get(Equipment, ticket.equipment_id).vendor_id
    return known_vendor(office, vendor_id)


def known_vendor(office: Office, vendor_id: int | None) -> VendorFacts | None:
    """Return a vendor; None where the person may not see it, or no plugin has vendors."""
    directory = office.service(VendorDirectory)
    kind = office.target(Equipment.meta.by_name["vendor_id"])
    is_hidden = kind is not None and not office.may_view(kind)
    if directory is None or vendor_id is None or is_hidden:
        return None
    return directory.vendor(office, vendor_id)


def whom_to_call(office: Office, ticket: Ticket) -> str:
    """Say whom to call at which number, after hours at that one; blank where nobody is known."""
    vendor = vendor_of(office, ticket)
    if vendor is None:
        return ""
    numbers = numbers_of(vendor, is_open=is_open_now(office))
    return f"Call {vendor.name}: {numbers or 'no phone is entered'}."


def numbers_of(vendor: VendorFacts, *, is_open: bool) -> str:
    """Return the numbers of a vendor in words, the one to call now first."""
    by_day = vendor.phone or ""
    by_night = f"after hours {vendor.after_hours}" if vendor.after_hours else ""
    numbers = [by_day, by_night] if is_open else [by_night, by_day]
    return ", ".join(filter(None, numbers))


def is_open_now(office: Office) -> bool:
    """Whether the office is within its opening hours at this moment."""
    now = office.now()
    # No open minutes from now is still now, unless the office has to open first.
    return office.calendar.after(now, 0) <= now
