"""A count round: one location's shelves as a sheet, and what was counted there, read whole before any is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import NotFound, Problem, Refused, UsageProblem, Value
from officeops.model.text_folding import folded
from officeops.values.quantities import read_whole
from officeops_inventory.counts.booking import (
    CountResult,
    check_count,
    count_item,
    count_lot,
    counted_as,
    enter_count,
)
from officeops_inventory.counts.portions import lots_in_words, portions_of, unsafe_beside_other
from officeops_inventory.declared.lot_rules import with_cure
from officeops_inventory.imports.finder import Finder
from officeops_inventory.model import Item, Lot, Move
from officeops_inventory.stock.barcodes import items_by_barcode
from officeops_inventory.stock.intake import Intake
from officeops_inventory.stock.ledger import USABLE, balance, on_hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Location, Office

_SHEET = """
SELECT i.id, i.sku, i.name, ifnull(sum(s.quantity), 0), i.base_unit FROM inventory_item i
LEFT JOIN inventory_stock s ON s.item_id = i.id AND s.location_id = ?1
WHERE EXISTS (SELECT 1 FROM inventory_level v WHERE v.item_id = i.id AND v.location_id = ?1 AND v.archived_at IS NULL
        AND i.archived_at IS NULL)
    OR EXISTS (SELECT 1 FROM inventory_stock k WHERE k.item_id = i.id AND k.location_id = ?1 AND k.quantity <> 0)
GROUP BY i.id ORDER BY i.name COLLATE NOCASE, i.sku
"""


_TO_COUNT = """
SELECT location_id, count(DISTINCT item_id) FROM (
    SELECT k.location_id, k.item_id FROM inventory_stock k WHERE k.quantity <> 0
    UNION ALL SELECT v.location_id, v.item_id FROM inventory_level v JOIN inventory_item i ON i.id = v.item_id
    WHERE v.archived_at IS NULL AND i.archived_at IS NULL
) GROUP BY location_id
"""


_UNSAFE_THERE = f"""
SELECT DISTINCT s.item_id FROM inventory_stock s JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.location_id = ? AND s.quantity > 0 AND NOT {USABLE}
"""
#: Also what has no lot, and balances below zero: a count puts them right.
_PORTIONS_THERE = """
SELECT s.lot_id, ifnull(l.number, ''), s.quantity FROM inventory_stock s LEFT JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.location_id = ? AND s.item_id = ? AND s.quantity <> 0 ORDER BY l.expires_on IS NULL, l.expires_on, l.id
"""
_LOTS_THERE = """
SELECT l.number, s.quantity FROM inventory_stock s JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.location_id = ? AND s.item_id = ? AND s.quantity <> 0 ORDER BY l.expires_on, l.id
"""


class Said(Value):
    """One count as it was typed or is in a file; `where` says where that is."""

    where: str
    item: str
    counted: object
    lot: str = ""
    expires_on: str | None = None


class CountedLot(Value):
    """The lot a count is of; `id` is None for one that is not on record yet."""

    id: int | None
    number: str
    expires_on: str | None = None


class SheetRow(Value):
    """One item to count, or one lot of it where it is counted by lot: what the record expects, in base units."""

    item_id: int
    item: str
    name: str
    expected: int
    unit: str
    lot: CountedLot | None = None
    #: Why the lot must not be used, in a word; blank where it may be.
    unsafe: str = ""

    @property
    def key(self) -> tuple[int, str | None]:
        """What tells the row from others of a sheet."""
        return self.item_id, self.lot.number if self.lot else None

    @property
    def title(self) -> str:
        """The item's name, behind the lot where it is counted by lot, and behind what is wrong with that: a long name is cut."""
        if self.lot is None:
            return self.name
        warning = f"{self.unsafe.upper()} " if self.unsafe else ""
        lot = f"lot {self.lot.number}" if self.lot.number else "no lot"
        return f"{warning}{lot}, {self.name}"


class Counted(Value):
    """One count that can be booked: of an item, or of one lot of it.

    `reason` is what a shortfall is, where it is not what the round says.
    """

    item: Item
    counted: int
    reason: str = ""
    lot: CountedLot | None = None

    @property
    def name(self) -> str:
        """The item's name, with the lot where it is one."""
        return f"{self.item.name}, lot {self.lot.number}" if self.lot else self.item.name


def sheet(office: Office, location: Location) -> list[SheetRow]:
    """Return what to count at a location: items with stock or a level there, in name order.

    An item of which held or expired stock is there beside other has a row for each lot: what is missing may be of either.
    """
    by_lot = _counted_by_lot(office, location)
    rows: list[SheetRow] = []
    for row in office.rows(_SHEET, location.id):
        rows += by_lot.get(row[0]) or [SheetRow(*row)]
    return rows


def sheet_row(office: Office, location: Location, item: Item) -> SheetRow:
    """Return the row of an item that is found where the sheet does not look for it."""
    return SheetRow(
        item.id, item.sku, item.name, on_hand(office, item.id, location.id), item.base_unit
    )


def _counted_by_lot(office: Office, location: Location) -> dict[int, list[SheetRow]]:
    """Return the rows of the items that are counted by lot at a location, by item."""
    unsafe = office.rows(_UNSAFE_THERE, location.id, office.today.isoformat())
    item_ids = [
        item_id for (item_id,) in unsafe if unsafe_beside_other(office, item_id, location.id)
    ]
    rows: dict[int, list[SheetRow]] = {}
    for item in office.some(Item, item_ids):
        for lot_id, number, quantity in office.rows(_PORTIONS_THERE, location.id, item.id):
            lot = CountedLot(lot_id, number)
            word = office.get(Lot, lot_id).unsafe_word(office.today) if lot_id else ""
            rows.setdefault(item.id, []).append(
                SheetRow(item.id, item.sku, item.name, quantity, item.base_unit, lot, word)
            )
    return rows


def to_count(office: Office) -> dict[int, int]:
    """Return how many items the sheet of each location has, by its id."""
    return dict(office.rows(_TO_COUNT))


def last_counted(office: Office) -> dict[int, str]:
    """Return the day anything was last counted at each location, by its id."""
    return dict(
        office.rows("SELECT location_id, max(day) FROM inventory_count_entry GROUP BY location_id")
    )


def typed(words: Iterable[str]) -> Iterator[Said]:
    """Yield the counts typed as SKU=QUANTITY or "SKU lot NUMBER=QUANTITY". Raises UsageProblem for anything else."""
    for word in words:
        item, equals, quantity = word.rpartition("=")
        if not equals or not item.strip() or not quantity.strip():
            raise UsageProblem(f"{word!r} is no count; write SKU=QUANTITY, such as GLV-M=120.")
        sku, _, lot = item.partition(" lot ")
        yield Said(item.strip(), sku.strip(), quantity, lot.strip())


def checked(office: Office, said: Iterable[Said], reason: str) -> list[Counted]:
    """Return the counts ready to book. Raises Refused with everything that is wrong with any of them."""
    problems: list[Problem] = []
    found: dict[tuple[int, str | None], Counted] = {}
    whole: set[int] = set()
    finder = Finder(office)
    for each in said:
        entry, wrong = _read(office, finder, each, reason)
        if entry:
            key = (entry.item.id, folded(entry.lot.number) if entry.lot else None)
            if key in found:
                wrong = [Problem(f"{entry.name} is counted twice; add the two up", each.where)]
            elif entry.item.id in whole or (
                entry.lot is None and any(item == key[0] for item, _ in found)
            ):
                wrong = [
                    Problem(
                        f"{entry.item.name} is counted as a whole and by lot; count one or the other",
                        each.where,
                    )
                ]
            found.setdefault(key, entry)
            if entry.lot is None:
                whole.add(entry.item.id)
        problems += wrong
    if problems:
        raise Refused(problems, "Nothing was booked")
    return list(found.values())


def _read(
    office: Office, finder: Finder, said: Said, reason: str
) -> tuple[Counted | None, list[Problem]]:
    try:
        said, item = _item_said(office, said)
        counted = read_whole(said.counted)
    except (NotFound, UsageProblem, ValueError) as error:
        return None, [Problem(str(error).removesuffix("."), said.where)]
    if counted is None:
        return None, [Problem("no quantity is given", said.where)]
    if wrong := check_count(counted, reason):
        return None, [Problem(f"{counted} {problem.message}", said.where) for problem in wrong]
    if not said.lot and not said.expires_on:
        return Counted(item, counted), []
    finder.read_lots([item.id])
    number = said.lot or said.expires_on or ""
    if conflict := finder.lot_conflict(item.id, said.lot, said.expires_on):
        return None, [Problem(f"{item.name}: {conflict}", said.where)]
    lot_id = finder.known_lot(item.id, said.lot, said.expires_on)
    return Counted(item, counted, lot=CountedLot(lot_id, number, said.expires_on)), []


def _item_said(office: Office, said: Said) -> tuple[Said, Item]:
    """Return a count with its item; "Parking lot sign" is an item's name, where no item is called Parking."""
    try:
        return said, item_of(office, said.item)
    except NotFound:
        if f"{said.item} lot {said.lot}" != said.where:
            raise
        return said.replace(lot=""), item_of(office, said.where)


def check_lots(
    office: Office, location: Location, counts: Iterable[Counted], *, by_lot: bool
) -> None:
    """Raise Refused for a count of a whole item whose lots a file leaves open: it would be booked on a guess.

    That is each item in lots of a file that has a column of lots, and of one without where several could be short.
    """
    problems = []
    for count in counts:
        if count.lot is not None:
            continue
        lots = office.rows(_LOTS_THERE, location.id, count.item.id)
        there = on_hand(office, count.item.id, location.id)
        if lots and (by_lot or (len(lots) > 1 and count.counted < there)):
            named = ", ".join(f"{quantity:,} of {number}" for number, quantity in lots)
            why = f"{count.item.name} is there in lots ({named}); count them in a column lot"
            problems.append(Problem(why, count.item.sku))
    if problems:
        raise Refused(problems, "Nothing was booked")


def item_of(office: Office, word: str) -> Item:
    """Return the item of a SKU, a name or a barcode. Raises NotFound, or UsageProblem where several fit."""
    try:
        return office.find(Item, word)
    except NotFound:
        scanned = list(items_by_barcode(office, word)) if word else []
        if len(scanned) != 1:
            raise
        return scanned[0]


def expected(
    office: Office,
    location: Location,
    counts: Iterable[Counted],
    reason: str,
    no_lot: str | None = None,
) -> list[CountResult]:
    """Return what booking these counts would do, without writing. Raises Refused as that would."""
    results: list[CountResult] = []
    problems: list[Problem] = []
    for count in counts:
        item, counted = count.item, count.counted
        there = _there(office, location, count)
        lots: tuple[str, ...] = ()
        try:
            if count.lot:
                _lot_in_order(office, count, there, no_lot)
            else:
                lots = lots_in_words(
                    office, portions_of(office, item.id, location.id, counted - there, no_lot)
                )
        except Refused as refused:
            problems += _of_item(item, refused)
        kind = counted_as(there, counted, count.reason or reason)
        results.append(
            CountResult(item.id, there, counted, kind, count.lot.number if count.lot else "", lots)
        )
    if problems:
        raise Refused(problems, "Nothing would be booked")
    return results


def _lot_in_order(office: Office, count: Counted, there: int, no_lot: str | None) -> None:
    """Raise Refused where more of a lot is counted than is on record, and the lot lacks its last day."""
    if count.lot and count.counted > there and not (no_lot or "").strip():
        number = count.lot.number or None
        if lacking := Intake(office, count.item.id).lacks(
            count.item.id, number, count.lot.expires_on
        ):
            raise Refused([with_cure(problem) for problem in lacking], count.item.name)


def _there(office: Office, location: Location, count: Counted) -> int:
    """Return what the record expects of what was counted."""
    if count.lot is None:
        return on_hand(office, count.item.id, location.id)
    known = count.lot.id or not count.lot.number
    return balance(office, count.item.id, location.id, count.lot.id) if known else 0


def _of_item(item: Item, refused: Refused) -> list[Problem]:
    return [
        Problem(f"{item.name}: {problem.message}", problem.field) for problem in refused.problems
    ]


def book(
    office: Office,
    location: Location,
    counts: list[Counted],
    reason: str,
    request: str | None = None,
    *,
    seen: Mapping[int, int] | None = None,
    no_lot: str | None = None,
) -> list[CountResult]:
    """Book the counts of a location as one action: all of them or none.

    `seen` is what was expected, by item, when a person looked the differences over; Refused where it is no longer.
    `no_lot` is why what was found of items in lots has none.
    """
    arguments: dict[str, object] = {
        "location": location.name,
        "reason": reason,
        "counted": {_word(each): each.counted for each in counts},
    }
    if reasons := {
        each.item.sku: each.reason for each in counts if each.reason not in {"", reason}
    }:
        arguments["reasons"] = reasons
    with office.acting(
        "inventory.count", arguments, request=request, bulk=f"count of {location.name}"
    ) as outcome:
        _still_as_seen(office, location, counts, seen or {})
        results = _counted(office, location, counts, reason, no_lot)
        outcome.append(summary(results))
    return results


def booked_before(
    office: Office, counts: list[Counted], reason: str, action: int
) -> list[CountResult]:
    """Return what an action that booked these counts found: what it expected is what was counted, less what it moved."""
    sql = "SELECT record_id FROM core_change WHERE action_id = ? AND record = ?"
    with office.lifted():
        ids = [id_ for (id_,) in office.rows(sql, action, Move.meta.table)]
    moves = list(office.some(Move, ids))
    lots = {
        lot.id: lot.number
        for lot in office.some(Lot, {move.lot_id for move in moves if move.lot_id})
    }
    results = []
    for count in counts:
        number = count.lot.number if count.lot else ""
        mine = [move for move in moves if move.item_id == count.item.id]
        if number:
            mine = [
                move for move in mine if folded(lots.get(move.lot_id or 0, "")) == folded(number)
            ]
        expected = count.counted - sum(move.quantity for move in mine)
        kind = counted_as(expected, count.counted, count.reason or reason)
        results.append(CountResult(count.item.id, expected, count.counted, kind, number))
    return results


def _word(count: Counted) -> str:
    return f"{count.item.sku} lot {count.lot.number}" if count.lot else count.item.sku


def _counted(
    office: Office, location: Location, counts: list[Counted], reason: str, no_lot: str | None
) -> list[CountResult]:
    """Book each count. Raises Refused with everything that is wrong with any of them."""
    results: list[CountResult] = []
    problems: list[Problem] = []
    before = {c.item.id: on_hand(office, c.item.id, location.id) for c in counts if c.lot}
    for count in counts:
        why = count.reason or reason
        try:
            if count.lot is None:
                results.append(
                    count_item(
                        office, count.item.id, location.id, count.counted, why, no_lot=no_lot
                    )
                )
            else:
                results.append(_count_lot(office, location, count, count.lot, why, no_lot))
        except Refused as refused:
            problems += _of_item(count.item, refused)
    if problems:
        raise Refused(problems, "Nothing was booked")
    for item_id, expected in before.items():
        enter_count(office, item_id, location.id, expected)
    office.remarks += lot_sentences(office, results)
    return results


def _count_lot(
    office: Office,
    location: Location,
    count: Counted,
    lot: CountedLot,
    reason: str,
    no_lot: str | None,
) -> CountResult:
    _lot_in_order(office, count, _there(office, location, count), no_lot)
    lot_id = lot.id or Finder(office).lot(count.item.id, lot.number, lot.expires_on, no_lot)
    return count_lot(
        office, count.item.id, location.id, lot_id, count.counted, reason, lot.number, no_lot
    )


def _still_as_seen(
    office: Office, location: Location, counts: list[Counted], seen: Mapping[int, int]
) -> None:
    """Raise Refused where stock moved since a person looked: what they agreed to would not be what is booked."""
    problems = []
    for item in [count.item for count in counts]:
        there = on_hand(office, item.id, location.id)
        if seen.get(item.id, there) != there:
            problems.append(
                Problem(
                    f"{item.name} moved meanwhile: {there} are expected now, not {seen[item.id]}"
                )
            )
    if problems:
        raise Refused(problems, "Nothing was booked")


def lot_sentences(office: Office, results: Iterable[CountResult]) -> list[str]:
    """Return which lots the differences of whole items were booked on, a sentence each."""
    found = [result for result in results if result.lots]
    names = {item.id: item.name for item in office.some(Item, [result.item_id for result in found])}
    return [f"{names[r.item_id]}: {', '.join(r.lots)} booked as {r.kind}." for r in found]


def summary(results: list[CountResult]) -> str:
    """Return a round in one sentence."""
    short = sum(result.difference < 0 for result in results)
    over = sum(result.difference > 0 for result in results)
    return f"{len(results)} counted: {len(results) - short - over} as expected, {short} short, {over} over."
