"""Parts from stock that went into a repair. The stock's ledger alone keeps which, and of which lots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import NotFound, action, param
from officeops.services import Stock
from officeops.values import wording

if TYPE_CHECKING:
    from officeops import Office
    from officeops.services import Taken
    from officeops_maintenance.tickets.ticket import Ticket


@action("maintenance.ticket.use-part")
def use_part(
    office: Office,
    ticket: Ticket,
    item: str = param(help="SKU, barcode or name of the item in stock", example="FLT-2"),
    quantity: int = param(kind="quantity", default=1, minimum=1),
    location: str | None = param(default=None, help="Where to take it from"),
    lot: str | None = param(default=None, help="The lot to take; else the first to expire"),
) -> str:
    """Take a part from stock for a repair."""
    stock = office.need(Stock)
    # The stock chooses the lot and keeps it, so the ticket has no copy that could differ.
    taken = stock.take(office, item, quantity, about=ticket, location=location or "", lot=lot or "")
    return f"{part_in_words(taken)} went into {ticket.human_key}."


@action("maintenance.ticket.put-back")
def put_back(
    office: Office,
    ticket: Ticket,
    item: str = param(help="SKU or name of the part", example="FLT-2"),
) -> str:
    """Return parts that were not needed to their lots."""
    stock = office.need(Stock)
    word = item.strip().casefold()
    parts = [
        taken
        for taken in stock.taken(office, about=ticket)
        if word in {taken.item.casefold(), taken.name.casefold()}
    ]
    if not parts:
        raise NotFound(f"No {item} went into {ticket.human_key}.", code="not-found")
    for taken in parts:
        stock.put_back(office, taken)
    return f"{', '.join(map(part_in_words, parts))}: back in stock."


def parts_of(office: Office, ticket: Ticket) -> list[Taken]:
    """Return the parts in a ticket; none with the inventory off."""
    stock = office.service(Stock)
    return list(stock.taken(office, about=ticket)) if stock else []


def part_in_words(taken: Taken) -> str:
    """Return a part with its amount, its lots and where it came from."""
    lots = ", ".join(dict.fromkeys(portion.lot for portion in taken.portions if portion.lot))
    of_lot = f" (lot {lots})" if lots else ""
    amount = wording.units(taken.quantity, taken.unit)
    return f"{amount} of {taken.name}{of_lot} from {taken.location}"
