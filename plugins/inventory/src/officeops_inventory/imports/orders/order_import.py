"""Purchase orders from elsewhere: in any state, with the total that their lines come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Field, Reason
from officeops.exchange import Importer, Row
from officeops.values import wording
from officeops_inventory.purchasing.totals import totals_apart, with_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_UNKNOWN_ORDER: Final = Reason("is needed to know the order again", code="needed")


class OrderImport(Importer):
    """Orders may arrive in any state: they began elsewhere."""

    may_set = ("status",)
    restores = ("stated_total",)
    follow = ("total",)
    keys = (("reference",),)
    fills = ("stated_total",)
    # The lines of an order are a file of their own, imported after it.
    later = ("lines", "unpriced")
    extra = (
        Field(
            "money",
            default=None,
            label="Total",
            also=("order total", "po total"),
        ).named("total", "int"),
    )

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        #: The totals that the file states, by the order's id; None for an order without one.
        self._stated: dict[int, int | None] = {}

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse an order without any number, by which it would be recognized.

        A new order keeps its total as stated.
        """
        for row in rows:
            if "stated_total" not in self.given:
                row.values["stated_total"] = row.extra.get("total")
            if row.values["reference"] is None and not row.number:
                yield row, "reference", _UNKNOWN_ORDER

    def added(self, rows: list[Row]) -> None:
        """Remember the totals of new orders."""
        for row in rows:
            self._stated[row.id] = row.extra.get("total")

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Remember the totals of known orders; `finish` names those that differ."""
        self.added(rows)
        return {}

    def said(self, record_id: int) -> dict[str, Any] | None:
        """Return the total that an earlier row stated."""
        if record_id not in self._stated:
            return None
        total = self._stated[record_id]
        return {} if total is None else {"total": total}

    def finish(self) -> Iterable[str]:
        """Name the orders whose lines come to another total, and count those without lines."""
        stated = {order_id: total for order_id, total in self._stated.items() if total is not None}
        if not stated:
            return
        # An order without lines has its lines in a file that comes later.
        compared = with_lines(self.office, stated)
        self.left += totals_apart(
            self.office, {order_id: stated[order_id] for order_id in compared}
        )
        waiting = len(stated) - len(compared)
        if waiting:
            totals = wording.count(waiting, "total")
            yield f"{totals} kept, to be compared when the lines are imported."
