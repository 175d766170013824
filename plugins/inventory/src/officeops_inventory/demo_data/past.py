"""Two years of a made-up practice, worked out backwards from what is on the shelves today.

Going back, what was used is put back on the shelf and what came is taken off it, so that every balance is what it
must have been and none is below zero.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_inventory.demo_data.today import NO_VENDOR, on_hand_today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops_inventory.demo_data.catalog import Supply

#: Days of history, and those of them from which use is seen today.
DAYS, RECENT = 730, 180
#: Days since which discontinued items are no longer used.
GONE: Final = 150
#: Weeks between deliveries of those vendors that come more often than the others, and of the others.
RHYTHM: Final = {"HGM": 1, "BWO": 2, "OBP": 2, "QBD": 2, "TVC": 2}
SELDOM: Final = 4
MISHAPS: Final = (
    "dropped on the floor",
    "package torn",
    "opened, not used",
    "drawn up, patient declined",
)


class Drain(Value):
    """Something that left the shelf; `since` is the first day of the interval over which a count found it used."""

    day: date
    kind: str
    quantity: int
    since: date | None = None
    note: str | None = None


class Past(Value):
    """What became of one item: what there was at first, what left, and the packs that came by day."""

    supply: Supply
    opening: int
    drains: list[Drain]
    came: dict[date, int]
    closing: int


def first_day(today: date) -> date:
    """Return the Monday on which the history begins."""
    start = today - timedelta(days=DAYS)
    return start - timedelta(days=start.weekday())


def working(day: date) -> date:
    """Return a day, or the Friday before where it is on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def came_lately(today: date) -> date:
    """Return the day on which the goods of open orders came."""
    return working(today - timedelta(days=2))


def counted_on(day: date) -> bool:
    """Whether what is not written down is counted on a day: every second Friday."""
    return day.toordinal() % 14 == 5


def past(
    supply: Supply, today: date, lead: int, coming: str | None, elsewhere: int, seed: int
) -> Past:
    """Work out one item's history.

    `coming` is its mark on an open order, None where it is on none; `elsewhere` is what its second place has today.
    """
    random = Random(f"{seed}/{supply.sku}")  # noqa: S311 - made-up data
    end = today - timedelta(days=GONE if "gone" in supply.words else 0)
    found = _found if "counted" in supply.words else _taken
    drains = sorted(
        found(supply, random, first_day(today), end),
        key=lambda drain: tuple(drain.as_dict().values()),
    )
    recent = today - timedelta(days=RECENT)
    daily = sum(each.quantity for each in drains if each.day >= recent) / RECENT
    closing = on_hand_today(supply, daily, lead, coming, random) + elsewhere
    came = _on_open_order(supply, closing, coming, today)
    closing = max([closing, *(packs * supply.size for packs in came.values())])
    opening = _go_back(supply, closing, drains, came, today, random, seed)
    return Past(supply, opening, drains, came, closing)


def _week(supply: Supply, random: Random, day: date) -> int:
    """Return what is used in the week that begins on a day."""
    mean = supply.week * supply.season[day.month - 1]
    quantity = int(mean * max(0.0, random.gauss(1, 0.22)) + random.random())
    return quantity if quantity < 100 else round(quantity, -1)


def _taken(supply: Supply, random: Random, start: date, end: date) -> Iterator[Drain]:
    """Yield use as people write it down: a few entries a week, on working days."""
    for monday in range(start.toordinal(), end.toordinal(), 7):
        quantity = _week(supply, random, date.fromordinal(monday))
        entries = 0 if not quantity else 1 if quantity < 12 else 2 if quantity < 150 else 3
        for place, day in enumerate(random.sample(range(5), entries)):
            if monday + day < end.toordinal():
                part = quantity // entries + (place < quantity % entries)
                yield Drain(date.fromordinal(monday + day), "use", part)
        if quantity and random.random() < 0.006 and monday + 4 < end.toordinal():
            yield Drain(date.fromordinal(monday + 4), "waste", 1, None, random.choice(MISHAPS))


def _found(supply: Supply, random: Random, start: date, end: date) -> Iterator[Drain]:
    """Yield use as counts find it: all of two weeks at once."""
    since, used = start, 0
    for day in map(date.fromordinal, range(start.toordinal(), end.toordinal())):
        used += _week(supply, random, day) if day.weekday() == 0 else 0
        if counted_on(day):
            if used:
                yield Drain(day, "use", used, since)
            since, used = day + timedelta(days=1), 0


def _on_open_order(
    supply: Supply, closing: int, coming: str | None, today: date
) -> dict[date, int]:
    """Return the packs that came on an order that is still open."""
    if not coming:
        return {}
    packs = max(1, closing // (2 * supply.size)) if coming == "+" else 1
    return {came_lately(today): packs}


def _go_back(
    supply: Supply,
    balance: int,
    drains: list[Drain],
    came: dict[date, int],
    today: date,
    random: Random,
    seed: int,
) -> int:
    """Go back day by day, note the packs that must have come, and return what there was at first."""
    left: dict[int, int] = {}
    for each in drains:
        left[each.day.toordinal()] = left.get(each.day.toordinal(), 0) + each.quantity
    (period, offset), habit = _delivery_days(supply, seed), supply.habit
    for day in range(today.toordinal() - 1, first_day(today).toordinal() - 1, -1):
        balance += left.get(day, 0)
        on = date.fromordinal(day)
        if (
            on not in came
            and day % period == offset
            and (packs := _packs(habit, balance, supply.size, random))
        ):
            came[on] = packs
        balance -= came.get(on, 0) * supply.size
    return balance


def _packs(habit: tuple[int, int], balance: int, size: int, random: Random) -> int:
    """Return how many packs made up a full shelf: those that lift it there from about the reorder point."""
    point, top = habit
    if balance < top * random.uniform(0.85, 1.05):
        return 0
    return max(0, int(balance - point * random.uniform(0.5, 0.95)) // size)


def _delivery_days(supply: Supply, seed: int) -> tuple[int, int]:
    """Return every how many days the item's vendor delivers, and which of them, always a working day."""
    vendor = "" if supply.sku in NO_VENDOR else supply.vendors[0]
    weeks = RHYTHM.get(vendor, SELDOM)
    random = Random(f"{seed}/{vendor}")  # noqa: S311 - made-up data
    return 7 * weeks, 7 * random.randrange(weeks) + 1 + random.randrange(5)
