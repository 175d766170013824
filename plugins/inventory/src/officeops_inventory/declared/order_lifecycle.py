"""The lifecycle of a purchase order: its statuses, and the steps from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Consent, Lifecycle, Transition, field, named

if TYPE_CHECKING:
    from officeops import Office

#: The most packs a line may ask for; more is a slip of the finger.
MOST_PACKS: Final = 1_000_000
#: Statuses in which goods come in on an order.
COMING: Final = ("sent", "partly_received")
#: Statuses in which goods may have come in on an order.
CAME: Final = (*COMING, "received", "closed")
_NO_PRICES: Final = "Approve although lines have no price"
_SENT_ON: Final = "Day it was sent. [default: the order's, or today]"
_EXPECTED: Final = "Day it should arrive. [default: by the lead time]"

#: Purchasing, which the records know only by name, has the code of the transitions.
_ORDERS: Final = "officeops_inventory.purchasing.orders"


def _without_prices(office: Office, order: Any) -> str | None:  # noqa: ANN401 - Order imports this
    doubt: str | None = named(f"{_ORDERS}:without_prices")(office, order)
    return doubt


_STATES: Final = (
    "draft",
    "approved",
    "sent",
    "partly_received",
    "received",
    "closed",
    "cancelled",
)

ORDER = Lifecycle(
    _STATES,
    Transition(
        "approve",
        ("draft",),
        "approved",
        "Approve a draft order.",
        means="approve",
        bulk=True,
        fields={"without_prices": field(default=False, kind="yes_no", help=_NO_PRICES)},
        guard=f"{_ORDERS}:cannot_approve",
        consent=Consent("without_prices", _without_prices),
        then=f"{_ORDERS}:approved",
    ),
    Transition(
        "send",
        ("approved",),
        "sent",
        "Mark an order as sent. It is expected when its slowest line is due, on an open day.",
        means="send",
        bulk=True,
        fields={
            "on": field(default=None, kind="date", help=_SENT_ON),
            "expected": field(default=None, kind="date", help=_EXPECTED),
        },
        guard=f"{_ORDERS}:cannot_send",
        writes=f"{_ORDERS}:days_of_sending",
        then=f"{_ORDERS}:sent",
    ),
    Transition("receive-part", ("sent", "received"), "partly_received"),
    Transition("receive-all", COMING, "received"),
    Transition("unreceive", ("partly_received", "received"), "sent"),
    Transition(
        "close",
        ("received",),
        "closed",
        "Close an order that was received in full.",
        means="do",
    ),
    Transition("reopen", ("approved",), "draft", "Turn an approved order back into a draft."),
    Transition(
        "close-short",
        COMING,
        "closed",
        "Close an order and cancel the packs not received.",
        danger=True,
        then=f"{_ORDERS}:closed_short",
    ),
    Transition(
        "cancel",
        ("draft", "approved", "sent"),
        "cancelled",
        "Cancel an order of which nothing was received.",
        danger=True,
        guard=f"{_ORDERS}:anything_received",
    ),
    # Orders that were on their way when the office began are added as sent, and a demo has them all.
    first=_STATES,
    words={"draft": "a draft"},
)
