"""The filler: it breaks no hard stop, opens no seat by evening out, and gives the same draft again."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops_hr.roster.filling.staff import as_shift
from officeops_hr.roster.rules.filling.evening_out import even_out
from officeops_hr.roster.rules.filling.greedy import fill
from officeops_hr.roster.rules.filling.repair import repair
from officeops_hr.roster.rules.filling.seats import Seat, Slot, Worker
from officeops_hr.roster.rules.filling.week import Week
from officeops_hr.roster.rules.hours_rule import HoursRule
from officeops_hr.roster.rules.hours_rules import Case, broken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Breaks = Callable[[Worker, Slot, Sequence[Slot]], bool]

MONDAY = date(2026, 8, 3)
RULES = [
    HoursRule("longest_day", 300, "Day"),
    HoursRule("longest_week", 1200, "Week"),
    HoursRule("longest_shift", 250, "Shift"),
    HoursRule("days_a_week", 3, "Days"),
    HoursRule("seventh_day", 4, "Fourth day"),
    HoursRule("not_after", 1020, "Evening"),
    HoursRule("not_before", 480, "Morning"),
    HoursRule("rest_between", 900, "Rest"),
    HoursRule("rest_in_seven_days", 6000, "Free stretch"),
]
MORNING, AFTERNOON, EVENING = (450, 720), (780, 1020), (1020, 1200)


def week_of(seed: int, breaks: Breaks | None = None) -> Week:
    """Return a made-up week: up to eight people, three roles, a few evenings and absences."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    workers = [
        Worker(number, contract, contract + 240, 510, 5)
        for number in range(chance.randint(2, 8))
        for contract in [chance.choice([1440, 2400])]
    ]
    roles = {worker.id: set(chance.sample([1, 2, 3], chance.randint(1, 3))) for worker in workers}
    away = {(worker.id, chance.randrange(5)) for worker in workers if chance.random() < 0.4}
    seats = {}
    for day in range(5):
        for start, end in (MORNING, AFTERNOON, EVENING)[: chance.choice([2, 2, 3])]:
            slot = Slot(MONDAY + timedelta(days=day), start, end, is_unpopular=start == EVENING[0])
            for role in (1, 2, 3):
                seats[Seat(slot, role, 4 * role)] = chance.randint(0, 2)

    def may(worker: Worker, seat: Seat) -> bool:
        is_away = (worker.id, seat.slot.on.weekday()) in away
        return seat.role in roles[worker.id] and not is_away

    return Week(workers, seats, may, breaks=breaks)


def _check(week: Week) -> None:
    """Fail if the draft breaks a hard stop, a limit, or its own count of open seats."""
    by_id = {worker.id: worker for worker in week.workers}
    filled: Counter[Seat] = Counter()
    for (who, slot), seat in week.taken.items():
        assert by_id[who] in week.able[seat]
        assert seat.slot == slot
        filled[seat] += 1
    for seat, need in week.needs.items():
        assert filled[seat] <= need
        assert week.open_seats().count(seat) == need - filled[seat]
    for worker in week.workers:
        slots = [slot for who, slot in week.taken if who == worker.id]
        assert sum(slot.minutes for slot in slots) <= worker.most
        assert len({slot.on for slot in slots}) <= worker.days
        for one, other in combinations(slots, 2):
            assert one.on != other.on or one.end <= other.start or other.end <= one.start


@tried(400)
@given(st.integers(0, 10**6))
def test_a_draft_keeps_to_every_rule_at_each_step(seed: int) -> None:
    """Repair never raises the weight of the open seats; evening out opens none and narrows the spread."""
    week = week_of(seed)
    fill(week)
    _check(week)
    before = week.weight()
    repair(week)
    _check(week)
    assert week.weight() <= before
    weight, most = week.weight(), max(week.unpopular(worker) for worker in week.workers)
    even_out(week)
    _check(week)
    assert week.weight() == weight
    assert max(week.unpopular(worker) for worker in week.workers) <= most


@tried(100)
@given(st.integers(0, 10**6), st.lists(st.sampled_from(RULES), min_size=1, unique=True))
def test_no_draft_breaks_a_rule_on_hours_and_none_leaves_a_seat_that_a_rule_allows(
    seed: int, rules: list[HoursRule]
) -> None:
    """The rules are read again by somebody who knows of no draft, seat by seat."""

    def breaks(_: Worker, slot: Slot, others: Sequence[Slot]) -> bool:
        own = [as_shift(other) for other in others]
        return bool(broken(Case(as_shift(slot), own, MONDAY), rules))

    week = week_of(seed, breaks)
    for step in (fill, repair, even_out):
        step(week)
        _check(week)
        for worker in week.workers:
            slots = [slot for who, slot in week.taken if who == worker.id]
            for slot in slots:
                others = [other for other in slots if other != slot]
                assert not breaks(worker, slot, others)
    for seat in week.open_seats():
        assert not week.free(seat)


@tried(100)
@given(st.integers(0, 10**6))
def test_the_same_week_has_the_same_draft(seed: int) -> None:
    """Ids break ties, so that a manager who asks twice sees one proposal."""
    drafts = []
    for _ in range(2):
        week = week_of(seed)
        fill(week)
        repair(week)
        even_out(week)
        drafts.append(week.taken)
    assert drafts[0] == drafts[1]


def test_somebody_is_moved_for_a_seat_that_only_they_can_take() -> None:
    """Ana alone does both: she is put at the desk first, and goes to phlebotomy when Ben can come."""
    slot = Slot(MONDAY, *MORNING)
    desk, blood = Seat(slot, 1, 6), Seat(slot, 3, 4)
    ana, ben = Worker(1, 2400, 2400, 510, 5, roles=2), Worker(2, 2400, 2400, 510, 5)
    week = Week([ana, ben], {desk: 1, blood: 1}, lambda one, seat: one == ana or seat == desk)
    week.give(ana, desk)
    repair(week)
    assert week.taken == {(1, slot): blood, (2, slot): desk}
    assert week.open_seats() == []


def test_what_is_usual_is_kept() -> None:
    """Of two who fit, the one who has the seat now stays in it."""
    slot = Slot(MONDAY, *MORNING)
    seat = Seat(slot, 1, 6)
    workers = [Worker(1, 2400, 2400, 510, 5), Worker(2, 2400, 2400, 510, 5)]
    week = Week(workers, {seat: 1}, lambda *_: True, usual={(2, slot): 1})
    fill(week)
    assert week.taken == {(2, slot): seat}
