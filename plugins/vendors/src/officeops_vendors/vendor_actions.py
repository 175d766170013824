"""The actions on vendors: hold, release, deactivate; and those that every document has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Reason, action, param
from officeops_vendors.model import Document

if TYPE_CHECKING:
    from officeops import Action, Office
    from officeops_vendors.model import Vendor


def _not_active(office: Office, vendor: Vendor) -> str | None:  # noqa: ARG001 - a guard's signature
    if vendor.status == "active":
        return None
    facts = {"state": vendor.status, "needed": ["active"]}
    return Reason(f"it is {vendor.status.replace('_', ' ')}", code="wrong-state", facts=facts)


def _active(office: Office, vendor: Vendor) -> str | None:  # noqa: ARG001
    if vendor.status != "active":
        return None
    facts = {"state": vendor.status, "needed": ["on_hold", "inactive"]}
    return Reason("it is active already", code="wrong-state", facts=facts)


@action("vendors.vendor.hold", unless=_not_active)
def hold(
    office: Office,
    vendor: Vendor,
    reason: str = param(example="Three late deliveries", help="Why nothing may be ordered"),
) -> str:
    """Order nothing from a vendor until it is released."""
    office.edit(vendor, managed=True, status="on_hold", hold_reason=reason)
    return f"{vendor.name} is on hold: {reason}."


@action("vendors.vendor.release", means="approve", unless=_active)
def release(office: Office, vendor: Vendor) -> str:
    """Order from a vendor again."""
    office.edit(vendor, managed=True, status="active", hold_reason=None)
    return f"{vendor.name} is active."


@action("vendors.vendor.deactivate", danger=True, unless=_not_active)
def deactivate(office: Office, vendor: Vendor) -> str:
    """Stop doing business with a vendor, keeping its history."""
    office.edit(vendor, managed=True, status="inactive")
    return f"{vendor.name} is inactive."


ACTIONS: list[Action[..., Any]] = [hold, release, deactivate, *Document.actions()]
