"""Counted: the counts that a person typed or a file states, checked before any is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Field, NotFound, Problem, Refused, UsageProblem, Value, folded
from officeops.exchange import resolve
from officeops.values import read_whole
from officeops_inventory.counts.booking import check_count
from officeops_inventory.imports.finder import Finder
from officeops_inventory.model import Item
from officeops_inventory.stock.ledger import on_hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Location, Office

_ITEM = Field("reference", target="inventory.item").named("item_id", "int")
#: Joins an item and a lot in a count that is typed: "VAX lot A1".
_LOT = " lot "
_LOTS_AT = """
SELECT l.number, s.quantity FROM inventory_stock s JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.location_id = ? AND s.item_id = ? AND s.quantity <> 0 ORDER BY l.expires_on, l.id
"""


class StatedCount(Value):
    """One count as it was typed or is in a file; `where` is the word or the line it is from.

    In a file, a bare number is never the id of a record, as in no file that comes from elsewhere.
    """

    where: str
    item: str
    counted: object
    lot: str = ""
    expires_on: str | None = None
    in_file: bool = False


class CountedLot(Value):
    """The lot a count is of; `id` is None for a lot that the office does not know yet."""

    id: int | None
    number: str
    expires_on: str | None = None


class Counted(Value):
    """One count that can be booked: of an item, or of one lot of it.

    `counted` is in base units. `reason` says why units are missing, where it is not the reason
    that the whole count has.
    """

    item: Item
    counted: int
    reason: str = ""
    lot: CountedLot | None = None

    @property
    def name(self) -> str:
        """The item's name, with the lot where it is one."""
        return f"{self.item.name}, lot {self.lot.number}" if self.lot else self.item.name

    @property
    def word(self) -> str:
        """The count's item and lot as one types them."""
        return f"{self.item.sku}{_LOT}{self.lot.number}" if self.lot else self.item.sku


def typed(words: Iterable[str]) -> Iterator[StatedCount]:
    """Yield the counts typed as SKU=QUANTITY or "SKU lot NUMBER=QUANTITY".

    Raises UsageProblem for anything else.
    """
    for word in words:
        item, equals, quantity = word.rpartition("=")
        if not equals or not item.strip() or not quantity.strip():
            raise UsageProblem(
                f"{word!r} is not a count; write SKU=QUANTITY, such as GLV-M=120.", code="malformed"
            )
        sku, _, lot = item.partition(_LOT)
        yield StatedCount(item.strip(), sku.strip(), quantity, lot.strip())


def checked(office: Office, stated: Iterable[StatedCount], reason: str) -> list[Counted]:
    """Return the counts ready to book. Raises Refused with everything that is wrong with any."""
    problems: list[Problem] = []
    counts = _Counts()
    # One for all lines, so that the lots of an item are read once.
    finder = Finder(office)
    for entry in stated:
        count, wrong = _read(office, finder, entry, reason)
        problems += wrong
        if count:
            problems += counts.add(count, entry.where)
    if problems:
        raise Refused(problems, "Nothing was booked")
    return counts.all()


class _Counts:
    """Counts by item and lot: each once, and an item either whole or by lot."""

    def __init__(self) -> None:
        self._counts: dict[tuple[int, str | None], Counted] = {}
        self._whole: set[int] = set()
        self._by_lot: set[int] = set()

    def add(self, count: Counted, where: str) -> list[Problem]:
        """Take in a count and return what contradicts the counts before it."""
        item_id = count.item.id
        key = (item_id, folded(count.lot.number) if count.lot else None)
        problems = []
        if key in self._counts:
            problems.append(
                Problem(f"{count.name} is counted twice; add the two up", where, code="given-twice")
            )
        elif item_id in (self._whole if count.lot else self._by_lot):
            why = "is counted as a whole and by lot; count one or the other"
            problems.append(Problem(f"{count.item.name} {why}", where, code="given-twice"))
        self._counts.setdefault(key, count)
        (self._by_lot if count.lot else self._whole).add(item_id)
        return problems

    def all(self) -> list[Counted]:
        return list(self._counts.values())


def _of_unread(error: NotFound | UsageProblem | ValueError, where: str) -> Problem:
    """Make the problem of a line whose item or quantity could not be read, with its code."""
    sentence = str(error).removesuffix(".")
    problems = error.problems if isinstance(error, (NotFound, UsageProblem)) else ()
    for problem in problems:
        return problem.replace(message=sentence, field=where)
    return Problem(sentence, where, code="malformed")


def _read(
    office: Office,
    finder: Finder,
    stated: StatedCount,
    reason: str,
) -> tuple[Counted | None, list[Problem]]:
    """Return a count with its item and lot, or the problems that it has."""
    try:
        stated, item = _with_item(office, stated)
        counted = read_whole(stated.counted)
    except (NotFound, UsageProblem, ValueError) as error:
        return None, [_of_unread(error, stated.where)]
    if counted is None:
        return None, [Problem("no quantity is given", stated.where, code="needed")]
    if wrong := check_count(counted, reason):
        return None, [
            problem.replace(message=f"{counted} {problem.message}", field=stated.where)
            for problem in wrong
        ]
    if not stated.lot and not stated.expires_on:
        return Counted(item, counted), []
    finder.read_lots([item.id])
    if conflict := finder.lot_conflict(item.id, stated.lot, stated.expires_on):
        return None, [Problem(f"{item.name}: {conflict}", stated.where, code="contradicts-record")]
    lot_id = finder.known_lot(item.id, stated.lot, stated.expires_on)
    # Some labels have only a date, which then names the lot.
    number = stated.lot or stated.expires_on or ""
    return Counted(item, counted, lot=CountedLot(lot_id, number, stated.expires_on)), []


def _with_item(office: Office, stated: StatedCount) -> tuple[StatedCount, Item]:
    """Return a count with its item: by SKU, by name or by the barcode of its pack.

    "Parking lot sign" is an item's name, where no item is called Parking.
    """
    if stated.in_file:
        return stated, office.get(Item, resolve(office, _ITEM, stated.item))
    try:
        return stated, office.find(Item, stated.item)
    except NotFound:
        if f"{stated.item}{_LOT}{stated.lot}" != stated.where:
            raise
        return stated.replace(lot=""), office.find(Item, stated.where)


def check_lots(
    office: Office,
    location: Location,
    counts: Iterable[Counted],
    *,
    by_lot: bool,
) -> None:
    """Raise Refused for a count of a whole item of which nobody can know the lot that is short.

    With `by_lot`, the file has a column of lots: then each item in lots needs one. Without it,
    an item needs one where less was counted than expected and several lots could be short.
    """
    problems = []
    for count in counts:
        if count.lot is not None:
            continue
        lots = office.rows(_LOTS_AT, location.id, count.item.id)
        recorded = on_hand(office, count.item.id, location.id)
        if lots and (by_lot or (len(lots) > 1 and count.counted < recorded)):
            named = ", ".join(f"{quantity:,} of {number}" for number, quantity in lots)
            why = f"{count.item.name} is there in lots ({named}); count them in a column lot"
            problems.append(Problem(why, count.item.sku, code="lot-needed"))
    if problems:
        raise Refused(problems, "Nothing was booked")
