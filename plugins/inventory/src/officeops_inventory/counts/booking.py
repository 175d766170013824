"""Counting: the shelf is right, and the ledger follows it.

A shortfall was used since the last count, unless a reason says otherwise; it is spread over those
days when demand is worked out. Offices that write nothing down between counts still get their use
this way.
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

#: The reasons for a shortfall, each a kind of move; the first is the default.
REASONS: Final = ("use", "waste", "expire", "adjust")


class CountResult(Value):
    """One item counted, in base units: expected by the record, counted on the shelf.

    `kind` is the kind of move that was booked, blank for none.
    """

    item_id: int
    expected: int
    counted: int
    kind: str
    lot: str = ""
    #: The lots that the difference was booked on: "8 of lot A".
    lots: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Base units beyond the expected quantity; negative for missing ones."""
        return self.counted - self.expected


def counted_as(expected: int, counted: int, reason: str) -> str:
    """Return the kind of move a count books.

    A shortfall is booked as its reason, a surplus as an adjustment; blank for neither.
    """
    if counted == expected:
        return ""
    return reason if counted < expected else "adjust"


def check_count(counted: int, reason: str) -> list[Problem]:
    """Return the problems of a count before it is booked: its quantity, its reason."""
    problems = []
    if not 0 <= counted <= LARGEST:
        problems.append(
            Problem(
                f"must be from 0 to {LARGEST:,}",
                "counted",
                code="out-of-range",
                facts={"minimum": 0, "maximum": LARGEST},
            )
        )
    if reason not in REASONS:
        problems.append(
            Problem(
                f"{reason!r} is none of {', '.join(REASONS)}",
                "reason",
                code="unknown-choice",
                facts={"choices": list(REASONS)},
            )
        )
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
    """Book one item's count at one location, inside an action that is open.

    Raises Refused for a count below zero and for an unknown reason; for a surplus that must be of
    a lot that was never there; and where the location has held or expired stock too, and the
    difference may be of either. Counting the same again books the entry alone.
    """
    if problems := check_count(counted, reason):
        raise Refused(problems, office.label(Item, item_id))
    expected = on_hand(office, item_id, location_id)
    # Read before this count has an entry, which would be the last one.
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
    """Book one lot's count at one location, inside an action that is open.

    The other lots stay as they are. `enter_count` records the item's count once all of its lots
    are booked.
    """
    if problems := check_count(counted, reason):
        raise Refused(problems, office.label(Item, item_id))
    expected = balance(office, item_id, place, lot_id)
    kind = counted_as(expected, counted, reason)
    if kind:
        # Missing units were used over the days since; a surplus is an adjustment of today.
        since = _first_day(office, item_id, place) if counted < expected else None
        move(
            office,
            item_id,
            kind,
            counted - expected,
            place,
            lot_id,
            since=since,
            no_lot=no_lot,
        )
        if counted < expected:
            _remark_on_unsafe(office, item_id, lot_id, expected - counted, kind)
    return CountResult(item_id, expected, counted, kind, number)


def enter_count(office: Office, item_id: int, place: int, expected: int) -> None:
    """Record that an item was counted lot by lot.

    `expected` is the record's quantity of the whole item before its lots were booked.
    """
    # A lot that was not counted may be below zero; no shelf is.
    counted = max(0, on_hand(office, item_id, place))
    office.add(
        Count(
            item_id=item_id, location_id=place, day=office.today, expected=expected, counted=counted
        )
    )


def _first_day(office: Office, item_id: int, location_id: int) -> date | None:
    """Return the first day of the interval a count covers: the day after the last count.

    It is today at the latest: an item may be counted twice on a day. None without an earlier count.
    """
    sql = (
        "SELECT max(day) FROM inventory_count_entry "
        "WHERE item_id = ? AND location_id = ? AND archived_at IS NULL"
    )
    last = office.value(sql, item_id, location_id)
    if not last:
        return None
    day_after = date.fromisoformat(last) + timedelta(days=1)
    return min(day_after, office.today)


def _shortfall(
    office: Office,
    item_id: int,
    place: int,
    portions: Iterable[CountedPortion],
    kind: str,
    since: date | None,
    note: str | None,
) -> None:
    """Book the missing units of each lot as the reason that was given."""
    for portion in portions:
        move(
            office,
            item_id,
            kind,
            -portion.quantity,
            place,
            portion.lot_id,
            since=since,
            note=note,
        )
        _remark_on_unsafe(office, item_id, portion.lot_id, portion.quantity, kind)


def _remark_on_unsafe(
    office: Office,
    item_id: int,
    lot_id: int | None,
    quantity: int,
    kind: str,
) -> None:
    """Remark that units of a held or expired lot are missing: a patient may have got them."""
    if lot_id is None:
        return
    lot = office.get(Lot, lot_id)
    word = lot.unsafe_word(office.today)
    if word:
        name = office.label(Item, item_id)
        missing = f"{quantity} of lot {lot.number}, {word}, booked as {kind}"
        office.remarks.append(f"{name}: {missing}; find out where it went.")


def _surplus(
    office: Office,
    item_id: int,
    place: int,
    portions: Iterable[CountedPortion],
    note: str | None,
    no_lot: str | None,
) -> None:
    """Book the units found on each lot as an adjustment.

    Units that only fill a balance below zero need no reason for a missing lot.
    """
    for portion in portions:
        move(
            office,
            item_id,
            "adjust",
            portion.quantity,
            place,
            portion.lot_id,
            note=note,
            no_lot=no_lot if portion.brings else None,
            brings=portion.brings,
        )


@action("inventory.count")
def count(
    office: Office,
    location_id: int = param(target="core.location", archived=True),
    item_id: int = param(target="inventory.item", archived=True),
    counted: int = param(
        kind="quantity", minimum=0, help="Base units on the shelf, expired ones too"
    ),
    reason: str = choice(*REASONS, default="use", help="What a shortfall is booked as"),
    note: str | None = param(default=None),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
) -> str:
    """Count one item at one location; the difference is booked."""
    result = count_item(
        office,
        item_id,
        location_id,
        counted,
        reason,
        note,
        no_lot,
    )
    item, place = office.get(Item, item_id), office.label(Location, location_id)
    counted_words = f"{counted} {item.base_unit} counted, {result.expected} expected"
    booked = ""
    if result.kind:
        lots = f" ({', '.join(result.lots)})" if result.lots else ""
        booked = f"; {abs(result.difference)} booked as {result.kind}{lots}"
    return f"{item.name} at {place}: {counted_words}{booked}."


ACTIONS: list[Action[..., Any]] = [count]
