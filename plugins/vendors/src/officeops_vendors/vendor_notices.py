"""The vendors' lines of the morning's page: companies to order nothing from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import HuddleLine
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def lines(office: Office) -> Iterator[HuddleLine]:
    """Yield each vendor on hold, with the reason."""
    for vendor in office.all(Vendor, "status = 'on_hold'"):
        reason = f": {vendor.hold_reason}" if vendor.hold_reason else ""
        what = f"{vendor.name} is on hold{reason}. Order nothing from it"
        yield HuddleLine("notices", what, Vendor.meta.key, vendor.id)
