"""A cycle count: one location's counts, booked as one action, all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Refused
from officeops_inventory.counts.booking import (
    CountResult,
    count_item,
    count_lot,
    counted_as,
    enter_count,
)
from officeops_inventory.counts.portions import lots_in_words, portions_of
from officeops_inventory.declared.lot_rules import with_cure
from officeops_inventory.imports.finder import Finder
from officeops_inventory.model import Item
from officeops_inventory.purchasing.receipts import of_item
from officeops_inventory.stock.intake import Intake
from officeops_inventory.stock.ledger import balance, on_hand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Location, Office
    from officeops_inventory.counts.counted import Counted


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
        recorded = _recorded(
            office,
            location,
            count,
        )
        lots: tuple[str, ...] = ()
        try:
            lots = _lots(
                office,
                location,
                count,
                recorded,
                no_lot,
            )
        except Refused as refused:
            problems += of_item(count.item, refused)
        kind = counted_as(
            recorded,
            count.counted,
            count.reason or reason,
        )
        number = count.lot.number if count.lot else ""
        results.append(
            CountResult(
                count.item.id,
                recorded,
                count.counted,
                kind,
                number,
                lots,
            )
        )
    if problems:
        raise Refused(problems, "Nothing would be booked")
    return results


def _lots(
    office: Office,
    location: Location,
    count: Counted,
    recorded: int,
    no_lot: str | None,
) -> tuple[str, ...]:
    """Return the lots of a whole item on which its difference would be booked, in words.

    Raises Refused where that would be a guess, and for a lot that lacks its last day.
    """
    if count.lot:
        _lot_in_order(
            office,
            count,
            recorded,
            no_lot,
        )
        return ()
    difference = count.counted - recorded
    portions = portions_of(
        office,
        count.item.id,
        location.id,
        difference,
        no_lot,
    )
    return lots_in_words(office, portions)


def _recorded(office: Office, location: Location, count: Counted) -> int:
    """Return what the record has of the item or the lot that was counted, in base units."""
    if count.lot is None:
        return on_hand(
            office,
            count.item.id,
            location.id,
        )
    if count.lot.number and not count.lot.id:
        # A lot that the office does not know yet has no stock.
        return 0
    return balance(
        office,
        count.item.id,
        location.id,
        count.lot.id,
    )


def _lot_in_order(
    office: Office,
    count: Counted,
    recorded: int,
    no_lot: str | None,
) -> None:
    """Raise Refused where a lot gains units and lacks its last day."""
    if count.lot is None or count.counted <= recorded or (no_lot or "").strip():
        return
    number = count.lot.number or None
    intake = Intake(office, count.item.id)
    lacking = intake.lacks(
        count.item.id,
        number,
        count.lot.expires_on,
    )
    if lacking:
        raise Refused(list(map(with_cure, lacking)), count.item.name)


def arguments(location: Location, counts: list[Counted], reason: str) -> dict[str, object]:
    """Return what the history keeps of a count."""
    counted: dict[str, int] = {}
    # The reasons are kept only where they differ: most counts have one reason.
    own_reasons: dict[str, str] = {}
    for count in counts:
        counted[count.word] = count.counted
        if count.reason not in {"", reason}:
            own_reasons[count.item.sku] = count.reason
    kept: dict[str, object] = {
        "location": location.name,
        "reason": reason,
        "counted": counted,
    }
    if own_reasons:
        kept["reasons"] = own_reasons
    return kept


def book_each(
    office: Office,
    location: Location,
    counts: list[Counted],
    reason: str,
    no_lot: str | None,
) -> list[CountResult]:
    """Book each count of a location inside an open action.

    `no_lot` says why surplus units of items in lots have no lot. Raises Refused with everything
    that is wrong with any count.
    """
    results: list[CountResult] = []
    problems: list[Problem] = []
    # Read before the first lot is booked: an entry is of the whole item.
    before: dict[int, int] = {}
    for count in counts:
        if count.lot:
            before[count.item.id] = on_hand(
                office,
                count.item.id,
                location.id,
            )
    for count in counts:
        try:
            results.append(
                _book_one(
                    office,
                    location,
                    count,
                    count.reason or reason,
                    no_lot,
                )
            )
        except Refused as refused:
            problems += of_item(count.item, refused)
    if problems:
        raise Refused(problems, "Nothing was booked")
    # An item counted by lot has one entry, whatever the number of its lots.
    for item_id, recorded in before.items():
        enter_count(
            office,
            item_id,
            location.id,
            recorded,
        )
    office.remarks += lot_sentences(office, results)
    return results


def _book_one(
    office: Office,
    location: Location,
    count: Counted,
    reason: str,
    no_lot: str | None,
) -> CountResult:
    """Book one count, of an item or of a lot, which is added where it is new."""
    item_id = count.item.id
    if count.lot is None:
        return count_item(
            office,
            item_id,
            location.id,
            count.counted,
            reason,
            no_lot=no_lot,
        )
    _lot_in_order(
        office,
        count,
        _recorded(
            office,
            location,
            count,
        ),
        no_lot,
    )
    lot = count.lot
    lot_id = lot.id or Finder(office).lot(
        item_id,
        lot.number,
        lot.expires_on,
        no_lot,
    )
    return count_lot(
        office,
        item_id,
        location.id,
        lot_id,
        count.counted,
        reason,
        lot.number,
        no_lot,
    )


def lot_sentences(office: Office, results: Iterable[CountResult]) -> list[str]:
    """Return the lots on which the differences of whole items were booked, a sentence each."""
    sentences = []
    for result in results:
        if result.lots:
            name = office.get(Item, result.item_id).name
            sentences.append(f"{name}: {', '.join(result.lots)} booked as {result.kind}.")
    return sentences


def summary(results: list[CountResult]) -> str:
    """Return a count of a location in one sentence."""
    short = sum(result.difference < 0 for result in results)
    over = sum(result.difference > 0 for result in results)
    same = len(results) - short - over
    return f"{len(results)} counted: {same} as expected, {short} short, {over} over."
