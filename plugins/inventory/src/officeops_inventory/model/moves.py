"""Stock moves, and the balances that are their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Counts, Ledger, Lots, Record, choice, computed, field, named, ref
from officeops_inventory.declared.usable import AVAILABLE, STATES, state_sql
from officeops_inventory.model.names import ITEM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

#: The actions import the records, so a record names their function and loads it when needed.
_SHORTAGE = "officeops_inventory.stock.ledger:shortage"
_HELD = "officeops_inventory.stock.kept_back:hold_what_came"
_STATE = f"""(SELECT {state_sql("office_today()")}
FROM (SELECT 1) LEFT JOIN inventory_lot l ON l.id = t.lot_id)"""


class Stock(
    Record,
    key="inventory.stock",
    label="Stock",
    plural="Stock",
    display="item_id",
    derived=True,
    unique_together=(("item_id", "location_id", "lot_id"),),
):
    """How much of each item and lot is on hand at each location.

    The balances of the stock moves, which their ledger keeps.
    """

    added_by = "officeops item receive"

    item_id: int = ref("inventory.item", list_rank=1, also=ITEM_NAMES)
    # Not indexed: no query looks up the rows of a location alone, and each write would pay for it.
    location_id: int = ref("core.location", indexed=False, list_rank=2)
    lot_id: int | None = ref("inventory.lot", default=None, list_rank=3)
    quantity: int = field(kind="quantity", default=0, list_rank=2)

    computed = (
        computed(
            "state",
            _STATE,
            kind="choice",
            choices=STATES,
            label="State",
            list_rank=2,
            help="Whether it may be used, or why not",
        ),
    )


class Move(
    Record,
    key="inventory.move",
    noun="stock-move",
    former_nouns=("move",),
    also=("transaction", "movement", "ledger"),
    label="Stock move",
    display="kind",
    sort="-id",
    append_only=True,
):
    """One movement of stock. Never changed, only reversed.

    The balances are the sum of the moves without history. A move is history if it happened before
    the opening balance or the last count, which include it already. History is kept for use, price
    and lead time.
    """

    added_by = "officeops item receive"

    # Not indexed by itself: the index of its ledger begins with it.
    item_id: int = ref("inventory.item", indexed=False, list_rank=1, also=ITEM_NAMES)
    kind: str = choice(
        "opening",
        "receive",
        "use",
        "waste",
        "expire",
        "adjust",
        "transfer",
        "return",
        "reversal",
        default="opening",
        list_rank=2,
        also=("type",),
    )
    quantity: int = field(
        kind="quantity",
        list_rank=2,
        also=("qty", "on hand", "qoh", "physical qoh", "count"),
        help="In base units; negative removes stock",
    )
    location_id: int = ref(
        "core.location", indexed=False, list_rank=4, also=("bin location", "room", "bin")
    )
    lot_id: int | None = ref("inventory.lot", default=None, list_rank=5)
    day: date = field(
        list_rank=3,
        also=(
            "date",
            "on",
            "moved on",
            "transaction date",
            "transaction created date",
            "created",
            "created on",
            "date created",
        ),
        help="The office's day it happened",
    )
    since: date | None = field(
        default=None, list_rank=9, help="First day of the interval over which a count found it used"
    )
    # The order line that a receipt belongs to; a reversal has it too, so the line is open again.
    line_id: int | None = ref("inventory.line", default=None, list_rank=9)
    reverses_id: int | None = ref("inventory.move", default=None, list_rank=9)
    group_id: int | None = ref("inventory.move", default=None, hidden=True, managed=True)
    source: str | None = field(default=None, hidden=True, help="File and line it was imported from")
    note: str | None = field(default=None, list_rank=8, also=("reason", "comment", "comments"))
    reference: str | None = field(
        default=None,
        hidden=True,
        also=(
            "transaction id",
            "transaction number",
            "transaction no",
            "document number",
            "document no",
            "document",
            "id",
        ),
        help="Its number elsewhere",
    )
    history: bool = field(
        default=False,
        label="Before a count",
        managed=True,
        list_rank=9,
        help="From before the opening balance or the last count: does not change stock",
    )

    importer = "officeops_inventory.imports.moves.move_import:MoveImport"

    def added(self, office: Office) -> Iterable[str]:
        """Hold what came where a record keeps goods back."""
        sentences: Iterable[str] = named(_HELD)(office, self)
        return sentences

    ledger = Ledger(
        amount="quantity",
        of=("item_id", "location_id"),
        lots=Lots("lot_id", usable=f"l.status = '{AVAILABLE}'"),
        counts=Counts("inventory.count-entry", opening="opening"),
        balances="inventory.stock",
        shortage=_SHORTAGE,
    )
