"""Open orders: the outstanding quantities of their lines, and how receipts change the orders."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from officeops_inventory.declared.amounts import RECEIVED
from officeops_inventory.declared.order_lifecycle import ORDER
from officeops_inventory.model import Line, Order
from officeops_inventory.stock.intake import home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


_RECEIVED = f"SELECT {RECEIVED} FROM inventory_line l WHERE l.id = ?"
_OPEN_WITHOUT_PLACE = """
item_id = ? AND location_id IS NULL AND order_id IN (
    SELECT id FROM inventory_order
    WHERE status IN ('draft', 'approved', 'sent', 'partly_received') AND archived_at IS NULL)
"""


#: The step of an order by its receipts, to each status.
_STEP_TO: Final = {
    "sent": "unreceive",
    "partly_received": "receive-part",
    "received": "receive-all",
}


def outstanding(line: Line, received: int) -> int:
    """Return the base units of a line to come: ordered, less received and cancelled, at least 0."""
    return max(0, line.ordered - line.cancelled - received)


def received(office: Office, line_id: int) -> int:
    """Return the base units received on a line, reversals taken off."""
    return int(office.value(_RECEIVED, line_id))


def left_on(office: Office, line: Line) -> int:
    """Return the base units of a line still to come, by its receipts so far."""
    return outstanding(line, received(office, line.id))


def lines_of(office: Office, order_id: int) -> list[tuple[Line, int]]:
    """Return an order's lines, each with the base units still to come."""
    lines = office.all(Line, "order_id = ?", order_id)
    return [(line, left_on(office, line)) for line in lines]


def settle(office: Office, order: Order) -> None:
    """Bring an order that was sent to the status that its receipts call for."""
    status = _status_by_receipts(office, order)
    if order.status != status:
        ORDER.move(office, order, _STEP_TO[status])


def _status_by_receipts(office: Office, order: Order) -> str:
    lines = lines_of(office, order.id)
    if all(left == 0 for _, left in lines):
        return "received"
    if any(received(office, line.id) for line, _ in lines):
        return "partly_received"
    return "sent"


def take_back(office: Office, line_id: int) -> str:
    """Correct an order after a receipt on it was reversed, and return a sentence with its status.

    On an order closed since then, the goods count as cancelled: nobody waits for them any more.
    """
    line = office.get(Line, line_id)
    # Later steps of the lifecycle are left as they are; only receipts move an order back and forth.
    order = office.get(Order, line.order_id)
    if order.status == "closed":
        cancelled = line.cancelled + left_on(office, line)
        office.edit(line, managed=True, cancelled=cancelled)
    elif order.status in {"partly_received", "received"}:
        settle(office, order)
    return f" {order} is {status_words(order)}."


def place_of(office: Office, line: Line) -> int:
    """Return where a line's goods go by default: to its own location, else to the item's home."""
    return line.location_id or home(office, line.item_id)


@contextmanager
def places_kept(office: Office, item_id: int) -> Iterator[None]:
    """Keep the quantities on order at their location, although goods come in at another one.

    The goods of a line without a location go to the item's home. A receipt may change that home,
    and would take the goods on order along, away from a location whose reorder counts on them. So
    the open lines get the location that they had.
    """
    before = home(office, item_id)
    yield
    if home(office, item_id) == before:
        return
    for line in office.all(Line, _OPEN_WITHOUT_PLACE, item_id):
        if left_on(office, line):
            office.edit(line, managed=True, location_id=before)


def status_words(order: Order) -> str:
    """Return an order's status as people read it: partly received."""
    return order.status.replace("_", " ")
