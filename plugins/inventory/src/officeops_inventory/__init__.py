"""officeops-inventory: stock, lots, reorders and purchase orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Command, Permission, Plugin, View, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from types import ModuleType

    from officeops import (
        Action,
        Due,
        HuddleLine,
        Job,
        Migration,
        Office,
        Problem,
        Proof,
        Record,
        Report,
        Screen,
        Settings,
    )

# Each hook imports its modules itself: a command loads only those that it needs.
PLUGIN = Plugin(
    "inventory",
    summary="Supplies, lots, stock, reorders and purchase orders",
    api=2,
    after=("vendors",),
    group="Supplies",
)


@hookimpl
def records() -> Iterable[type[Record]]:
    from officeops_inventory.model import RECORDS

    return RECORDS


@hookimpl
def migrations() -> Iterable[Migration]:
    from officeops_inventory.schema import MIGRATIONS

    return MIGRATIONS


@hookimpl
def settings() -> type[Settings]:
    from officeops_inventory.config import InventorySettings

    return InventorySettings


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    from officeops_inventory.counts import booking
    from officeops_inventory.purchasing import orders
    from officeops_inventory.stock import actions as stock

    return [*stock.ACTIONS, *booking.ACTIONS, *orders.ACTIONS]


@hookimpl
def permissions() -> Iterable[Permission]:
    return [
        Permission("inventory.reorder.draft", "Draft orders from the reorder sheet.", "work"),
        Permission("inventory.reorder.snooze", "Snooze items of the reorder sheet.", "work"),
        # Actions that commit money, or declare a lot safe to use, are a manager's.
        Permission("inventory.order.approve", "Approve an order.", "manage"),
        Permission("inventory.order.send", "Send an order.", "manage"),
        Permission("inventory.order.reopen", "Turn an approved order back into a draft.", "manage"),
        Permission(
            "inventory.order.close-short", "Close an order that was not received in full.", "manage"
        ),
        Permission("inventory.order.cancel", "Cancel an order.", "manage"),
        Permission("inventory.lot.release", "Let a held lot be used again.", "manage"),
        Permission("inventory.item.adjust", "Correct the record of stock.", "manage"),
        Permission("inventory.terms.add", "Add vendors' terms.", "manage"),
        Permission("inventory.terms.edit", "Edit vendors' terms.", "manage"),
    ]


@hookimpl
def commands() -> Iterable[Command]:
    return [
        Command(
            "reorder",
            "officeops_inventory.reorder.command:reorder",
            "What to order and why; `draft` makes the purchase orders.",
            overview=True,
        ),
        Command(
            "count",
            "officeops_inventory.counts.command:count",
            "Print a location's count sheet, or book a count.",
        ),
    ]


@hookimpl
def screens() -> Iterable[Screen]:
    from officeops import Screen

    return [
        Screen(
            "inventory.reorder",
            "Reorder sheet",
            "officeops_inventory.reorder.screen:ReorderScreen",
            means="order",
        ),
        Screen(
            "inventory.count",
            "Count",
            "officeops_inventory.counts.screen:CountScreen",
            means="count",
        ),
    ]


@hookimpl
def views() -> Iterable[View]:
    return [
        View(
            "expiring",
            "inventory.lot",
            "Expiring lots",
            where="expires_on<=+90d watched=yes",
            sort="expires_on",
        ),
        View(
            "held",
            "inventory.lot",
            "Held lots on a shelf",
            where="status=quarantined,recalled,damaged on_shelf=yes",
        ),
        View(
            "open",
            "inventory.order",
            "Open orders",
            where="status=draft,approved,sent,partly_received",
        ),
        View("discontinued", "inventory.item", "Discontinued items", where="discontinued=yes"),
        View(
            "unpriced", "inventory.order", "Orders with lines without a price", where="unpriced>0"
        ),
        View(
            "below-zero",
            "inventory.item",
            "Items below zero",
            where="below_zero<0",
            sort="below_zero",
        ),
    ]


@hookimpl
def jobs() -> Iterable[Job]:
    from officeops_inventory.reorder.jobs import JOBS

    return JOBS


@hookimpl
def reports() -> Iterable[Report]:
    from officeops_inventory.stock_reports import REPORTS

    return REPORTS


@hookimpl
def hookspecs() -> ModuleType:
    from officeops_inventory.reorder import hooks

    return hooks


@hookimpl
def services() -> dict[type, object]:
    from officeops.services import Stock
    from officeops_inventory.stock.provider import StockProvider

    provider: Stock = StockProvider()
    return {Stock: provider}


@hookimpl
def due(office: Office, until: date) -> Iterable[Due]:
    from officeops_inventory.due_items import due_items

    return due_items(office, until)


@hookimpl
def keep(office: Office, record: Record) -> Iterable[Problem]:
    from officeops_inventory.purchasing.kept_vendors import kept_vendor
    from officeops_inventory.stock.kept_places import kept_place

    return [*kept_place(office, record), *kept_vendor(office, record)]


@hookimpl
def search(office: Office, text: str) -> Iterable[Record]:
    from officeops_inventory.stock.barcodes import items_by_barcode

    return items_by_barcode(office, text)


@hookimpl
def check(office: Office) -> Iterable[Problem]:
    from officeops_inventory.invariants import problems

    return problems(office)


@hookimpl
def huddle(office: Office) -> Iterable[HuddleLine]:
    from officeops_inventory.morning import lines

    return lines(office)


@hookimpl
def inspect(office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
    from officeops_inventory.stock.proofs import proofs

    return proofs(office, kinds)


@hookimpl
def demo(office: Office, seed: int) -> None:
    from officeops_inventory.demo_data.practice import build

    build(office, seed)
