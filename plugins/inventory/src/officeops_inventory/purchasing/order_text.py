"""The text of an order for its vendor: to print, paste into mail or a portal, or fax.

It is at most 80 columns wide.
"""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Final

from officeops import DEFAULT_LOCATION, Field, Query, Value
from officeops.exchange import Beside, Facts, Grid, Lines, Printout, Sums
from officeops.values import money_text, price_text
from officeops.values.wording import count
from officeops_inventory.declared.amounts import ORDERED_AMOUNT, UNKNOWN
from officeops_inventory.model import Item, Line, Order
from officeops_inventory.purchasing.totals import total_of
from officeops_inventory.purchasing.vendor_terms import vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops.services import VendorFacts

_LABELS: Final = ("#", "Vendor SKU", "Description", "Qty", "Unit", "Price", "Amount")
_RIGHT: Final = (True, False, False, True, False, True, True)
_DESCRIPTION: Final = 2
#: The most cells of the vendor's SKU and of the unit; longer ones wrap, they are never cut.
_MOST: Final = {1: 20, 4: 14}
#: The warning above an order that its vendor must not fill.
_NOT_AN_ORDER: Final = {
    "draft": "DRAFT: not approved and not sent",
    "cancelled": "CANCELLED",
    "closed": "CLOSED: nothing more is expected",
}
#: In these states the vendor does not have the order yet.
_STILL_OURS: Final = frozenset({"draft", "approved"})

_NAMES: Final = ("item_id", "packs", "package", "pack_size", "price", "cancelled", "vendor_sku")
_OUR_SKU: Final = "(SELECT i.sku FROM inventory_item i WHERE i.id = t.item_id)"
_ORDERED: Final = f"(SELECT {ORDERED_AMOUNT} FROM inventory_line l WHERE l.id = t.id)"
#: Columns beside the line's own fields. The amount is that of the order as it was placed: goods
#: received beyond it are no part of its text.
_MORE: Final = (
    Field("text", default=None, sql=_OUR_SKU).named("sku", ""),
    Field("number", default=None, sql="t.item_id").named("of_item", ""),
    Field("money", default=None, sql=_ORDERED).named("ordered_amount", ""),
)
_TERMS_OF_PACK: Final = """
SELECT x.id FROM inventory_terms x LEFT JOIN inventory_pack p ON p.id = x.pack_id
WHERE x.item_id = ? AND x.vendor_id = ? AND ifnull(p.size, 1) = ? AND x.archived_at IS NULL
ORDER BY x.rank, x.id
"""


class _Row(Value):
    """A printed line of the order: its cells under the labels, and `more` below the description."""

    cells: tuple[str, ...]
    more: str
    item_id: int
    size: int
    amount: int | None

    @property
    def vendor_sku(self) -> str:
        """The vendor's SKU, blank if it is not known."""
        return self.cells[1]


def order_page(office: Office, order: Order) -> Printout:
    """Return the order as a page: who orders, from whom, what, and the total.

    Raises Forbidden if the acting person may not see order lines or items.
    """
    # The text names both, whatever columns a role may see in lists.
    office.allow_view(Line)
    office.allow_view(Item)
    vendor = vendor_of(office, order.vendor_id)
    rows = list(_rows(office, order))
    note = (Facts((("Note", order.note),)),) if order.note else ()
    return Printout(
        f"PURCHASE ORDER {order}",
        (
            Beside(_office_block(office), _vendor_block(office, order, vendor)),
            _table(rows),
            Sums(tuple(_total(office, rows))),
            *note,
        ),
        aside=_dates(office, order),
        under=tuple(_standing(order)),
    )


def missing(office: Office, order: Order) -> Iterator[str]:
    """Yield a sentence for each fact that a vendor will miss on the order, with where to add it."""
    if not office.facts.address:
        yield "The order has no ship-to address: officeops settings edit --address ADDRESS"
    vendor = vendor_of(office, order.vendor_id)
    if vendor and not vendor.account_at(_here(office)):
        cure = f"officeops vendor edit {quote(vendor.name)} --account NUMBER"
        yield f"No account number with {vendor.name} is known: {cure}"
    without = [row for row in _rows(office, order) if not row.vendor_sku]
    if without:
        verb = "has" if len(without) == 1 else "have"
        lines = f"{count(len(without), 'line')} {verb} no vendor SKU"
        # A sent order keeps its text: no edit of the terms changes it, so there is no cure.
        cure = f": {_cure(office, order, without[0])}" if order.status in _STILL_OURS else "."
        yield f"{lines}{cure}"


def _cure(
    office: Office,
    order: Order,
    row: _Row,
) -> str:
    """Return the command that gives a line its vendor SKU: an edit of its terms, or new ones."""
    terms = office.rows(_TERMS_OF_PACK, row.item_id, order.vendor_id, row.size)
    if terms:
        return f"officeops vendor-terms edit #{terms[0][0]} --vendor-sku SKU"
    vendor = vendor_of(office, order.vendor_id)
    name = quote(vendor.name) if vendor else f"#{order.vendor_id}"
    sku = quote(office.get(Item, row.item_id).sku)
    return f"officeops vendor-terms add --item {sku} --vendor {name} --vendor-sku SKU"


def _dates(office: Office, order: Order) -> str:
    dates = f"Ordered {order.ordered_on}" if order.ordered_on else f"Date {office.today}"
    return f"{dates}   Needed by {order.expected_on}" if order.expected_on else dates


def _standing(order: Order) -> Iterator[str]:
    """Yield the office's own reference, and a warning above what the vendor must not fill."""
    if order.reference:
        yield f"Our reference {order.reference}"
    if order.status in _NOT_AN_ORDER:
        yield f"*** {_NOT_AN_ORDER[order.status]} ***"


def _office_block(office: Office) -> list[str]:
    facts = office.facts
    phone = f"Phone {facts.phone}" if facts.phone else ""
    return _block("Ship to", [facts.name, *_lines_of(facts.address), phone])


def _vendor_block(
    office: Office,
    order: Order,
    vendor: VendorFacts | None,
) -> list[str]:
    if vendor is None:
        return _block("Vendor", [f"#{order.vendor_id}"])
    known = vendor.account_at(_here(office))
    account = f"Our account {known}" if known else ""
    attention = f"Attn {vendor.contact}" if vendor.contact else ""
    phone = f"Phone {vendor.phone}" if vendor.phone else ""
    fax = f"Fax {vendor.fax}" if vendor.fax else ""
    address = _lines_of(vendor.address)
    reached = [phone, fax, vendor.email or "", account]
    return _block("Vendor", [vendor.name, attention, *address, *reached])


def _here(office: Office) -> int | None:
    """Return the location that orders come to: its account with the vendor may be its own."""
    number = office.value(f"SELECT {DEFAULT_LOCATION}")
    return int(number) if number else None


def _lines_of(text: str | None) -> list[str]:
    return text.split("\n") if text else []


def _block(title: str, lines: Iterable[str]) -> list[str]:
    """Return a heading and the lines below it that are not blank."""
    return [title, *filter(str.strip, lines)]


def _rows(office: Office, order: Order) -> Iterator[_Row]:
    """Yield the lines that ask for something, priced as the total counts them."""
    fields = [Line.meta.by_name[name] for name in _NAMES]
    places = office.ways.places
    selected = office.select(Line, [*fields, *_MORE], Query(f"order=#{order.id} packs>0"))
    for number, row in enumerate(selected, 1):
        _, item, packs, package, size, price, cancelled, vendor_sku, our_sku, item_id, amount = row
        cells = (
            str(number),
            vendor_sku or "",
            item,
            f"{packs:,}",
            package,
            UNKNOWN if price is None else price_text(price, places),
            UNKNOWN if amount is None else money_text(amount, places),
        )
        more = f"our number {our_sku}"
        if cancelled:
            more += f", {cancelled:,} of {packs * size:,} cancelled"
        yield _Row(cells, more, item_id, size, amount)


def _table(rows: list[_Row]) -> Grid | Lines:
    """Return the lines of the order under their labels. No cell is cut: half a SKU orders another item."""
    if not rows:
        return Lines(("Nothing is on it.",))
    return Grid(
        _LABELS,
        [row.cells for row in rows],
        _RIGHT,
        most=_MOST,
        wide=_DESCRIPTION,
        below=[row.more for row in rows],
    )


def _total(office: Office, rows: list[_Row]) -> Iterator[str]:
    total = total_of([row.amount for row in rows])
    places = office.ways.places
    money = money_text(total.money or 0, places)
    if total.unpriced and total.money is None:
        money = UNKNOWN
    yield f"Total {office.facts.currency}  {money}"
    if total.unpriced:
        unpriced = total.replace(money=None).words(places)
        yield f"and {unpriced}: please confirm"
