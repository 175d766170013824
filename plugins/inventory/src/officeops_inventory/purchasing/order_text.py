"""The text of an order, as its vendor wants it: to print, to paste into mail or a portal, or to fax. At most 80 columns."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.model.declarations import Query
from officeops.model.fields import Field
from officeops.values.convert import money_text, price_text, safe
from officeops.values.plain_text import WIDTH, beside, padded, width_of, wrapped
from officeops.values.wording import count
from officeops_inventory.declared.amounts import ORDERED_AMOUNT, UNKNOWN
from officeops_inventory.model import Item, Line, Order
from officeops_inventory.purchasing.totals import total_of
from officeops_inventory.purchasing.vendor_terms import vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops.services import VendorFacts

#: Cells of the left half of what stands side by side.
HALF: Final = 42
_LABELS: Final = ("#", "Vendor SKU", "Description", "Qty", "Unit", "Price", "Amount")
_RIGHT: Final = frozenset({0, 3, 5, 6})
#: The most that the vendor's SKU and the unit take of a line; longer ones wrap, they are never cut.
_MOST: Final = {1: 20, 4: 14}
_LEAST_DESCRIPTION: Final = 16
_GAP: Final = "  "
#: What is said over an order that is none for its vendor yet, or no longer.
_NOT_AN_ORDER: Final = {
    "draft": "DRAFT: not approved and not sent",
    "cancelled": "CANCELLED",
    "closed": "CLOSED: nothing more is expected",
}


#: Beside the line's own fields: our number of the item, the item, and what it costs as it was ordered. What came beyond
#: the order is no part of it.
_MORE: Final = (
    Field(
        "text", default=None, sql="(SELECT i.sku FROM inventory_item i WHERE i.id = t.item_id)"
    ).named("sku", ""),
    Field("number", default=None, sql="t.item_id").named("of_item", ""),
    Field(
        "money",
        default=None,
        sql=f"(SELECT {ORDERED_AMOUNT} FROM inventory_line l WHERE l.id = t.id)",
    ).named("ordered_amount", ""),
)
#: While an order is in these states, its vendor does not have it yet.
_STILL_OURS: Final = frozenset({"draft", "approved"})


class _Row(Value):
    """A line of the order as it is printed, in the order of the labels."""

    cells: tuple[str, ...]
    more: str
    item_id: int
    size: int
    amount: int | None


def order_text(office: Office, order: Order) -> Iterator[str]:
    """Yield the order's text line by line. Raises Forbidden for what the acting person may not see."""
    office.allow_view(Line)
    office.allow_view(Item)
    vendor = vendor_of(office, order.vendor_id)
    yield from _head(office, order)
    yield ""
    yield from beside(_office_block(office), _vendor_block(order, vendor), HALF)
    yield ""
    rows = list(_rows(office, order))
    yield from _table(rows)
    yield from _total(office, rows)
    if order.note:
        yield ""
        yield from _labelled("Note: ", order.note)


def missing(office: Office, order: Order) -> Iterator[str]:
    """Yield what a vendor will miss on the order, and where it is written."""
    if not office.facts.address:
        yield "The order says no ship-to address: officeops settings edit --address ADDRESS"
    vendor = vendor_of(office, order.vendor_id)
    if vendor and not vendor.account_number:
        cure = f"officeops vendor edit {quote(vendor.name)} --account-number NUMBER"
        yield f"No account number with {vendor.name} is known: {cure}"
    without = [row for row in _rows(office, order) if not row.cells[1]]
    if without:
        verb = "has" if len(without) == 1 else "have"
        said = f"{count(len(without), 'line')} {verb} no vendor SKU"
        # What was sent stays as it was sent: no edit of the terms changes it.
        yield (
            f"{said}: {_cure(office, order, without[0])}"
            if order.status in _STILL_OURS
            else f"{said}."
        )


def _cure(office: Office, order: Order, row: _Row) -> str:
    """Return how to say a vendor's SKU of a line: in its terms, which are named by their number, or by adding some."""
    sql = (
        "SELECT x.id FROM inventory_terms x LEFT JOIN inventory_pack p ON p.id = x.pack_id "
        "WHERE x.item_id = ? AND x.vendor_id = ? AND ifnull(p.size, 1) = ? AND x.archived_at IS NULL ORDER BY x.rank, x.id"
    )
    found = office.rows(sql, row.item_id, order.vendor_id, row.size)
    if found:
        return f"officeops vendor-terms edit #{found[0][0]} --vendor-sku SKU"
    vendor = vendor_of(office, order.vendor_id)
    to = quote(vendor.name) if vendor else f"#{order.vendor_id}"
    sku = quote(office.get(Item, row.item_id).sku)
    return f"officeops vendor-terms add --item {sku} --vendor {to} --vendor-sku SKU"


def _head(office: Office, order: Order) -> Iterator[str]:
    ordered = ("Ordered", order.ordered_on) if order.ordered_on else ("Date", office.today)
    said = [f"{label} {day}" for label, day in (ordered, ("Needed by", order.expected_on)) if day]
    yield from beside([f"PURCHASE ORDER {order}"], ["   ".join(said)], HALF)
    if order.reference:
        yield f"Our reference {safe(order.reference)}"
    if order.status in _NOT_AN_ORDER:
        yield f"*** {_NOT_AN_ORDER[order.status]} ***"


def _office_block(office: Office) -> list[str]:
    facts = office.facts
    return _block(
        "Ship to",
        [facts.name, *_lines_of(facts.address), f"Phone {facts.phone}" if facts.phone else ""],
    )


def _vendor_block(order: Order, vendor: VendorFacts | None) -> list[str]:
    if vendor is None:
        return _block("Vendor", [f"#{order.vendor_id}"])
    account = f"Our account {vendor.account_number}" if vendor.account_number else ""
    phone = f"Phone {vendor.phone}" if vendor.phone else ""
    return _block(
        "Vendor", [vendor.name, *_lines_of(vendor.address), phone, vendor.email or "", account]
    )


def _lines_of(text: str | None) -> list[str]:
    return text.split("\n") if text else []


def _block(title: str, lines: Iterable[str]) -> list[str]:
    """Return a heading and the lines below it that say something, wrapped to half the page."""
    texts = [safe(line) for line in lines if line.strip()]
    return [title.upper(), *(part for text in texts for part in wrapped(text, HALF - 4))]


def _rows(office: Office, order: Order) -> Iterator[_Row]:
    """Yield the lines that ask for something, priced as the total counts them."""
    names = ("item_id", "packs", "package", "pack_size", "price", "cancelled", "vendor_sku")
    fields = [found for name in names if (found := Line.meta.field(name)) is not None]
    places = office.ways.places
    selected = office.select(Line, [*fields, *_MORE], Query(f"order=#{order.id} packs>0"))
    for number, row in enumerate(selected, 1):
        _, item, packs, package, size, price, cancelled, vendor_sku, our_sku, item_id, amount = row
        shown = (
            str(number),
            safe(vendor_sku or ""),
            safe(item),
            f"{packs:,}",
            safe(package),
            UNKNOWN if price is None else price_text(price, places),
            UNKNOWN if amount is None else money_text(amount, places),
        )
        more = [f"our number {safe(our_sku)}"]
        more += [f"{cancelled:,} of {packs * size:,} cancelled"] if cancelled else []
        yield _Row(shown, ", ".join(more), item_id, size, amount)


def _table(rows: list[_Row]) -> Iterator[str]:
    """Yield the lines of the order under their labels; what is too long for its column goes on below."""
    if not rows:
        yield "Nothing is on it."
        return
    widths = _widths(rows)
    yield _line(_LABELS, widths)
    yield "-" * WIDTH
    for row in rows:
        cells = [wrapped(text, width) for text, width in zip(row.cells, widths, strict=True)]
        cells[2] += wrapped(row.more, widths[2])
        for n in range(max(map(len, cells))):
            yield _line([parts[n] if n < len(parts) else "" for parts in cells], widths)
    yield "-" * WIDTH


def _widths(rows: list[_Row]) -> list[int]:
    """Return the cells of each column: as much as they need, and what is left to the description."""
    widths = [
        max(width_of(text) for text in texts)
        for texts in zip(_LABELS, *(row.cells for row in rows), strict=True)
    ]
    for column, most in _MOST.items():
        widths[column] = min(widths[column], most)
    taken = sum(widths) - widths[2] + len(_GAP) * (len(widths) - 1)
    widths[2] = max(WIDTH - taken, _LEAST_DESCRIPTION)
    return widths


def _line(texts: Iterable[str], widths: list[int]) -> str:
    cells = enumerate(zip(texts, widths, strict=True))
    return _GAP.join(padded(text, width, right=n in _RIGHT) for n, (text, width) in cells).rstrip()


def _total(office: Office, rows: list[_Row]) -> Iterator[str]:
    total, places = total_of([row.amount for row in rows]), office.ways.places
    money = (
        UNKNOWN if total.unpriced and total.money is None else money_text(total.money or 0, places)
    )
    yield padded(f"Total {office.facts.currency}  {money}", WIDTH, right=True)
    if total.unpriced:
        yield padded(
            f"and {total.replace(money=None).words(places)}: please confirm", WIDTH, right=True
        )


def _labelled(label: str, text: str) -> Iterator[str]:
    first, *rest = (
        part for line in text.split("\n") for part in wrapped(safe(line), WIDTH - len(label))
    )
    yield label + first
    yield from (" " * len(label) + line for line in rest)
