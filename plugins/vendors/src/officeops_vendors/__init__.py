"""officeops-vendors: the companies that the office buys from, and their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Permission, Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import (
        Action,
        Duplicate,
        Format,
        HuddleLine,
        Migration,
        Office,
        Proof,
        Record,
        View,
    )

PLUGIN = Plugin(
    "vendors", summary="Vendors, their terms and their documents", api=2, group="Vendors"
)


@hookimpl
def records() -> Iterable[type[Record]]:
    from officeops_vendors.contacts import Account, Address, Contact, Phone
    from officeops_vendors.model import Document, Vendor

    return [Vendor, Document, Phone, Contact, Address, Account]


@hookimpl
def migrations() -> Iterable[Migration]:
    from officeops_vendors.schema import MIGRATIONS

    return MIGRATIONS


@hookimpl
def permissions() -> Iterable[Permission]:
    return [
        Permission("vendors.vendor.hold", "Order nothing from a vendor for now.", "manage"),
        Permission("vendors.vendor.release", "Order from a vendor again.", "manage"),
        Permission("vendors.vendor.deactivate", "Stop ordering from a vendor.", "manage"),
    ]


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    from officeops_vendors.vendor_actions import ACTIONS

    return ACTIONS


@hookimpl
def services() -> dict[type, object]:
    from officeops.services import VendorDirectory
    from officeops_vendors.directory import Directory

    directory: VendorDirectory = Directory()
    return {VendorDirectory: directory}


@hookimpl
def views() -> Iterable[View]:
    from officeops import View

    return [
        View("on-hold", "vendors.vendor", "On hold", where="status=on_hold"),
        View(
            "expiring",
            "vendors.document",
            "Expiring documents",
            where="status=due,in_grace,expired",
            sort="expires_on",
        ),
    ]


@hookimpl
def formats() -> Iterable[Format]:
    from officeops_vendors.formats_of_vendors import FORMATS

    return FORMATS


@hookimpl
def duplicates(office: Office) -> Iterable[Duplicate]:
    from officeops_vendors.vendor_duplicates import pairs

    return pairs(office)


@hookimpl
def huddle(office: Office) -> Iterable[HuddleLine]:
    from officeops_vendors.vendor_notices import lines

    return lines(office)


@hookimpl
def inspect(office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
    from officeops_vendors.vendor_proofs import proofs

    return proofs(office, kinds)


@hookimpl
def demo(office: Office, seed: int) -> None:
    from officeops_vendors.demo_data.practice import build

    build(office, seed)
