"""Lots: batches of an item, each with its number and its last usable day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import Expiry, Location, Problem, Record, Upheld, computed, field, named, ref
from officeops_inventory.declared.balances import ON_A_SHELF, ON_HAND
from officeops_inventory.declared.lot_lifecycle import HELD, KEPT_BACK, LOT, NUMBERED
from officeops_inventory.declared.usable import AVAILABLE, is_usable
from officeops_inventory.model.names import ITEM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_ENDS_BEFORE = "SELECT expires_on FROM inventory_lot WHERE id = ?"
_WITHOUT_END = "SELECT item_id, expires_on, trim(no_lot) FROM inventory_lot WHERE id = ?"
_SHELVES = """
SELECT location_id, quantity FROM inventory_stock
WHERE lot_id = ? AND quantity > 0 ORDER BY location_id
"""
#: By name: holds know of lots.
_HELD = "officeops_inventory.stock.holds:why_held"


class Lot(
    Record,
    key="inventory.lot",
    also=("batch", "expiry"),
    display="number",
    sort="expires_on",
    unique_together=(("item_id", "number"),),
):
    """A batch of an item, with its number and expiry."""

    item_id: int = ref("inventory.item", fixed=True, list_rank=1, also=ITEM_NAMES)
    number: str = field(
        example="L2291",
        search=True,
        list_rank=2,
        also=("lot", "lot number", "lot no", "batch", "batch number", "serial"),
    )
    expires_on: date | None = field(
        default=None,
        list_rank=3,
        also=("expiry", "expiry date", "expiration date", "expires"),
        help="Last day it may be used",
    )
    status: str = LOT.field(list_rank=1)
    hold_reason: str | None = field(
        default=None,
        managed=True,
        list_rank=7,
        help="Why it is held; the number of a recall's notice",
    )
    # The reasons that a person gave. They belong to the lot, because later moves of it need none.
    no_lot: str | None = field(
        default=None,
        label="No lot",
        hidden=True,
        also=("no expiry",),
        help="Why it has no expiry, where lots of the item expire",
    )
    end_reason: str | None = field(
        default=None,
        label="End reason",
        hidden=True,
        help="Why its expiry was changed, where it was expired or held and some was on hand",
    )

    computed = (
        computed(
            "on_hand", ON_HAND.format("lot_id"), kind="quantity", label="On hand", list_rank=2
        ),
        computed(
            "on_shelf",
            ON_A_SHELF,
            kind="yes_no",
            label="On a shelf",
            hidden=True,
            help="Whether any is at some location",
        ),
    )
    life = LOT
    promise = KEPT_BACK
    frozen = (NUMBERED,)
    # A lot that goes with its receipt leaves nothing to use.
    upheld = Upheld("status", HELD, needs="inventory.lot.release", added=False)
    importer = "officeops_inventory.imports.lot_import:LotImport"
    # A held lot is due for as long as any is on hand, whenever it expires (stock/unsafe_stock.py).
    expiry = Expiry(
        "expires_on",
        lead=30,
        severity="unsafe",
        ended_action="discard",
        only=f"t.status = 'available' AND {ON_A_SHELF}",
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an expiry date that is a slip, a missing one, and an unexplained change of one.

        It may be missing if no lot of the item expires or `no_lot` gives the reason. A change
        needs a reason while unsafe stock of the lot is on hand.
        """
        from officeops_inventory.declared.lot_rules import NO_END, strange_end, with_cure

        strange = strange_end(self.expires_on, office.today)
        # A strange date that the file already has must not block other corrections.
        if strange and self._ends_before(office) != str(self.expires_on):
            yield Problem(strange, "expires_on", code="out-of-range")
        if self._lacks_end(office):
            yield with_cure(NO_END)
        if self.id:
            yield from self._end_unexplained(office)

    def _ends_before(self, office: Office) -> str | None:
        """Return the expiry date as the file has it; None for a new lot."""
        before: str | None = office.value(_ENDS_BEFORE, self.id) if self.id else None
        return before

    def _lacks_end(self, office: Office) -> bool:
        """Whether the expiry date and the reason for none are both missing, and one is needed.

        A lot that the file has without either stays as it is: it must be possible to recall it.
        """
        from officeops_inventory.declared.lot_rules import LOTS_END

        if self.expires_on or (self.no_lot or "").strip():
            return False
        unchanged = {(self.item_id, None, None), (self.item_id, None, "")}
        rows = office.rows(_WITHOUT_END, self.id) if self.id else []
        if any(tuple(row) in unchanged for row in rows):
            return False
        ending = f"SELECT {LOTS_END} FROM inventory_item i WHERE i.id = ?"
        return bool(office.value(ending, self.item_id))

    def _end_unexplained(self, office: Office) -> Iterable[Problem]:
        """Refuse another expiry date without a reason for an unsafe lot that is on hand.

        A new date would make expired stock look good, and nobody would know why.
        """
        before = office.get(Lot, self.id)
        ended_on = before.expires_on
        if ended_on is not None and not isinstance(ended_on, date):
            return  # the file has text that is no date: any date is a correction
        word = before.unsafe_word(office.today)
        if ended_on == self.expires_on or not word or not self.on_shelves(office):
            return
        reason = (self.end_reason or "").strip()
        if not reason or reason == before.end_reason:
            where = self.where_it_is(office)
            why = f"of a lot that is {word} cannot change without a reason: there are {where}"
            yield Problem(
                f"{why}. Say why in end_reason (--end-reason)", "expires_on", code="needs-consent"
            )

    def unsafe_word(self, today: date) -> str:
        """Return why it must not be used: recalled, quarantined, damaged or expired; else blank."""
        if is_usable(self.status, self.expires_on, today):
            return ""
        return "expired" if self.status == AVAILABLE else self.status

    def on_shelves(self, office: Office) -> list[tuple[int, int]]:
        """Return the locations that have any of it: each location's id with the quantity there."""
        return [(location_id, quantity) for location_id, quantity in office.rows(_SHELVES, self.id)]

    def where_it_is(self, office: Office) -> str:
        """Return the stock of it by location, in words: 30 at Main, 10 at Exam 1."""
        shelves = []
        for location_id, quantity in self.on_shelves(office):
            shelves.append(f"{quantity} at {office.label(Location, location_id)}")
        return ", ".join(shelves) or "none on hand"

    def due_detail(self, office: Office) -> str:
        """Return how many of the lot there are, and where."""
        return self.where_it_is(office)

    def keep(self, office: Office) -> str | None:
        """Refuse to archive a lot while any is on a shelf or a record holds it: it must stay visible."""
        held = office.value(f"SELECT {ON_A_SHELF} FROM inventory_lot t WHERE t.id = ?", self.id)
        if held:
            return f"there are {self.where_it_is(office)}; use or discard them first"
        # More of it may come, under a number that nobody would know any more.
        why: str | None = named(_HELD)(office, self)
        return why
