"""Stock moves from elsewhere: opening stock by lot and shelf, or a history of use. A row is booked once, whatever its file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from officeops import Location, Problem, Refused
from officeops.exchange.importer import MAYBE_ANOTHER, Importer, Row
from officeops.model.fields import Field
from officeops.model.text_folding import folded
from officeops.values import wording
from officeops_inventory.imports.booked_moves import Booked
from officeops_inventory.imports.finder import Finder, expiry_text
from officeops_inventory.model import Item, Lot
from officeops_inventory.stock.intake import NO_LOT_HELP, Intake, without_lot
from officeops_inventory.stock.ledger import INTO_LOTS, LARGEST, balance
from officeops_inventory.stock.past import EARLIEST, Past

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: Kinds of move that take stock away; files write their quantities without a sign.
OUT: Final = frozenset({"use", "waste", "expire", "return"})
#: Kinds that bring stock and are never negative.
IN: Final = frozenset({"opening", "receive"})
#: Kinds that the commands book only with a reason.
WITH_REASON: Final = frozenset({"waste", "return", "adjust"})
#: The most balances that a sentence names.
_NAMED: Final = 5
#: Either column says which lot a row is of.
_LOT_COLUMNS: Final = frozenset({"lot", "expires_on"})
_DATE_IT: Final = (
    "date it before them, or import the older rows as a file of their own: they are kept as history"
)

_REVERSAL: Final = (
    "cannot be imported: a file does not name the move that it takes back; leave out both, or book the difference as an "
    "adjust with a reason"
)

#: One balance: item, location, lot.
Spot = tuple[int, int, "int | None"]


class MoveImport(Importer):
    """The columns that only an import of stock moves has."""

    extra = (
        Field(
            "text",
            default=None,
            label="Lot",
            also=("lot number", "lot no", "batch", "batch number"),
        ).named("lot", "str"),
        Field(
            "date",
            default=None,
            month_end=True,
            label="Expires on",
            also=("expiry", "expiry date", "expiration date", "expires", "exp date", "exp"),
        ).named("expires_on", "date"),
        Field("text", default=None, label="No lot", help=NO_LOT_HELP).named("no_lot", "str"),
    )
    keys = (("source",),)
    whole_file = True
    fills = ("source", "day", "location_id", "lot_id", "history")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._find = Finder(office)
        #: A file is known by its content: under another name it is the same file.
        self._digest = source.rpartition(":")[2]
        self._today = office.today.isoformat()
        self._past = Past(office)
        self._booked = Booked(office)
        #: What is said at the end: rows that are history, by why; those of a day that was counted; those booked by hand.
        self._history: Counter[str] = Counter()
        self._counted_day = self._by_hand = self._unlotted = 0
        self._intake = Intake(office)
        #: Rows, by identity, that name no location.
        self._unplaced: set[int] = set()
        self._signs: Counter[bool] = Counter()
        #: What transfers come to by item, lot and day: nothing, for one place gains what another loses.
        self._carried: Counter[tuple[int, str, str]] = Counter()
        #: What the file's new rows bring and take, by balance.
        self._net: Counter[Spot] = Counter()
        #: The first day, and the opening day, of the file's new rows: by item, location and lot, a new lot by its name.
        self._first_move: dict[tuple[object, ...], str] = {}
        self._opening: dict[tuple[object, ...], str] = {}

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Tell which rows are on record, and fill in each new one's place, day, sign and lot."""
        undated = {id(row) for row in rows if row.values["day"] is None}
        self._unplaced = {id(row) for row in rows if row.values["location_id"] is None}
        for row in rows:
            self._complete(row)
        named = [
            row for row in rows if row.values["item_id"] and row.values["quantity"] is not None
        ]
        item_ids = {row.values["item_id"] for row in named}
        self._find.read_lots(item_ids)
        self._booked.read(item_ids)
        self._past.read(item_ids)
        new = self._not_on_record(named)
        fresh = {id(row) for row in new}
        if self.of_bad_rows:
            yield from ((row, "item_id", MAYBE_ANOTHER) for row in named if id(row) not in fresh)
        self._carry(
            [row for row in named if row.values["kind"] == "transfer" and id(row) not in fresh]
        )
        for row in new:
            problem = (
                self._bounds(row)
                or self._without_reason(row)
                or self._without_lot(row)
                or self._against_openings(row, undated=id(row) in undated)
            )
            if problem:
                yield row, *problem
            else:
                self._lot(row)
                self._place_in_time(row)

    def _complete(self, row: Row) -> None:
        values = row.values
        values["source"] = self._source(row.line)
        values["day"] = values["day"] or self._today
        values["location_id"] = values["location_id"] or self._find.place
        if values["kind"] in OUT and values["quantity"]:
            self._signs[values["quantity"] < 0] += 1
            values["quantity"] = -abs(values["quantity"])
        values["note"] = without_lot(values["note"], row.extra.get("no_lot"))

    def _source(self, line: int) -> str:
        """Return the name of a line that no move on record has; after an undo the first one is spent."""
        source, times = f"{self._digest}:{line}", 1
        while source in self._booked.spent:
            times += 1
            source = f"{self._digest}:{line}:{times}"
        return source

    def added(self, rows: list[Row]) -> None:
        """Add up what the new transfers carry."""
        self._carry([row for row in rows if row.values["kind"] == "transfer"])

    def _carry(self, transfers: list[Row]) -> None:
        for row in transfers:
            lot = folded(str(row.extra.get("lot") or row.extra.get("expires_on") or ""))
            self._carried[row.values["item_id"], lot, row.values["day"]] += row.values["quantity"]

    # -- rows on record -------------------------------------------------------------------------------

    def _not_on_record(self, rows: list[Row]) -> list[Row]:
        """Return the new rows; those on record get the source they are on record under, equal ones before similar ones."""
        said = self.given & {"reference", "note"}
        if self.given & _LOT_COLUMNS:
            said = said.union(["lot_id"])
        for details_said in (None, said):
            rows = [row for row in rows if not self._is_booked(row, details_said)]
        return rows

    def _is_booked(self, row: Row, said: frozenset[str] | None) -> bool:
        values = row.values
        core = (
            values["item_id"],
            values["kind"],
            values["day"],
            values["quantity"],
            values["location_id"],
        )
        lot = self._known_lot(row)
        # A lot that is not on record is no move's.
        lot_id = -1 if lot is None and row.extra.keys() & _LOT_COLUMNS else lot
        details = (lot_id, values["reference"], values["note"])
        if id(row) in self._unplaced:
            entry, values["location_id"] = self._booked.take_anywhere(core, details, said)
        else:
            entry = self._booked.take(core, details, said)
        if entry is None:
            return False
        if entry.source is None:
            self._by_hand += 1
            row.bad = True  # left out without being wrong
        else:
            values["source"] = entry.source
        return True

    # -- what a row may say ---------------------------------------------------------------------------

    def _bounds(self, row: Row) -> tuple[str, str] | None:
        """Return what is wrong with a row by the rules that commands have, or None."""
        kind, quantity, day = row.values["kind"], row.values["quantity"], row.values["day"]
        if kind in IN and quantity < 0:
            return "quantity", "is less than nothing"
        if not quantity and kind != "opening":  # a stock sheet has rows of nothing
            return "quantity", "moves nothing; leave the row out"
        if abs(quantity) > LARGEST:
            return "quantity", f"is more than {LARGEST:,}"
        if day > self._today:
            return "day", f"is after today, {self._today}; a move is booked once it has happened"
        if day < EARLIEST:
            return "day", f"is before {EARLIEST}; correct the year, or leave the row out"
        extra = row.extra
        conflict = self._find.lot_conflict(
            row.values["item_id"], extra.get("lot"), expiry_text(extra.get("expires_on"))
        )
        return ("expires_on", conflict) if conflict else None

    def _without_reason(self, row: Row) -> tuple[str, str] | None:
        """Return that a row says no reason where the commands ask for one, or None; what is history moves nothing.

        A reversal says none by naming its move, which a file cannot.
        """
        values = row.values
        if values["kind"] == "reversal":
            return "kind", _REVERSAL
        if values["kind"] not in WITH_REASON or values["note"] or self._is_history(row):
            return None
        why = f"is needed: a move of kind {values['kind']} says why"
        return "note", f'{why} (--set "note=REASON" says it for every row)'

    def _is_history(self, row: Row) -> bool:
        """Whether a row is from before the balance, which has it in it already."""
        values = row.values
        return bool(values["day"] < self._past.begins(values["item_id"], values["location_id"]))

    def _without_lot(self, row: Row) -> tuple[str, str] | None:
        """Return what goods that came in lack, or None; what the balance has in it already lacks nothing.

        An opening balance may be of goods whose lot nobody knows any more; that is said. One of a lot says when it ends.
        """
        values, extra = row.values, row.extra
        if (
            values["kind"] not in INTO_LOTS
            or values["quantity"] <= 0
            or self._is_history(row)
            or extra.get("no_lot")
        ):
            return None
        problems = self._intake.lacks(
            values["item_id"], extra.get("lot"), expiry_text(extra.get("expires_on"))
        )
        if not problems:
            return None
        if values["kind"] == "opening":
            if not extra.keys() & _LOT_COLUMNS:
                self._unlotted += 1
                return None
            # Without a number it goes by its last day.
            problems = [problem for problem in problems if problem.field == "expires_on"]
            if not problems:
                return None
        return str(
            problems[0].field
        ), f"{problems[0].message}; if there is none, say why in a column no_lot"

    def _against_openings(self, row: Row, *, undated: bool) -> tuple[str, str] | None:
        """Return why a balance cannot open with this row, or move before it opened, or None.

        A second stock sheet is a count: added to what is on record it would double it.
        """
        values = row.values
        lot = self._known_lot(row)
        named = str(row.extra.get("lot") or row.extra.get("expires_on") or "")
        spot, day = (values["item_id"], values["location_id"], folded(named)), values["day"]
        if day < self._opening.get(spot, ""):
            return (
                "day",
                f"is before the opening balance of {self._opening[spot]} in this file; {_DATE_IT}",
            )
        if values["kind"] == "opening":
            if (earlier := self._first_move.get(spot, day)) < day:
                return (
                    "day",
                    f"opens a balance that moves on {earlier} already in this file; {_DATE_IT}",
                )
            if (moved := self._moved_before(row, lot, day, undated=undated)) is not None:
                place = self.office.label(Location, values["location_id"])
                cure = (
                    f'book it with `officeops count "{place}" --file FILE`, which reads this file'
                )
                return (
                    "quantity",
                    f"is a second opening balance ({moved:,} on record at {place}); {cure}",
                )
            self._opening[spot] = day
        self._first_move[spot] = min(day, self._first_move.get(spot, day))
        return None

    def _moved_before(self, row: Row, lot: int | None, day: str, *, undated: bool) -> int | None:
        """Return what is on hand where stock moved before an opening balance; None where nothing did.

        Stock without a lot may be the same goods as what a row gives a lot, and the other way round.
        """
        item_id, location_id = row.values["item_id"], row.values["location_id"]
        in_lots = lot is not None or bool(row.extra.keys() & _LOT_COLUMNS)
        for known, first in self._booked.first[item_id, location_id].items():
            same = known == lot if known and in_lots else True
            if same and (undated or first < day):
                return balance(self.office, item_id, location_id, known)
        return None

    def _known_lot(self, row: Row) -> int | None:
        extra = row.extra
        return self._find.known_lot(
            row.values["item_id"], extra.get("lot"), expiry_text(extra.get("expires_on"))
        )

    def _lot(self, row: Row) -> None:
        extra = row.extra
        expires_on = expiry_text(extra.get("expires_on"))
        row.values["lot_id"] = self._find.lot(
            row.values["item_id"], extra.get("lot"), expires_on, extra.get("no_lot")
        )
        if row.values["lot_id"]:
            self._intake.lot_made(row.values["item_id"], expires_on)

    def _place_in_time(self, row: Row) -> None:
        """Keep a row as history where it is from before the balance, and add up what the others bring and take."""
        values = row.values
        shelf, day = (values["item_id"], values["location_id"]), values["day"]
        if day < self._past.begins(*shelf):
            values["history"] = 1
            self._history[
                "the last count" if day < self._past.counted(*shelf) else "the opening balance"
            ] += 1
            return
        self._counted_day += day == self._past.counted(*shelf)
        self._net[(*shelf, values["lot_id"])] += values["quantity"]

    # -- the file as a whole --------------------------------------------------------------------------

    def finish(self) -> Iterable[str]:
        """Say what became of the rows and of stock.

        Raises Refused where more is taken than there is, and where a transfer has one side only.
        """
        if problems := [*self._one_sided(), *self._below_zero()]:
            raise Refused(problems, "Nothing was imported")
        self._say_what_was_left()
        changed = {spot: quantity for spot, quantity in self._net.items() if quantity}
        if changed:
            yield self._stock(changed)

    def _one_sided(self) -> Iterable[Problem]:
        """Yield the transfers of which one place does not gain what another loses."""
        for (item_id, _, day), quantity in self._carried.items():
            if quantity:
                item = self.office.get(Item, item_id)
                yield Problem(
                    f"the transfers of {day} come to {quantity:+,} and not to nothing: what one place gains another "
                    "loses, of the same lot and day. Add the other half; a correction is an adjust with a reason",
                    item.sku,
                )

    def _below_zero(self) -> Iterable[Problem]:
        """Yield the balances from which the file takes more than there is, as a command may not either."""
        for (item_id, location_id, lot_id), quantity in self._net.items():
            if quantity >= 0 or (left := balance(self.office, item_id, location_id, lot_id)) >= 0:
                continue
            item, place = self.office.get(Item, item_id), self.office.label(Location, location_id)
            of_lot = f" of lot {self.office.label(Lot, lot_id)}" if lot_id else ""
            there = max(0, left - quantity)
            yield Problem(
                f"only {there:,}{of_lot} on hand at {place}, and the file takes {-quantity:,}. If the shelf says "
                f'otherwise, count it first: officeops count "{place}" {item.sku}=QUANTITY',
                item.sku,
            )

    def _say_what_was_left(self) -> None:
        for since, count in sorted(self._history.items()):
            self.left.append(
                f"{_rows_are(count)} from before {since}: kept as history, for use and lead time; on hand stays as it was."
            )
        if self._by_hand:
            self.left.append(
                f"{_rows_are(self._by_hand)} left out as equal to moves that no import of moves booked. "
                "Book a different move of that day and quantity with `officeops item use` or `receive`."
            )
        if self._unlotted:
            self.left.append(
                f"{_rows_are(self._unlotted)} of items that come in lots, opened without a lot: the record says that it never "
                "expires. Look up the lot, and count it."
            )
        if self._counted_day:
            self.left.append(
                f"{_rows_are(self._counted_day)} of the day of a count, and changed a counted quantity: check whether the count came later."
            )
        if min(self._signs[True], self._signs[False]):
            self.left.append(
                f"{wording.count(self._signs[True], 'quantity')} with a minus and {self._signs[False]:,} without: "
                "all were booked as going out."
            )

    def _stock(self, changed: dict[Spot, int]) -> str:
        items = {
            item.id: item.sku for item in self.office.some(Item, {spot[0] for spot in changed})
        }
        named = []
        for (item_id, location_id, lot_id), quantity in list(changed.items())[:_NAMED]:
            left = balance(self.office, item_id, location_id, lot_id)
            of_lot = f" lot {self.office.label(Lot, lot_id)}" if lot_id else ""
            place = self.office.label(Location, location_id)
            named.append(f"{items[item_id]}{of_lot} at {place} {quantity:+,} to {left:,}")
        more = f" and {len(changed) - _NAMED:,} more" if len(changed) > _NAMED else ""
        return f"On hand: {', '.join(named)}{more}."


def _rows_are(count: int) -> str:
    return f"{wording.count(count, 'row')} {'is' if count == 1 else 'are'}"
