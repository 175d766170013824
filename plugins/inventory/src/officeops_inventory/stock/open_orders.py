"""Open orders: what is still to come on their lines, and what follows for them where stock moves."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops_inventory.declared.amounts import RECEIVED
from officeops_inventory.declared.order_lifecycle import ORDER
from officeops_inventory.model import Line, Order
from officeops_inventory.stock.intake import home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


_OPEN_WITHOUT_PLACE = (
    "item_id = ? AND location_id IS NULL AND order_id IN (SELECT id FROM inventory_order "
    "WHERE status IN ('draft', 'approved', 'sent', 'partly_received') AND archived_at IS NULL)"
)


def outstanding(line: Line, received: int) -> int:
    """Return the base units of a line still to come: ordered, less received, less cancelled, never below zero."""
    return max(0, line.ordered - line.cancelled - received)


def received(office: Office, line_id: int) -> int:
    """Return the base units received on a line, reversals taken off."""
    return int(office.value(f"SELECT {RECEIVED} FROM inventory_line l WHERE l.id = ?", line_id))


def lines_of(office: Office, order_id: int) -> list[tuple[Line, int]]:
    """Return an order's lines, each with the base units still to come."""
    lines = office.all(Line, "order_id = ?", order_id)
    return [(line, outstanding(line, received(office, line.id))) for line in lines]


def settle(office: Office, order: Order) -> None:
    """Bring an order that was sent to the state its receipts stand for."""
    lines = lines_of(office, order.id)
    if all(left == 0 for _, left in lines):
        wanted = "received"
    else:
        wanted = (
            "partly_received" if any(received(office, line.id) for line, _ in lines) else "sent"
        )
    if order.status == wanted:
        return
    if order.status == "received" or wanted == "sent":
        ORDER.move(office, order, "unreceive")
    if wanted != "sent":
        ORDER.move(office, order, "receive-all" if wanted == "received" else "receive-part")


def take_back(office: Office, line_id: int) -> str:
    """Put an order right after a receipt on it was reversed, and say how it stands.

    On an order closed since then the goods count as cancelled: nobody waits for them any more.
    """
    line = office.get(Line, line_id)
    order = office.get(Order, line.order_id)
    if order.status == "closed":
        office.edit(
            line,
            managed=True,
            cancelled=line.cancelled + outstanding(line, received(office, line.id)),
        )
    elif order.status in {"partly_received", "received"}:
        settle(office, order)
    return f" {order} is {_words(order.status)}."


def place_of(office: Office, line: Line) -> int:
    """Return where a line's goods go unless said: its own place, else where the item lives."""
    return line.location_id or home(office, line.item_id)


@contextmanager
def places_kept(office: Office, item_id: int) -> Iterator[None]:
    """Keep what is on order of an item where it was counted, although goods come in elsewhere.

    Where a line names no place its goods go where the item lives. A receipt that moves that would move them too, from
    a place that counts on them; so the lines that are open get the place they had.
    """
    lived_at = home(office, item_id)
    yield
    if home(office, item_id) == lived_at:
        return
    for line in office.all(Line, _OPEN_WITHOUT_PLACE, item_id):
        if outstanding(line, received(office, line.id)):
            office.edit(line, managed=True, location_id=lived_at)


def _words(status: str) -> str:
    return status.replace("_", " ")
