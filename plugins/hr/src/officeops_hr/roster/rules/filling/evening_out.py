"""Evening out: moves unpopular seats from people with the most to people with the fewest; opens none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops_hr.roster.rules.filling.seats import Seat, Worker
    from officeops_hr.roster.rules.filling.week import Week


def even_out(week: Week) -> None:
    """Pass unpopular seats on, or exchange them for ordinary ones, while anybody has two more."""
    while _moved_one(week):
        pass


def _moved_one(week: Week) -> bool:
    by_id = {worker.id: worker for worker in week.workers}
    unpopular = [key for key in week.taken if key[1].is_unpopular and key not in week.kept]
    # Those with most first, so that the widest difference shrinks first.
    unpopular.sort(key=lambda key: (-week.unpopular(by_id[key[0]]), key))
    return any(_passes_on(week, by_id[giver], week.taken[giver, slot]) for giver, slot in unpopular)


def _passes_on(
    week: Week,
    giver: Worker,
    seat: Seat,
) -> bool:
    able = sorted(week.able[seat], key=week.unpopular)
    for taker in able:
        # A difference of one would only go to and fro.
        if week.unpopular(giver) - week.unpopular(taker) < 2:
            return False
        if (taker.id, seat.slot) in week.taken:
            continue
        week.take(giver, seat.slot)
        if not week.hindrance(taker, seat.slot):
            week.give(taker, seat)
            return True
        if _exchanges(week, giver, taker, seat):
            return True
        week.give(giver, seat)
    return False


def _exchanges(
    week: Week,
    giver: Worker,
    taker: Worker,
    seat: Seat,
) -> bool:
    """Give a seat to somebody for one of their ordinary seats; the giver's seat is taken already."""
    for slot in week.slots_of(taker):
        other = week.taken[taker.id, slot]
        # One unpopular shift for another would change nothing.
        if slot.is_unpopular or giver not in week.able[other]:
            continue
        week.take(taker, slot)
        if _swapped(week, giver, taker, seat, other):
            return True
        week.give(taker, other)
    return False


def _swapped(
    week: Week,
    giver: Worker,
    taker: Worker,
    seat: Seat,
    other: Seat,
) -> bool:
    """Give each the other's seat, which both have left; give none of them if one may not have it."""
    if week.hindrance(taker, seat.slot):
        return False
    week.give(taker, seat)
    if not week.hindrance(giver, other.slot):
        week.give(giver, other)
        return True
    week.take(taker, seat.slot)
    return False
