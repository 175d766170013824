"""The lifecycle of a purchase order: its statuses, and the steps from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Life, Move, Reason

if TYPE_CHECKING:
    from officeops import Office

#: The most packs a line may ask for; more is a slip of the finger.
MOST_PACKS: Final = 1_000_000
#: Statuses in which goods come in on an order.
COMING: Final = ("sent", "partly_received")
#: Statuses in which goods may have come in on an order.
CAME: Final = (*COMING, "received", "closed")


_A_LINE = "SELECT 1 FROM inventory_line WHERE order_id = ? AND packs > 0 AND archived_at IS NULL"
_RECEIVED = """
SELECT sum(m.quantity) FROM inventory_move m JOIN inventory_line l ON l.id = m.line_id
WHERE l.order_id = ?
"""


def _has_lines(office: Office, order: Any) -> str | None:  # noqa: ANN401 - Order imports this
    return None if office.value(_A_LINE, order.id) else Reason("it has no lines", code="needed")


def _nothing_received(office: Office, order: Any) -> str | None:  # noqa: ANN401
    received = office.value(_RECEIVED, order.id)
    if not received:
        return None
    return Reason("goods were received on it; close it short instead", code="in-use")


ORDER = Life(
    ("draft", "approved", "sent", "partly_received", "received", "closed", "cancelled"),
    Move("approve", ("draft",), "approved", "Approve a draft order.", "a", _has_lines),
    Move("send", ("approved",), "sent", "Mark an order as sent to its vendor.", "s"),
    Move("receive-part", COMING, "partly_received"),
    Move("receive-all", COMING, "received"),
    Move("unreceive", ("partly_received", "received"), "sent"),
    Move("close", ("received",), "closed", "Close an order that was received in full.", "c"),
    Move("close-short", COMING, "closed", "Close an order and cancel the packs not received."),
    Move(
        "cancel",
        ("draft", "approved", "sent"),
        "cancelled",
        "Cancel an order of which nothing was received.",
        guard=_nothing_received,
    ),
    Move("reopen", ("approved",), "draft", "Turn an approved order back into a draft."),
)
