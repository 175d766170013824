"""A count round: one location's shelves as a sheet, and what was counted there, read whole before any is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops import NotFound, Problem, Refused, UsageProblem
from officeops.exchange.writing import unguard
from officeops.quantities import read_whole
from officeops_inventory.barcodes import items_by_barcode
from officeops_inventory.counting import CountResult, check_count, check_surplus, count_item, counted_as
from officeops_inventory.ledger import on_hand
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Location, Office
    from officeops.exchange.reading import Cell, Table

#: What the two columns of a counted sheet may be called.
ITEM_COLUMNS: Final = frozenset({"item", "sku", *Item.meta.by_name["sku"].also})
COUNTED_COLUMNS: Final = frozenset({"counted", "count", "quantity", "qty"})

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


class SheetRow(NamedTuple):
    """One item to count: what the record expects, in base units."""

    item_id: int
    item: str
    name: str
    expected: int
    unit: str


class Said(NamedTuple):
    """One count as it was typed or stands in a file; `where` says where that is."""

    where: str
    item: str
    counted: object


class Counted(NamedTuple):
    """One count that can be booked; `reason` is what a shortfall is, where it is not what the round says."""

    item: Item
    counted: int
    reason: str = ""


def sheet(office: Office, location: Location) -> list[SheetRow]:
    """Return what to count at a location: items with stock or a level there, in name order."""
    return [SheetRow(*row) for row in office.rows(_SHEET, location.id)]


def sheet_row(office: Office, location: Location, item: Item) -> SheetRow:
    """Return the row of an item that is found where the sheet does not look for it."""
    return SheetRow(item.id, item.sku, item.name, on_hand(office, item.id, location.id), item.base_unit)


def to_count(office: Office) -> dict[int, int]:
    """Return how many items the sheet of each location has, by its id."""
    return dict(office.rows(_TO_COUNT))


def last_counted(office: Office) -> dict[int, str]:
    """Return the day anything was last counted at each location, by its id."""
    return dict(office.rows("SELECT location_id, max(day) FROM inventory_count_entry GROUP BY location_id"))


def typed(words: Iterable[str]) -> Iterator[Said]:
    """Yield the counts typed as SKU=QUANTITY. Raises UsageProblem for anything else."""
    for word in words:
        item, equals, quantity = word.rpartition("=")
        if not equals or not item.strip() or not quantity.strip():
            raise UsageProblem(f"{word!r} is no count; write SKU=QUANTITY, such as GLV-M=120.")
        yield Said(item.strip(), item.strip(), quantity)


def filed(table: Table) -> Iterator[Said]:
    """Yield the counts of a file; rows with nothing in the counted column were not counted. Raises UsageProblem."""
    names = [name.casefold().replace("_", " ") for name in table.columns]
    item = next((n for n, name in enumerate(names) if name in ITEM_COLUMNS), None)
    counted = next((n for n, name in enumerate(names) if name in COUNTED_COLUMNS), None)
    if item is None or counted is None:
        missing = " and ".join(word for word, n in (("item", item), ("counted", counted)) if n is None)
        raise UsageProblem(f"The file has no column {missing}; it has {', '.join(table.columns) or 'none'}.")
    for number, row in table.rows():
        if not _blank(row[counted]):
            yield Said(f"line {number}", _word(row[item]), row[counted])


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _word(cell: Cell) -> str:
    """Return an item number as text: a spreadsheet keeps 1001 as 1001.0, and CSV guards what looks like a formula."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else unguard(str(cell).strip())


def checked(office: Office, said: Iterable[Said], reason: str) -> list[Counted]:
    """Return the counts ready to book. Raises Refused with everything that is wrong with any of them."""
    problems: list[Problem] = []
    found: dict[int, Counted] = {}
    for each in said:
        entry, wrong = _read(office, each, reason)
        if entry and entry.item.id in found:
            wrong = [Problem(f"{entry.item.name} is counted twice; add the two up", each.where)]
        elif entry:
            found[entry.item.id] = entry
        problems += wrong
    if problems:
        raise Refused(problems, "Nothing was booked")
    return list(found.values())


def _read(office: Office, said: Said, reason: str) -> tuple[Counted | None, list[Problem]]:
    try:
        item, counted = item_of(office, said.item), read_whole(said.counted)
    except (NotFound, UsageProblem, ValueError) as error:
        return None, [Problem(str(error).removesuffix("."), said.where)]
    if counted is None:
        return None, [Problem("no quantity is given", said.where)]
    if wrong := check_count(counted, reason):
        return None, [Problem(f"{counted} {problem.message}", said.where) for problem in wrong]
    return Counted(item, counted), []


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
    office: Office, location: Location, counts: Iterable[Counted], reason: str, no_lot: str | None = None
) -> list[CountResult]:
    """Return what booking these counts would do, without writing. Raises Refused as that would."""
    results: list[CountResult] = []
    problems: list[Problem] = []
    for item, counted, why in counts:
        there = on_hand(office, item.id, location.id)
        try:
            if counted > there:
                check_surplus(office, item.id, location.id, counted - there, no_lot)
        except Refused as refused:
            problems += _of_item(item, refused)
        results.append(CountResult(item.id, there, counted, counted_as(there, counted, why or reason)))
    if problems:
        raise Refused(problems, "Nothing would be booked")
    return results


def _of_item(item: Item, refused: Refused) -> list[Problem]:
    return [Problem(f"{item.name}: {problem.message}", problem.field) for problem in refused.problems]


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
        "counted": {each.item.sku: each.counted for each in counts},
    }
    if reasons := {each.item.sku: each.reason for each in counts if each.reason not in {"", reason}}:
        arguments["reasons"] = reasons
    with office.acting("inventory.count", arguments, request=request, bulk=f"count of {location.name}") as outcome:
        _still_as_seen(office, location, counts, seen or {})
        results = _counted(office, location, counts, reason, no_lot)
        outcome.append(summary(results))
    return results


def _counted(
    office: Office, location: Location, counts: list[Counted], reason: str, no_lot: str | None
) -> list[CountResult]:
    """Book each count. Raises Refused with everything that is wrong with any of them."""
    results: list[CountResult] = []
    problems: list[Problem] = []
    for item, counted, why in counts:
        try:
            results.append(count_item(office, item.id, location.id, counted, why or reason, no_lot=no_lot))
        except Refused as refused:
            problems += _of_item(item, refused)
    if problems:
        raise Refused(problems, "Nothing was booked")
    return results


def _still_as_seen(office: Office, location: Location, counts: list[Counted], seen: Mapping[int, int]) -> None:
    """Raise Refused where stock moved since a person looked: what they agreed to would not be what is booked."""
    problems = []
    for item, _, _ in counts:
        there = on_hand(office, item.id, location.id)
        if seen.get(item.id, there) != there:
            problems.append(Problem(f"{item.name} moved meanwhile: {there} are expected now, not {seen[item.id]}"))
    if problems:
        raise Refused(problems, "Nothing was booked")


def summary(results: list[CountResult]) -> str:
    """Return a round in one sentence."""
    short = sum(result.difference < 0 for result in results)
    over = sum(result.difference > 0 for result in results)
    return f"{len(results)} counted: {len(results) - short - over} as expected, {short} short, {over} over."
