"""The use history: what the stock moves say of daily use in the look-back."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from officeops import id_list
from officeops_inventory.reorder.demand import daily_demand, stock_outs
from officeops_inventory.reorder.spots import by_spot, item_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from officeops import Office
    from officeops_inventory.reorder.spots import Spot
    from officeops_inventory.reorder.types import Demand

    Use = tuple[date, date, int]
    DayOfMoves = tuple[date, int, bool]
    Row = tuple[Any, ...]

# Each names the location, too: by item, location and day the index leads to the look-back, however many
# moves were before it.
#: A reversal takes a use back on the day that the use was booked.
_USES = """
SELECT m.item_id, m.location_id, ifnull(r.since, m.since), ifnull(r.day, m.day), -m.quantity
FROM inventory_move m LEFT JOIN inventory_move r ON r.id = m.reverses_id
WHERE m.item_id IN (SELECT value FROM json_each(?))
    AND m.location_id IN (SELECT id FROM core_location) AND m.day >= ?
    AND (m.kind = 'use' OR (m.kind = 'reversal' AND r.kind = 'use'))
"""
_DAYS = """
SELECT item_id, location_id, day, sum(quantity), history FROM inventory_move
WHERE item_id IN (SELECT value FROM json_each(?))
    AND location_id IN (SELECT id FROM core_location) AND day >= ?
GROUP BY item_id, location_id, day, history
"""
#: The stock of now, and the last day before the look-back with a move that changed it, and with any.
_BEFORE = """
SELECT i.value, l.id,
    (SELECT m.day FROM inventory_move m WHERE m.item_id = i.value AND m.location_id = l.id
        AND m.day < ?2 AND NOT m.history ORDER BY m.day DESC LIMIT 1),
    (SELECT max(m.day) FROM inventory_move m WHERE m.item_id = i.value AND m.location_id = l.id
        AND m.day < ?2),
    (SELECT ifnull(sum(s.quantity), 0) FROM inventory_stock s
        WHERE s.item_id = i.value AND s.location_id = l.id)
FROM json_each(?1) i CROSS JOIN core_location l
"""


def daily_use(
    office: Office,
    spots: Collection[Spot],
    since: date,
    today: date,
) -> dict[Spot, Demand]:
    """Return the demand of the spots that have any use from `since` until the day before `today`.

    Today is not over, so it says nothing. Days out of stock are left out.
    """
    # Moves of all kinds are read only of spots with use: of most items of a large office there is none.
    uses = _uses(office, spots, since)
    days = _days(office, uses, since)
    yesterday = today - timedelta(days=1)
    demand = {}
    for spot, records in uses.items():
        estimate = demand_of(records, days.get(spot, []), since, yesterday)
        if estimate:
            demand[spot] = estimate
    return demand


def demand_of(
    records: list[Use],
    days: list[DayOfMoves],
    since: date,
    end: date,
) -> Demand | None:
    """Return the demand of one spot from `since` to `end`, both included.

    `records` are its uses as (first day, last day, quantity), `days` the sums of its moves as
    (day, signed quantity, whether it is history, which changed no balance). Those before `since`
    may be one sum.
    """
    first_move = min((day for day, *_ in days), default=since)
    # A young item is judged by the days that it was there.
    start = max(since, first_move)
    moves = [(day, quantity) for day, quantity, is_history in days if not is_history]
    known_from = start
    if len(moves) < len(days):
        # Stock before the opening balance is not known. It is taken to have been there, or the use
        # of that time would count double.
        opening_day = min((day for day, _ in moves), default=start)
        known_from = max(start, opening_day)
    opening = sum(quantity for day, quantity in moves if day < known_from)
    later = [(day, quantity) for day, quantity in moves if known_from <= day <= end]
    out = stock_outs(later, opening, known_from, end)
    return daily_demand(records, start, end, out)


def _uses(office: Office, spots: Collection[Spot], since: date) -> dict[Spot, list[Use]]:
    """Return the uses of each spot as (first day, last day, quantity)."""
    rows = office.rows(_USES, id_list(item_ids(spots)), since.isoformat())
    uses: dict[Spot, list[Use]] = {}
    for spot, values in by_spot(rows, spots).items():
        uses[spot] = []
        for first, last, quantity in values:
            until = date.fromisoformat(last)
            uses[spot].append((date.fromisoformat(first) if first else until, until, quantity))
    return uses


def _days(
    office: Office,
    spots: Collection[Spot],
    since: date,
) -> dict[Spot, list[DayOfMoves]]:
    """Return the sum of each day's moves by spot, apart for history, which changed no balance.

    All moves before `since` are one sum, on the last day of them.
    """
    items, first = id_list(item_ids(spots)), since.isoformat()
    later = office.rows(_DAYS, items, first)
    rows = [*_before(office.rows(_BEFORE, items, first), later), *later]
    days: dict[Spot, list[DayOfMoves]] = {}
    for spot, values in by_spot(rows, spots).items():
        days[spot] = []
        for day, quantity, is_history in values:
            days[spot].append((date.fromisoformat(day), quantity, bool(is_history)))
    return days


def _before(accounts: Iterable[Row], later: Iterable[Row]) -> Iterator[Row]:
    """Yield the sum of each account's moves before the look-back: its stock, less all moves since."""
    since: Counter[tuple[int, int]] = Counter()
    for item_id, location_id, _, quantity, is_history in later:
        if not is_history:
            since[item_id, location_id] += quantity
    for item_id, location_id, day, any_day, stock in accounts:
        if day is not None:
            yield item_id, location_id, day, stock - since[item_id, location_id], 0
        elif any_day is not None:
            # Nothing but history, which changed no balance.
            yield item_id, location_id, any_day, 0, 1
