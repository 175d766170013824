"""The actions on vendors and their documents: hold, release, deactivate, renew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Problem, Reason, Refused, action, param
from officeops_vendors.model import Document

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office
    from officeops_vendors.model import Vendor

_NEWER = "SELECT id FROM vendors_document WHERE replaces_id = ? AND archived_at IS NULL"


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


@action("vendors.vendor.hold", means="hold", unless=_not_active)
def hold(
    office: Office,
    vendor: Vendor,
    reason: str = param(example="Three late deliveries", help="Why nothing may be ordered"),
) -> str:
    """Order nothing from a vendor until it is released."""
    office.edit(vendor, managed=True, status="on_hold", hold_reason=reason)
    return f"{vendor.name} is on hold: {reason}."


@action("vendors.vendor.release", means="release", unless=_active)
def release(office: Office, vendor: Vendor) -> str:
    """Order from a vendor again."""
    office.edit(vendor, managed=True, status="active", hold_reason=None)
    return f"{vendor.name} is active."


@action("vendors.vendor.deactivate", danger=True, unless=_not_active)
def deactivate(office: Office, vendor: Vendor) -> str:
    """Stop doing business with a vendor, keeping its history."""
    office.edit(vendor, managed=True, status="inactive")
    return f"{vendor.name} is inactive."


def _replaced(office: Office, document: Document) -> str | None:
    newer = office.value(_NEWER, document.id)
    if not newer:
        return None
    return Reason(f"it was renewed already, by #{newer}", code="wrong-state")


@action("vendors.document.renew", means="renew", unless=_replaced)
def renew(
    office: Office,
    document: Document,
    expires_on: date = param(  # noqa: B008 - a declaration
        month_end=True, help="Last day the new document is valid"
    ),
    number: str | None = param(default=None),
    issued_on: date | None = param(default=None),  # noqa: B008 - a declaration
) -> Document:
    """Replace a document that expires with a new one; the old one is kept."""
    # A document that expires sooner renews nothing.
    if document.expires_on and expires_on <= document.expires_on:
        why = f"must be later than {document.expires_on}, the end of the old one"
        raise Refused([Problem(why, "expires_on", code="wrong-order")])
    # The old document stays: an audit asks which one was valid on a day.
    return office.add(
        Document(
            vendor_id=document.vendor_id,
            kind=document.kind,
            number=number or document.number,
            issued_on=issued_on or office.today,
            expires_on=expires_on,
            replaces_id=document.id,
        )
    )


ACTIONS: list[Action[..., Any]] = [hold, release, deactivate, renew]
