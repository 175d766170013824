"""Purchase orders: a vendor, a status and totals; the lines are in `order_lines`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Part, Problem, Reason, Record, computed, field, named, ref
from officeops_inventory.declared.amounts import TOTAL, UNKNOWN, UNPRICED
from officeops_inventory.declared.order_lifecycle import ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

#: Purchasing imports the records, so they name its function and load it when it is needed.
_REPRICE = "officeops_inventory.purchasing.repricing:reprice"
#: A line of 0 packs is off the order: a person decided against it for this time.
_COUNT = """(
SELECT count(*) FROM inventory_line l
WHERE l.order_id = t.id AND l.packs > 0 AND l.archived_at IS NULL)"""
_BEFORE = "SELECT vendor_id, ordered_on, expected_on FROM inventory_order WHERE id = ?"


class Order(
    Record,
    key="inventory.order",
    also=("po", "purchase", "purchase-order"),
    label="Purchase order",
    prefix="PO",
    display="id",
    sort="-id",
):
    """A purchase order to one vendor."""

    vendor_id: int = ref(
        "vendors.vendor", list_rank=1, also=("supplier", "supplier id", "vendor name")
    )
    reference: str | None = field(
        example="SO-48213",
        default=None,
        unique=True,
        search=True,
        list_rank=4,
        also=("number", "po number", "order number", "id"),
        help="Number in another system",
    )
    status: str = ORDER.field(list_rank=2)
    ordered_on: date | None = field(
        default=None, list_rank=5, also=("order date", "submitted date")
    )
    expected_on: date | None = field(default=None, list_rank=3, also=("expected date", "due date"))
    note: str | None = field(
        example="Deliver to the back door",
        kind="long_text",
        default=None,
        hidden=True,
        also=("notes",),
    )
    stated_total: int | None = field(
        kind="money",
        default=None,
        managed=True,
        hidden=True,
        label="Stated total",
        help="Total in the imported file; compared with the lines when they are imported",
    )

    computed = (
        computed(
            "lines",
            _COUNT,
            kind="number",
            list_rank=3,
        ),
        computed(
            "total",
            TOTAL,
            kind="money",
            list_rank=2,
            total=True,
            unknown=UNKNOWN,
            doubt=UNPRICED,
            doubtful="unpriced",
            help="Of lines with a price: less cancelled quantities, plus goods beyond the order",
        ),
        computed(
            "unpriced",
            UNPRICED,
            kind="number",
            list_rank=4,
            help="Lines without a price, not in the total",
        ),
    )
    life = ORDER
    parts = (
        Part(
            "inventory.line",
            "order_id",
            (
                "item",
                "packs",
                "package",
                "price",
                "amount",
                "outstanding",
                "received",
                "vendor_sku",
                "location",
            ),
            "officeops_inventory.purchasing.totals:total_line",
        ),
    )
    as_text = "officeops_inventory.purchasing.order_text:order_page"
    importer = "officeops_inventory.imports.orders.order_import:OrderImport"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse another vendor after the draft, and a delivery expected before the order."""
        rows = office.rows(_BEFORE, self.id) if self.id else []
        vendor_id, *days = rows[0] if rows else (None, None, None)
        if self.status != "draft" and vendor_id not in {None, self.vendor_id}:
            yield Problem(
                f"cannot change: the order is {self.status.replace('_', ' ')}",
                "vendor",
                code="wrong-state",
                facts={"state": self.status, "needed": ["draft"]},
            )
        if not self.ordered_on or not self.expected_on or self.expected_on >= self.ordered_on:
            return
        # Dates that an old file has this way stay until someone changes them: goods must still
        # come in on that order.
        if days != [str(self.ordered_on), str(self.expected_on)]:
            yield Problem(
                f"is before {self.ordered_on}, the day it is ordered",
                "expected_on",
                code="wrong-order",
            )

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Price the lines by the new vendor's terms, and yield a sentence for each change."""
        if "vendor_id" in before:
            yield from named(_REPRICE)(office, self)

    def keep(self, office: Office) -> str | None:  # noqa: ARG002 - the signature of every record
        """Refuse to archive an order before it is closed or cancelled."""
        if self.status in {"draft", "closed", "cancelled"}:
            return None
        facts = {"state": self.status, "needed": ["draft", "closed", "cancelled"]}
        why = f"it is {self.status.replace('_', ' ')}; close or cancel it first"
        return Reason(why, code="wrong-state", facts=facts)
