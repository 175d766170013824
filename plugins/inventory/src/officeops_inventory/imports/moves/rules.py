"""Move rules: the rules of the commands that book a move, for the rows of a file of moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_inventory.imports.finder import named_lot
from officeops_inventory.stock.ledger import EARLIEST, INTO_LOTS, LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops import Office
    from officeops.exchange import Row
    from officeops_inventory.imports.finder import Finder
    from officeops_inventory.stock.intake import Intake

    #: A field, and why it is refused.
    Wrong = tuple[str, str]

#: Kinds of move that remove stock; files write their quantities without a sign.
OUT: Final = frozenset({"use", "waste", "expire", "return"})
#: Kinds that bring stock and are never negative.
IN: Final = frozenset({"opening", "receive"})
#: Kinds that the commands book only with a reason.
WITH_REASON: Final = frozenset({"waste", "return", "adjust"})
#: Either column names the lot of a row.
LOT_COLUMNS: Final = frozenset({"lot", "expires_on"})

_REVERSAL: Final = (
    "cannot be imported: a file does not name the move that it reverses; leave out both, or book "
    "the difference as an adjust with a reason"
)


class MoveRules:
    """Refuses the rows that no command would book."""

    def __init__(
        self,
        office: Office,
        find: Finder,
        begins: Callable[[int, int], str],
        intake: Intake,
    ) -> None:
        self._today = office.today.isoformat()
        self._find, self._begins, self._intake = find, begins, intake
        #: How many balances open without the lot that their item comes in.
        self.unlotted = 0

    def problem(self, row: Row) -> Wrong | None:
        """Return the field of a row that breaks a rule and why, or None."""
        return self._bounds(row) or self._without_reason(row) or self._without_lot(row)

    def _bounds(self, row: Row) -> Wrong | None:
        """Refuse a quantity or a day that no command takes, and a lot with another last day."""
        kind, quantity, day = row.values["kind"], row.values["quantity"], row.values["day"]
        if kind in IN and quantity < 0:
            return "quantity", Reason("is below zero", code="out-of-range")
        if not quantity and kind != "opening":  # a stock sheet has rows of nothing
            return "quantity", Reason("moves nothing; leave the row out", code="nothing-to-do")
        if abs(quantity) > LARGEST:
            return "quantity", Reason(f"is more than {LARGEST:,}", code="out-of-range")
        if day > self._today:
            return "day", Reason(
                f"is after today, {self._today}; a move is booked once it has happened",
                code="out-of-range",
            )
        if day < EARLIEST:
            return "day", Reason(
                f"is before {EARLIEST}; correct the year, or leave the row out", code="out-of-range"
            )
        conflict = self._find.lot_conflict(row.values["item_id"], *named_lot(row))
        return ("expires_on", Reason(conflict, code="contradicts-record")) if conflict else None

    def _without_reason(self, row: Row) -> Wrong | None:
        """Refuse a row without the reason that commands ask for; history moves nothing.

        The reason of a reversal is the move that it reverses, which a file cannot name.
        """
        values = row.values
        if values["kind"] == "reversal":
            return "kind", Reason(_REVERSAL, code="is-a-reversal")
        if values["kind"] not in WITH_REASON or values["note"] or self._is_history(row):
            return None
        why = f"is needed: a move of kind {values['kind']} says why"
        return "note", Reason(f'{why} (--set "note=REASON" says it for every row)', code="needed")

    def _is_history(self, row: Row) -> bool:
        """Whether a row is from before the balance, which includes it already."""
        values = row.values
        return bool(values["day"] < self._begins(values["item_id"], values["location_id"]))

    def _without_lot(self, row: Row) -> Wrong | None:
        """Refuse goods that came in without their lot; goods that a balance includes need none.

        An opening balance may be of goods whose lot nobody knows any more: the import says so at
        its end. An opening balance of a lot needs the lot's last day.
        """
        values, extra = row.values, row.extra
        if values["kind"] not in INTO_LOTS or values["quantity"] <= 0:
            return None
        if self._is_history(row) or extra.get("no_lot"):
            return None
        problems = self._intake.lacks(values["item_id"], *named_lot(row))
        if problems and values["kind"] == "opening":
            if not extra.keys() & LOT_COLUMNS:
                self.unlotted += 1
                return None
            # A lot without a number goes by its last day.
            problems = [problem for problem in problems if problem.field == "expires_on"]
        if not problems:
            return None
        why = f"{problems[0].message}; if there is none, say why in a column no_lot"
        return str(problems[0].field), problems[0].reason().within(why)
