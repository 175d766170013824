"""The reorder sheet as the command prints it: a table for each vendor, or JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from officeops import Location
from officeops.commands import print_table, print_values, say
from officeops.values import money_text, price_text, wording
from officeops_inventory.declared.amounts import UNKNOWN
from officeops_inventory.purchasing.totals import Total
from officeops_inventory.reorder.explain import why, why_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_inventory.reorder.sheet import Group
    from officeops_inventory.reorder.suggestions import SheetLine

COLUMNS: Final = (
    "item",
    "name",
    "vendor",
    "location",
    "position",
    "reorder_point",
    "order_up_to",
    "packs",
    "pack",
    "pack_size",
    "quantity",
    "price",
    "amount",
    "usable",
    "doomed",
    "on_order",
    "in_draft",
    "late",
    "blocked",
    "snoozed_until",
    "item_id",
    "vendor_id",
    "why",
)
_LABELS: Final = ["Item", "Name", "Order", "Price", "Amount", "Position", "At", "To", "Note"]
_NUMBERS: Final = [label in {"Price", "Amount", "Position", "At", "To"} for label in _LABELS]
#: How long each column keeps its width on a narrow terminal; the highest gives way first.
_YIELDING: Final = [1, 1, 0, 5, 3, 4, 6, 7, 2]


def print_lines(office: Office, lines: Iterable[SheetLine], *, as_json: bool) -> None:
    """Print lines with every figure, as JSON or CSV."""
    # One row at a time: a sheet of thousands of lines streams.
    rows = (_values(office, line) for line in lines)
    print_values(COLUMNS, rows, as_json=as_json)


def print_groups(office: Office, groups: list[Group], limit: int) -> None:
    """Print a table for each vendor, of at most `limit` lines in all; 0 is no limit."""
    if not groups:
        say("Nothing must be ordered.")
    left = limit or sum(len(group.lines) for group in groups)
    for number, group in enumerate(groups):
        if left <= 0:
            break
        gap = "\n" if number else ""
        click.echo(gap + _heading(office, group))
        lines = group.lines[:left]
        left -= len(lines)
        cells = [_cells(office, line) for line in lines]
        print_table(_LABELS, cells, _NUMBERS, _YIELDING)


def print_reasons(office: Office, lines: Iterable[SheetLine]) -> None:
    """Print every term of the rule for the lines of one item."""
    for line in lines:
        name = f"{line.item.name} ({line.item.sku})"
        if line.location_id:
            name += f" at {_place(office, line)}"
        click.echo("\n".join(why(line.suggestion, name, line.item.base_unit)))
        if line.item.discontinued:
            click.echo("Discontinued: never ordered.")


def amount_text(office: Office, minor: int | None) -> str | None:
    """Return money as people read it, None for an unknown amount."""
    return None if minor is None else money_text(minor, office.ways.places)


def line_price(office: Office, line: SheetLine) -> str | None:
    """Return the price of a pack of a line, None if it is not known."""
    offer = line.suggestion.offer
    if offer is None or offer.price is None:
        return None
    return price_text(offer.price, office.ways.places)


def _place(office: Office, line: SheetLine) -> str | None:
    return office.label(Location, line.location_id) or None


def _values(office: Office, line: SheetLine) -> list[Any]:
    """Return a line's values, in the order of the columns."""
    item, result, offer = line.item, line.suggestion, line.suggestion.offer
    return [
        item.sku,
        item.name,
        offer.vendor if offer else None,
        _place(office, line),
        result.position,
        result.reorder_point,
        result.order_up_to,
        result.packs,
        result.pack,
        result.pack_size,
        result.quantity,
        line_price(office, line),
        amount_text(office, line.amount),
        result.usable,
        result.doomed,
        result.on_order,
        result.in_draft,
        result.late,
        result.blocked or None,
        line.snoozed_until or None,
        item.id,
        offer.vendor_id if offer else None,
        why_line(result, item.base_unit),
    ]


def _heading(office: Office, group: Group) -> str:
    if group.vendor is None:
        return "No vendor"
    parts = [group.vendor.name]
    if group.total:
        parts.append(f"{amount_text(office, group.total)} {office.facts.currency}")
    if group.unpriced:
        parts.append(f"{wording.count(group.unpriced, 'line')} without a price")
    if group.drafted or group.drafted_unpriced:
        drafted = Total(group.drafted, group.drafted_unpriced)
        parts.append(f"{drafted.words(office.ways.places)} in draft")
    if group.to_minimum:
        parts.append(f"{amount_text(office, group.to_minimum)} short of the minimum order")
    if group.to_free_freight:
        parts.append(f"{amount_text(office, group.to_free_freight)} to free freight")
    return " · ".join(parts)


def _cells(office: Office, line: SheetLine) -> list[str]:
    """Return a line's cells, in the order of the labels."""
    item, result = line.item, line.suggestion
    name = item.name
    if line.location_id:
        name += f" at {_place(office, line)}"
    order = ""
    if not result.blocked:
        order = wording.packs(result.packs, result.pack or item.base_unit, result.pack_size)
    amount = ""
    # A blocked line has no packs; a dash there would read like a missing price.
    if result.packs:
        amount = amount_text(office, line.amount) or UNKNOWN
    return [
        item.sku,
        name,
        order,
        line_price(office, line) or "",
        amount,
        str(result.position),
        str(result.reorder_point),
        str(result.order_up_to),
        "; ".join(_notes(line)),
    ]


def _notes(line: SheetLine) -> list[str]:
    result = line.suggestion
    notes = []
    if result.late:
        notes.append("LATE")
    if result.blocked:
        notes.append(f"blocked: {result.blocked}")
    notes += result.warnings
    if line.snoozed_until:
        notes.append(f"snoozed until {line.snoozed_until}")
    return notes
