"""Counting: what is on the shelf is right, and the ledger follows it.

A shortfall is what was used since the last count, unless a reason says otherwise; it is spread over those days when
demand is worked out. Offices that write nothing down between counts still get their use this way.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Location, Problem, Refused, Value, action, choice, param
from officeops_inventory.counts.portions import lots_in_words, portions_of
from officeops_inventory.model import Count, Item, Lot
from officeops_inventory.stock.intake import NO_LOT_HELP
from officeops_inventory.stock.ledger import LARGEST, balance, move, on_hand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Office
    from officeops_inventory.counts.portions import CountedPortion

#: What a shortfall may be booked as.
REASONS: Final = ("use", "waste", "expire", "adjust")


class CountResult(Value):
    """One item counted: what the record said, what was there, and the kind of move booked, blank for none."""

    item_id: int
    expected: int
    counted: int
    kind: str
    lot: str = ""
    #: What the difference was booked on, where those are lots: "8 of lot A".
    lots: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Base units found beyond what was expected; negative for missing ones."""
        return self.counted - self.expected


def counted_as(expected: int, counted: int, reason: str) -> str:
    """Return the kind of move a count books: its reason for a shortfall, adjust for a surplus, blank for none."""
    return "" if counted == expected else reason if counted < expected else "adjust"


def check_count(counted: int, reason: str) -> list[Problem]:
    """Return what is wrong with a count before it is booked."""
    problems = []
    if not 0 <= counted <= LARGEST:
        problems.append(Problem(f"must be from 0 to {LARGEST:,}", "counted"))
    if reason not in REASONS:
        problems.append(Problem(f"{reason!r} is none of {', '.join(REASONS)}", "reason"))
    return problems


def count_item(
    office: Office,
    item_id: int,
    location_id: int,
    counted: int,
    reason: str = "use",
    note: str | None = None,
    no_lot: str | None = None,
) -> CountResult:
    """Book one item's count at one location, inside an action that is open, and return what it changed.

    Raises Refused for a count below zero or an unknown reason, where what was found beyond the record must be of a lot
    that was never there, and where held or expired stock is there too and the difference may be of either. Counting the
    same again books the entry alone.
    """
    if problems := check_count(counted, reason):
        raise Refused(problems, office.label(Item, item_id))
    expected = on_hand(office, item_id, location_id)
    since = _first_day(office, item_id, location_id)
    kind = counted_as(expected, counted, reason)
    portions = portions_of(office, item_id, location_id, counted - expected, no_lot)
    if counted < expected:
        _shortfall(office, item_id, location_id, portions, kind, since, note)
    else:
        _surplus(office, item_id, location_id, portions, note, no_lot)
    office.add(
        Count(
            item_id=item_id,
            location_id=location_id,
            day=office.today,
            expected=expected,
            counted=counted,
        )
    )
    return CountResult(item_id, expected, counted, kind, lots=lots_in_words(office, portions))


def count_lot(
    office: Office,
    item_id: int,
    place: int,
    lot_id: int | None,
    counted: int,
    reason: str,
    number: str,
    no_lot: str | None = None,
) -> CountResult:
    """Book one lot's count at one location, inside an action that is open; the other lots stay as they are.

    `enter_count` puts the item's count on record once all of its lots are booked.
    """
    if problems := check_count(counted, reason):
        raise Refused(problems, office.label(Item, item_id))
    expected = balance(office, item_id, place, lot_id)
    kind = counted_as(expected, counted, reason)
    if kind:
        since = _first_day(office, item_id, place) if counted < expected else None
        move(office, item_id, kind, counted - expected, place, lot_id, since=since, no_lot=no_lot)
        if counted < expected:
            _say_where_unsafe_went(office, item_id, lot_id, expected - counted, kind)
    return CountResult(item_id, expected, counted, kind, number)


def enter_count(office: Office, item_id: int, place: int, expected: int) -> None:
    """Put on record that an item was counted lot by lot: what was expected of all of it, and what is there now."""
    counted = max(0, on_hand(office, item_id, place))
    office.add(
        Count(
            item_id=item_id, location_id=place, day=office.today, expected=expected, counted=counted
        )
    )


def _first_day(office: Office, item_id: int, location_id: int) -> date | None:
    """Return the first day of the interval a count covers: the one after the last count, today at the latest."""
    sql = "SELECT max(day) FROM inventory_count_entry WHERE item_id = ? AND location_id = ? AND archived_at IS NULL"
    last = office.value(sql, item_id, location_id)
    return min(date.fromisoformat(last) + timedelta(days=1), office.today) if last else None


def _shortfall(
    office: Office,
    item_id: int,
    place: int,
    portions: Iterable[CountedPortion],
    kind: str,
    since: date | None,
    note: str | None,
) -> None:
    for portion in portions:
        move(
            office, item_id, kind, -portion.quantity, place, portion.lot_id, since=since, note=note
        )
        _say_where_unsafe_went(office, item_id, portion.lot_id, portion.quantity, kind)


def _say_where_unsafe_went(
    office: Office, item_id: int, lot_id: int | None, quantity: int, kind: str
) -> None:
    """Remark that stock which must not be used is gone, where it was of a held or expired lot."""
    lot = office.get(Lot, lot_id) if lot_id else None
    if lot and (word := lot.unsafe_word(office.today)):
        name = office.label(Item, item_id)
        office.remarks.append(
            f"{name}: {quantity} of lot {lot.number}, {word}, booked as {kind}; find out where it went."
        )


def _surplus(
    office: Office,
    item_id: int,
    place: int,
    portions: Iterable[CountedPortion],
    note: str | None,
    no_lot: str | None,
) -> None:
    for portion in portions:
        brings = portion.brings
        why = no_lot if brings else None
        move(
            office,
            item_id,
            "adjust",
            portion.quantity,
            place,
            portion.lot_id,
            note=note,
            no_lot=why,
            brings=brings,
        )


@action("inventory.count")
def count(
    office: Office,
    location_id: int = param(target="core.location"),
    item_id: int = param(target="inventory.item"),
    counted: int = param(
        kind="quantity", minimum=0, help="Base units on the shelf, expired ones too"
    ),
    reason: str = choice(*REASONS, default="use", help="What a shortfall is booked as"),
    note: str | None = param(default=None),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
) -> str:
    """Count one item at one location; the difference is booked."""
    result = count_item(office, item_id, location_id, counted, reason, note, no_lot)
    item, place = office.get(Item, item_id), office.label(Location, location_id)
    told = f"{item.name} at {place}: {counted} {item.base_unit} counted, {result.expected} expected"
    which = f" ({', '.join(result.lots)})" if result.lots else ""
    booked = f"; {abs(result.difference)} booked as {result.kind}{which}" if result.kind else ""
    return f"{told}{booked}."


ACTIONS: list[Action[..., Any]] = [count]
