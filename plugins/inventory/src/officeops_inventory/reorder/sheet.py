"""The reorder sheet: the suggestions of today, grouped by vendor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops_inventory.declared.amounts import TOTAL, UNPRICED
from officeops_inventory.purchasing.totals import Total, total_of
from officeops_inventory.reorder.query import ReorderQuery
from officeops_inventory.reorder.suggestions import SheetLine, suggestions

if TYPE_CHECKING:
    from officeops import Office
    from officeops.services import VendorFacts
    from officeops_inventory.model import Item

#: The start of the key of a snoozed item; the item's id follows.
SNOOZE = "inventory.reorder.item:"

#: Drafts of every vendor, also of one without a line on the sheet: the query is as quick for all.
_DRAFTED = f"""
SELECT t.vendor_id, sum({TOTAL}), sum({UNPRICED}) FROM inventory_order t
WHERE t.status = 'draft' AND t.archived_at IS NULL GROUP BY t.vendor_id
"""


class Group(Value):
    """The lines for one vendor; no vendor is known if it is None. Money is in minor units.

    `total` is that of the lines, None if no price is known. `drafted` is the total of the vendor's
    draft orders. The gaps to the minimum order and to free freight count both. `unpriced` and
    `drafted_unpriced` are the lines without a price, which are in neither total.
    """

    vendor: VendorFacts | None
    lines: list[SheetLine]
    total: int | None
    drafted: int | None
    to_minimum: int
    to_free_freight: int
    unpriced: int = 0
    drafted_unpriced: int = 0


class Sheet(Value):
    """The whole sheet: vendors by name, items without a vendor last."""

    groups: list[Group]

    @property
    def lines(self) -> list[SheetLine]:
        """Every line, vendor by vendor."""
        return [line for group in self.groups for line in group.lines]


def sheet(office: Office, *, snoozed: bool = False) -> Sheet:
    """Return the reorder sheet; snoozed items are left out by default. Nothing is written."""
    query = ReorderQuery(office)
    # A plugin may know of use where the file has none.
    spots = query.candidates(every=office.plugins.implements("estimate_demand"))
    snoozes = office.put_off_until(SNOOZE)
    lines = []
    for line in suggestions(office, query, spots):
        until = snoozes.get(str(line.item.id), "")
        if line.suggestion.fires and (snoozed or not until):
            lines.append(line.replace(snoozed_until=until))
    return Sheet(_grouped(office, query, lines))


def explain(office: Office, item: Item) -> list[SheetLine]:
    """Return every term of the rule for one item, whether or not it fires.

    There is one line for each location with levels of its own, else one for the item.
    """
    query = ReorderQuery(office)
    return list(suggestions(office, query, query.of_item(item)))


def _grouped(office: Office, query: ReorderQuery, lines: list[SheetLine]) -> list[Group]:
    by_vendor: dict[int | None, list[SheetLine]] = {}
    for line in lines:
        offer = line.suggestion.offer
        by_vendor.setdefault(offer.vendor_id if offer else None, []).append(line)
    drafted = {}
    for vendor_id, money, unpriced in office.rows(_DRAFTED):
        drafted[vendor_id] = Total(money, unpriced)
    groups = []
    for of_vendor, its_lines in by_vendor.items():
        in_draft = drafted.get(of_vendor, Total(0, 0))
        groups.append(_group(query, of_vendor, its_lines, in_draft))
    groups.sort(key=_vendor_order)
    return groups


def _vendor_order(group: Group) -> tuple[bool, str]:
    return group.vendor is None, group.vendor.name.casefold() if group.vendor else ""


def _line_order(line: SheetLine) -> tuple[str, int, int]:
    return line.item.name.casefold(), line.item.id, line.location_id or 0


def _group(
    query: ReorderQuery,
    vendor_id: int | None,
    lines: list[SheetLine],
    drafted: Total,
) -> Group:
    lines.sort(key=_line_order)
    vendor = _vendor(query, vendor_id, lines)
    # A blocked line has no packs and is not part of the order.
    ordering = [line for line in lines if line.suggestion.packs and line.suggestion.offer]
    ordered = total_of([line.amount for line in ordering])
    # Vendors count an order's money: lines of this sheet and those in draft will be one order.
    so_far = (ordered.money or 0) + (drafted.money or 0)
    minimum = vendor.minimum_order if vendor else None
    free_freight = vendor.free_freight if vendor else None
    return Group(
        vendor,
        lines,
        ordered.money,
        drafted.money,
        max(0, (minimum or 0) - so_far),
        max(0, (free_freight or 0) - so_far),
        ordered.unpriced,
        drafted.unpriced,
    )


def _vendor(
    query: ReorderQuery, vendor_id: int | None, lines: list[SheetLine]
) -> VendorFacts | None:
    """Return a group's vendor; while the plugin vendors is off, by the name in its offers."""
    if vendor_id is None:
        return None
    if vendor_id in query.vendors:
        return query.vendors[vendor_id]
    from officeops.services import VendorFacts

    offer = lines[0].suggestion.offer
    name = offer.vendor if offer else ""
    return VendorFacts(vendor_id, name, "active", None, None, None, None, "", None)
