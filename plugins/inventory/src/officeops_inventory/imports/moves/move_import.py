"""Stock moves from elsewhere: opening stock by lot and shelf, or a history of use.

A row is booked once, whatever file it comes in.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from officeops import Field, Reason, Refused, id_list
from officeops.exchange import MAYBE_ANOTHER, OWN_NUMBER, Importer, Row
from officeops.values import wording
from officeops_inventory.imports.finder import Finder, named_lot
from officeops_inventory.imports.moves.balances import FileBalances
from officeops_inventory.imports.moves.booked import BookedMoves
from officeops_inventory.imports.moves.openings import FileOpenings
from officeops_inventory.imports.moves.rules import LOT_COLUMNS, OUT, MoveRules
from officeops_inventory.imports.moves.subjects import FileSubjects
from officeops_inventory.model import Move
from officeops_inventory.stock.intake import NO_LOT_HELP, Intake, without_lot
from officeops_inventory.stock.kept_back import refuse_into

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office

_NUMBERED: Final = "SELECT id FROM inventory_move WHERE id IN (SELECT value FROM json_each(?))"
_LOTS: Final = """
SELECT id, lot_id FROM inventory_move WHERE id IN (SELECT value FROM json_each(?))
"""
_NUMBERED_OTHERWISE: Final = Reason(
    "is of a move that the office has under another number; leave the row out", code="taken"
)


class MoveImport(Importer):
    """The import of stock moves: its columns, and how a row is recognized, checked and booked."""

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
        Field(
            "text",
            default=None,
            label="No lot",
            help=NO_LOT_HELP,
        ).named("no_lot", "str"),
    )
    keys = (("source", "attempt"),)
    whole_file = True
    restores = ("about_key", "about_id", "group_id")
    fills = ("source", "attempt", "day", "location_id", "lot_id", "history")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._find = Finder(office)
        #: A file is known by its content: under another name it is the same file.
        self._digest = source.rpartition(":")[2]
        self._today = office.today.isoformat()
        self._past = Move.ledger.begun(office)
        self._booked = BookedMoves(office, self._find.first_of)
        self._intake = Intake(office)
        self._rules = MoveRules(office, self._find, self._past.begins, self._intake)
        self._openings = FileOpenings(office, self._find, self._booked)
        self._balances = FileBalances(office)
        self._subjects = FileSubjects(office)
        #: Lots that the file brings, each with its location.
        self._came: set[tuple[int, int]] = set()
        #: Rows, by identity, that name no location.
        self._unplaced: set[int] = set()
        # Counted for the sentences at the end.
        #: Rows kept as history, by the event they came before.
        self._history: Counter[str] = Counter()
        self._counted_day = self._by_hand = 0
        #: Quantities that go out, by whether they have a minus.
        self._minus: Counter[bool] = Counter()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Recognize the booked rows, and fill in each new one's place, day, sign and lot."""
        rows = self._without_numbered(rows)
        undated: set[int] = set()
        self._unplaced.clear()
        named = []
        for row in rows:
            values = row.values
            if values["day"] is None:
                undated.add(id(row))
            if values["location_id"] is None:
                self._unplaced.add(id(row))
            self._complete(row)
            if values["item_id"] and values["quantity"] is not None:
                named.append(row)
        self._read_items(named)
        self._subjects.leave_unknown(named)
        new = self._not_booked(named)
        fresh = {id(row) for row in new}
        booked = [row for row in named if id(row) not in fresh]
        for row in booked:
            if row.number:
                yield row, OWN_NUMBER, _NUMBERED_OTHERWISE
            elif self.of_bad_rows:
                yield row, "item_id", Reason(MAYBE_ANOTHER, code="taken")
        # The other half of a transfer may have been booked from an earlier file.
        self._balances.transfer(booked)
        for row in new:
            problem = self._rules.problem(row) or self._openings.conflict(
                row, undated=id(row) in undated
            )
            if problem:
                yield row, *problem
            else:
                yield from self._take_in(row)

    def _without_numbered(self, rows: list[Row]) -> list[Row]:
        """Return the rows without those of a move that the office has under the row's number."""
        numbers = {row.number for row in rows if row.number}
        if not numbers:
            return rows
        known = {move_id for (move_id,) in self.office.rows(_NUMBERED, id_list(numbers))}
        return [row for row in rows if row.number not in known]

    def _read_items(self, rows: list[Row]) -> None:
        """Read the lots, the moves and the counts of all items of a piece, each in one query."""
        item_ids = {row.values["item_id"] for row in rows}
        self._find.read_lots(item_ids)
        self._booked.read(item_ids)
        self._past.read(item_ids)

    def _complete(self, row: Row) -> None:
        """Fill in what a row leaves out, and the sign of a quantity that goes out."""
        values = row.values
        if not row.number:
            values["source"] = f"{self._digest}:{row.line}"
            values["attempt"] = self._booked.attempt(values["source"])
        values["day"] = values["day"] or self._today
        values["location_id"] = values["location_id"] or self._find.place
        if values["kind"] in OUT and values["quantity"]:
            self._minus[values["quantity"] < 0] += 1
            values["quantity"] = -abs(values["quantity"])
        values["note"] = without_lot(values["note"], row.extra.get("no_lot"))

    def added(self, rows: list[Row]) -> None:
        """Add up the new transfers."""
        self._balances.transfer(rows)

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the moves that are of another lot than a row with their number says."""
        numbered = [row for row in rows if row.number and row.extra.keys() & LOT_COLUMNS]
        if not numbered:
            return {}
        self._find.read_lots({row.values["item_id"] for row in numbered})
        ids = id_list([row.id for row in numbered])
        lots: dict[int, int] = dict(self.office.rows(_LOTS, ids))
        differing = {}
        for row in numbered:
            item_id = row.values["item_id"]
            lot_id = self._find.first_lot(item_id, *named_lot(row))
            if lot_id != self._find.first_of.get(lots[row.id]):
                differing[row.id] = ["lot"]
        return differing

    # -- booked rows -------------------------------------------------------------------------------

    def _not_booked(self, rows: list[Row]) -> list[Row]:
        """Return the new rows; booked ones get the source of their move.

        Equal moves are matched before similar ones, so that no row takes the move of another.
        """
        columns = self.given & {"reference", "note"}
        if self.given & LOT_COLUMNS:
            columns = columns.union(["lot_id"])
        new = [row for row in rows if not self._is_booked(row, None)]
        return [row for row in new if not self._is_booked(row, columns)]

    def _is_booked(self, row: Row, columns: frozenset[str] | None) -> bool:
        """Whether a row is a move that the office has, in the details of `columns`.

        Such a row gets the move's source; one that a person booked is left out.
        """
        values = row.values
        core = (
            values["item_id"],
            values["kind"],
            values["day"],
            values["quantity"],
            values["location_id"],
        )
        lot_id = self._find.first_lot(values["item_id"], *named_lot(row))
        if lot_id is None and row.extra.keys() & LOT_COLUMNS:
            lot_id = -1  # a new lot has no move yet
        details = (lot_id, values["reference"], values["note"])
        if id(row) in self._unplaced:
            move, values["location_id"] = self._booked.take_anywhere(core, details, columns)
        else:
            move = self._booked.take(core, details, columns)
        if move is None:
            return False
        if move.source is None:
            self._by_hand += 1
            row.bad = True  # left out without being wrong
        else:
            values["source"], values["attempt"] = move.source, move.attempt
        return True

    # -- new rows ----------------------------------------------------------------------------------

    def _take_in(self, row: Row) -> Iterator[tuple[Row, str, str]]:
        """Find the lot and the time of a new row; yield why a lot of it cannot be added."""
        try:
            self._set_lot(row)
        except Refused as why:
            for problem in why.problems:
                yield row, "item_id", problem.reason()
        else:
            self._place_in_time(row)

    def _set_lot(self, row: Row) -> None:
        """Find or add the lot of a row. The item comes in lots from then on."""
        item_id = row.values["item_id"]
        number, ends = named_lot(row)
        # Goods leave an archived lot; a transfer would make two of it, so its ledger answers.
        leaves = row.values["quantity"] < 0 or row.values["kind"] == "transfer"
        no_lot = row.extra.get("no_lot")
        lot_id = self._find.lot(item_id, number, ends, no_lot, archived=leaves)
        row.values["lot_id"] = lot_id
        if lot_id:
            self._intake.lot_made(item_id, ends)

    def _place_in_time(self, row: Row) -> None:
        """Keep a row as history where it is from before the balance, else add it to the balance."""
        values = row.values
        shelf, day = (values["item_id"], values["location_id"]), values["day"]
        counted = self._past.counted(*shelf)
        if day < self._past.begins(*shelf):
            values["history"] = 1
            self._history["the last count" if day < counted else "the opening balance"] += 1
            return
        self._counted_day += day == counted
        self._balances.add((*shelf, values["lot_id"]), values["quantity"])
        if values["lot_id"] and values["quantity"] > 0:
            self._came.add((values["lot_id"], values["location_id"]))

    # -- the file as a whole -----------------------------------------------------------------------

    def finish(self) -> Iterable[str]:
        """Say how stock changed, and which rows were not booked as a person may expect.

        Raises Refused where the file takes more than there is, and where a transfer has one side
        only.
        """
        problems = list(self._balances.problems())
        if problems:
            raise Refused(problems, "Nothing was imported")
        refuse_into(self.office, self._came)
        self.left += self._remarks()
        changed = self._balances.changed()
        if changed:
            yield changed

    def _remarks(self) -> Iterator[str]:
        """Yield the rows that a person should look at, counted by what became of them."""
        for since, rows in sorted(self._history.items()):
            yield (
                f"{_rows_are(rows)} from before {since}: kept as history, for use and lead time; "
                "on hand stays as it was."
            )
        yield from self._subjects.remarks()
        if self._by_hand:
            yield (
                f"{_rows_are(self._by_hand)} left out as equal to moves that no import of moves "
                "booked. Book a different move of that day and quantity with `officeops item use` "
                "or `receive`."
            )
        if self._rules.unlotted:
            yield (
                f"{_rows_are(self._rules.unlotted)} of items that come in lots, opened without a "
                "lot: the record says that it never expires. Look up the lot, and count it."
            )
        if self._counted_day:
            yield (
                f"{_rows_are(self._counted_day)} of the day of a count, and changed a counted "
                "quantity: check whether the count came later."
            )
        if min(self._minus[True], self._minus[False]):
            yield (
                f"{wording.count(self._minus[True], 'quantity')} with a minus and "
                f"{self._minus[False]:,} without: all were booked as going out."
            )


def _rows_are(count: int) -> str:
    return f"{wording.count(count, 'row')} {'is' if count == 1 else 'are'}"
