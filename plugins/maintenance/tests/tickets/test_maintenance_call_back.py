"""The call-back clock: open minutes, paused while waiting, kept over priorities and reopening."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.values.calendar import Calendar, Hours, calendar_of
from officeops_maintenance.tickets.call_back import RUNNING, clock
from officeops_maintenance.tickets.life import STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE = timedelta(minutes=1)
#: Monday to Friday 8 to 17, closed for lunch on Wednesday, and on Friday 2026-11-27.
HOURS = [(weekday, 480, 1020) for weekday in (0, 1, 3, 4)] + [(2, 480, 720), (2, 780, 1020)]
CHICAGO = calendar_of(
    [Hours(*hours) for hours in HOURS], [date(2026, 11, 27)], ZoneInfo("America/Chicago")
)


class Step(NamedTuple):
    at: datetime
    now: str


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    here = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("America/Chicago"))
    return here.astimezone(UTC)


def test_the_worked_example_ends_on_monday_at_four() -> None:
    steps = [
        Step(at(6, 9), "new"),
        Step(at(6, 10), "waiting"),
        Step(at(9, 9), "in_progress"),
    ]
    read = clock(steps, 480, CHICAGO, at(9, 9))
    assert read.by == at(9, 16)
    assert read.used == 60


def test_a_fixed_ticket_owes_no_call_and_a_reopened_one_goes_on() -> None:
    steps = [Step(at(9, 9), "new"), Step(at(9, 10), "closed")]
    assert clock(steps, 120, CHICAGO, at(12, 9)).by is None
    steps.append(Step(at(12, 9), "assigned"))
    read = clock(steps, 120, CHICAGO, at(12, 9))
    assert (read.used, read.by) == (60, at(12, 10))


def test_a_late_one_stays_late_while_it_waits() -> None:
    steps = [Step(at(9, 9), "new"), Step(at(9, 12), "waiting")]
    read = clock(steps, 60, CHICAGO, at(10, 9))
    assert read.is_late
    assert read.by == at(9, 10)


def test_the_last_minute_of_the_target_is_in_time() -> None:
    steps = [Step(at(9, 9), "new"), Step(at(9, 10), "waiting")]
    read = clock(steps, 60, CHICAGO, at(10, 9))
    assert (read.used, read.is_late, read.by) == (60, False, None)
    running = clock(steps[:1], 60, CHICAGO, at(9, 10))
    assert (running.is_late, running.by) == (False, at(9, 10))
    assert clock(steps[:1], 60, CHICAGO, at(9, 10, 1)).is_late


STARTS = st.integers(0, 60 * 24 * 4).map(lambda minutes: at(2, 0) + minutes * MINUTE)


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Step], datetime]:
    """The events of a ticket, at whole minutes of a few days, and a moment after them."""
    moment = draw(STARTS)
    steps = [Step(moment, "new")]
    for _ in range(draw(st.integers(0, 4))):
        moment += draw(st.integers(0, 2000)) * MINUTE
        steps.append(Step(moment, draw(st.sampled_from(STATES))))
    return steps, moment + draw(st.integers(0, 2000)) * MINUTE


def counted(
    steps: Sequence[Step], target: int, calendar: Calendar, now: datetime
) -> tuple[int, datetime | None]:
    """Count minute by minute: those used by now, and the first at which the target was passed."""
    used, passed_at = 0, None
    spans = zip(steps, [*[step.at for step in steps[1:]], now], strict=True)
    for step, end in spans:
        moment = step.at
        while step.now in RUNNING and moment < end:
            if calendar.minutes(moment, moment + MINUTE):
                used += 1
                if used == target + 1:
                    passed_at = moment
            moment += MINUTE
    return used, passed_at


@tried(400)
@given(lives(), st.integers(1, 900))
def test_the_clock_agrees_with_a_count_minute_by_minute(
    life: tuple[list[Step], datetime], target: int
) -> None:
    steps, now = life
    read = clock(steps, target, CHICAGO, now)
    used, passed_at = counted(steps, target, CHICAGO, now)
    assert read.used == used
    if passed_at is not None:
        # The minute after the last good one begins when the target is reached, or at an opening.
        assert read.by is not None
        assert CHICAGO.minutes(read.by, passed_at) == 0
        assert read.by <= passed_at
    elif read.is_running:
        assert read.by is not None
        assert CHICAGO.minutes(now, read.by) == target - used
    else:
        assert read.by is None
