"""Two years of a made-up practice, worked out backwards from the stock on its shelves today.

Going back, use is added to the shelf and deliveries are removed from it, so that every balance of
the past is possible and none is below zero.
"""

from __future__ import annotations

from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.demo import working_before
from officeops_inventory.demo_data.today import on_hand_today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from officeops.demo import Demo
    from officeops_inventory.demo_data.catalog import Supply

#: Days of history, and the last days of it from which use a day is taken.
DAYS, RECENT = 730, 180
#: Days since which discontinued items are no longer used.
GONE: Final = 150
#: Weeks between the deliveries of the vendors that come often, and of the others.
RHYTHM: Final = {"HGM": 1, "BWO": 2, "OBP": 2, "QBD": 2, "TVC": 2}
SELDOM: Final = 4
MISHAPS: Final = (
    "dropped on the floor",
    "package torn",
    "opened, not used",
    "drawn up, patient declined",
)
#: The chance that some of an item is wasted in a week.
_WASTE: Final = 0.006


class Drain(Value):
    """Stock that left the shelf, in base units.

    `since` is the first day of the interval over which a count found it used.
    """

    day: date
    kind: str
    quantity: int
    since: date | None = None
    note: str | None = None


class Past(Value):
    """The history of one item: its first stock, the drains, the packs that came by day.

    `opening` and `closing` are stock at the beginning and today, in base units.
    """

    supply: Supply
    opening: int
    drains: list[Drain]
    came: dict[date, int]
    closing: int


def first_day(today: date) -> date:
    """Return the Monday on which the history begins."""
    start = today - timedelta(days=DAYS)
    return start - timedelta(days=start.weekday())


def came_lately(today: date) -> date:
    """Return the day on which the goods of open orders came."""
    return working_before(today - timedelta(days=2))


def counted_on(day: date) -> bool:
    """Whether items whose use is not written down are counted on a day: every second Friday."""
    return day.toordinal() % 14 == 5


def past(
    demo: Demo,
    supply: Supply,
    lead: int,
    coming: str | None,
    elsewhere: int,
) -> Past:
    """Return one item's history.

    `coming` is its mark on an open order, None where it is on none; `elsewhere` is the stock of its
    second place today.
    """
    random, today = demo.random(supply.sku), demo.today
    drains = _drains(supply, today, random)
    recent = today - timedelta(days=RECENT)
    daily = sum(drain.quantity for drain in drains if drain.day >= recent) / RECENT
    closing = on_hand_today(supply, daily, lead, coming, random) + elsewhere
    came = _on_open_order(supply, closing, coming, today)
    for packs in came.values():
        closing = max(closing, packs * supply.size)
    opening = _go_back(demo, supply, closing, drains, came, random)
    return Past(supply, opening, drains, came, closing)


def _drains(
    supply: Supply,
    today: date,
    random: Random,
) -> list[Drain]:
    """Return the stock that left the shelf, by day: written down, or found by counting."""
    end = today - timedelta(days=GONE if "gone" in supply.words else 0)
    drains_of = _counted if "counted" in supply.words else _written
    drains = drains_of(supply, random, first_day(today), end)
    return sorted(drains, key=attrgetter("day", "kind", "quantity"))


def _week(
    supply: Supply,
    random: Random,
    day: date,
) -> int:
    """Return the base units used in the week that begins on a day."""
    mean = supply.week * supply.season[day.month - 1]
    quantity = int(mean * max(0.0, random.gauss(1, 0.22)) + random.random())
    return quantity if quantity < 100 else round(quantity, -1)


def _written(
    supply: Supply,
    random: Random,
    start: date,
    end: date,
) -> Iterator[Drain]:
    """Yield use as people write it down: a few entries a week, on working days."""
    last = end.toordinal()
    for monday in range(start.toordinal(), last, 7):
        quantity = _week(supply, random, date.fromordinal(monday))
        entries = _entries(quantity)
        for place, weekday in enumerate(random.sample(range(5), entries)):
            if monday + weekday < last:
                part = quantity // entries + (place < quantity % entries)
                yield Drain(date.fromordinal(monday + weekday), "use", part)
        friday = monday + 4
        # The random number is drawn only for a week with use: the order of draws is the data.
        if quantity and random.random() < _WASTE and friday < last:
            yield Drain(date.fromordinal(friday), "waste", 1, None, random.choice(MISHAPS))


def _entries(quantity: int) -> int:
    """Return in how many entries people write down a week's use."""
    if not quantity:
        return 0
    if quantity < 12:
        return 1
    return 2 if quantity < 150 else 3


def _counted(
    supply: Supply,
    random: Random,
    start: date,
    end: date,
) -> Iterator[Drain]:
    """Yield use as counts find it: all of two weeks at once."""
    since, used = start, 0
    for day in map(date.fromordinal, range(start.toordinal(), end.toordinal())):
        if day.weekday() == 0:
            used += _week(supply, random, day)
        if counted_on(day):
            if used:
                yield Drain(day, "use", used, since)
            since, used = day + timedelta(days=1), 0


def _on_open_order(
    supply: Supply,
    closing: int,
    coming: str | None,
    today: date,
) -> dict[date, int]:
    """Return the packs that came on an order that is still open, by day."""
    if not coming:
        return {}
    packs = max(1, closing // (2 * supply.size)) if coming == "+" else 1
    return {came_lately(today): packs}


def _go_back(
    demo: Demo,
    supply: Supply,
    balance: int,
    drains: list[Drain],
    came: dict[date, int],
    random: Random,
) -> int:
    """Go back day by day and return the first stock, in base units.

    The packs that must have come are added to `came`.
    """
    left: dict[int, int] = {}
    for drain in drains:
        day_number = drain.day.toordinal()
        left[day_number] = left.get(day_number, 0) + drain.quantity
    (period, offset), habit, today = _delivery_days(demo, supply), supply.habit, demo.today
    packs_on = {day.toordinal(): packs for day, packs in came.items()}
    # Today itself is left out: its stock is where the way back begins.
    for day_number in range(today.toordinal() - 1, first_day(today).toordinal() - 1, -1):
        balance += left.get(day_number, 0)
        packs = packs_on.get(day_number, 0)
        if not packs and day_number % period == offset:
            packs = _packs(habit, balance, supply.size, random)
            if packs:
                came[date.fromordinal(day_number)] = packs
        balance -= packs * supply.size
    return balance


def _packs(
    habit: tuple[int, int],
    balance: int,
    size: int,
    random: Random,
) -> int:
    """Return the packs that made up a full shelf, from about the reorder point; 0 for others."""
    point, top = habit
    if balance < top * random.uniform(0.85, 1.05):
        return 0
    return max(0, int(balance - point * random.uniform(0.5, 0.95)) // size)


def _delivery_days(demo: Demo, supply: Supply) -> tuple[int, int]:
    """Return the days between deliveries of the item's vendor, and the day's number among them.

    It is always a working day.
    """
    vendor = supply.vendor
    weeks = RHYTHM.get(vendor, SELDOM)
    random = demo.random(vendor)
    return 7 * weeks, 7 * random.randrange(weeks) + 1 + random.randrange(5)
