"""The result of `reorder draft` as the command prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.commands import print_table, print_values, say
from officeops.values import amount, safe, wording
from officeops_inventory.reorder.printed_sheet import amount_text, line_price

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_inventory.reorder.drafting import Drafted, DraftLine

#: The columns of `draft --dry-run`.
DRY: Final = (
    "order",
    "vendor",
    "item",
    "name",
    "packs",
    "pack",
    "pack_size",
    "quantity",
    "price",
    "amount",
)
_NUMBERS: Final = [name in {"packs", "pack_size", "quantity", "price", "amount"} for name in DRY]
#: How long each column keeps its width on a narrow terminal; the highest gives way first.
_YIELDING: Final = [0, 1, 0, 2, 0, 3, 5, 4, 6, 3]
_NOTHING: Final = "Nothing needs drafting."


def summary(drafted: Drafted) -> str:
    """Return a sentence with the lines drafted and their orders."""
    if drafted.order_ids:
        return drafted_on(drafted.lines, drafted.order_ids)
    if drafted.left_out:
        return f"Nothing was drafted; {wording.count(len(drafted.left_out), 'item')} left out."
    return _NOTHING


def drafted_on(lines: int, order_ids: Iterable[int]) -> str:
    """Return the sentence of so many lines on these orders, also where a request is repeated."""
    orders = ", ".join(f"PO-{order_id}" for order_id in order_ids)
    return f"{wording.count(lines, 'line')} drafted on {orders}." if orders else _NOTHING


def print_orders(order_ids: Iterable[int], *, repeated: bool = False) -> None:
    """Print orders as JSON; those that a request drafted before say that they are `repeated`."""
    if repeated:
        again = ([f"PO-{order_id}", True] for order_id in order_ids)
        print_values(["order", "repeated"], again, as_json=True)
        return
    rows = ([f"PO-{order_id}"] for order_id in order_ids)
    print_values(["order"], rows, as_json=True)


def print_dry_run(office: Office, drafted: Drafted, *, as_json: bool) -> None:
    """Print the lines that would be drafted; an order that would be new has no number yet."""
    rows = [_values(office, drafted, line) for line in drafted.draft_lines]
    if as_json:
        print_values(DRY, rows, as_json=True)
        return
    if not rows:
        say(_NOTHING)
        return
    labels = [name.replace("_", " ").capitalize() for name in DRY]
    print_table(labels, [_cells(row) for row in rows], _NUMBERS, _YIELDING)
    lines = wording.count(len(rows), "line")
    orders = wording.count(len(drafted.order_ids), "order")
    say(f"If this were no dry run: {lines} on {orders}.")


def _values(office: Office, drafted: Drafted, draft_line: DraftLine) -> list[Any]:
    """Return the values of a line that would be drafted, in the order of the columns."""
    line, packs = draft_line.sheet_line, draft_line.packs
    offer = line.suggestion.offer
    assert offer is not None  # noqa: S101 - lines without one were left out
    # A dry run is rolled back: the number would be that of another order later.
    is_new = draft_line.order_id in drafted.new_orders
    total = None if offer.price is None else amount(offer.price, packs)
    return [
        None if is_new else f"PO-{draft_line.order_id}",
        offer.vendor,
        line.item.sku,
        line.item.name,
        packs,
        offer.pack,
        offer.pack_size,
        packs * offer.pack_size,
        line_price(office, line),
        amount_text(office, total),
    ]


def _cells(row: list[Any]) -> list[str]:
    order, *values = row
    cells = ["new" if order is None else order, *values]
    return [safe("" if cell is None else str(cell)) for cell in cells]
