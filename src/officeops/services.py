"""Services of one plugin for another, as Protocols.

`office.service(VendorDirectory)` returns the provider or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.model.office import Office


class VendorFacts(Value):
    """The facts of a vendor that ordering needs.

    Money is in minor units; `status` is active, on_hold or inactive.
    """

    id: int
    name: str
    status: str
    hold_reason: str | None
    lead_days: int | None
    minimum_order: int | None
    free_freight: int | None
    order_method: str
    account_number: str | None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


class VendorDirectory(Protocol):
    """The vendors, as ordering knows them."""

    def vendors(self, office: Office) -> dict[int, VendorFacts]:
        """Return every vendor by id."""
        ...
