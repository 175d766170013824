"""Any sequence of commands on the schedule, with undo and redo, keeps what it promises to people."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.roster import schedule_oracle as oracle
from plugins.hr.tests.roster.cover_tools import MONDAY, another, assistants, plan
from plugins.hr.tests.roster.schedule_walk import Walk
from tests.effort import examples, seed

from officeops import Refused
from officeops.history.undo import redo, undo
from officeops_hr.roster.telling.unseen import unseen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from officeops.office.office import Office
    from officeops_hr.people.person import Person

_WEEK = timedelta(days=7)


@pytest.fixture
def walk(
    office: Office,
    crew: dict[str, Person],
    freeze_today: Callable[[date | str], None],
) -> Walk:
    """Two weeks of three assistants: the first is over, and in the second it is Wednesday."""
    assistants(office, crew)
    for login, begin in (("ben", 480), ("cyd", 540)):
        days = (0, 1, 2, 3, 7, 8, 9, 10, 11)
        plan(office, [(day, crew[login].id, begin, begin + 480) for day in days])
    dee = another(office, "Dee Stone")
    plan(office, [(day, dee.id, 480, 960) for day in (0, 1, 9, 11)])
    plan(office, [(9, None, 1020, 1200), (10, None, 480, 720)])
    freeze_today(MONDAY + timedelta(days=9))
    people = [crew["ben"].id, crew["cyd"].id, dee.id]
    return Walk(office, people, random.Random(seed()))  # noqa: S311 - no secret


def _check(office: Office, walk: Walk) -> None:
    """Fail where a row breaks a promise; the oracle knows none of the plugin's rules."""
    assert oracle.double_bookings(office) == []
    # Two people who are one have the hours of both; their merge says so, and asks no reason.
    long = oracle.unreasoned_weeks(office)
    assert [week for week in long if week[0] not in walk.joined] == []
    dark = {one.person_id for one in unseen(office)}
    assert dark == oracle.in_the_dark(office, MONDAY + _WEEK)
    for person, week in walk.locked:
        minutes = oracle.confirmed(office, person, week)
        paid = oracle.paid(office, person, week)
        over = max(minutes - oracle.FULL, 0)
        rates = {"regular": minutes - over, "overtime": over}
        assert paid == {rate: some for rate, some in rates.items() if some}


def test_any_sequence_keeps_the_promises_and_is_undone_and_redone_step_by_step(
    office: Office, walk: Walk
) -> None:
    """After each command: its undo gives the rows of before back, and its redo those of after."""
    done = 0
    for _ in range(examples(800)):
        before = oracle.state(office)
        words = walk.step()
        if not words:
            # What was refused has changed nothing.
            assert oracle.state(office) == before
            continue
        done += 1
        _check(office, walk)
        after = oracle.state(office)
        # A change into the same is no entry of the history, and has no undo.
        if after == before:
            continue
        if after["hr_paid_time"] != before["hr_paid_time"]:
            # Paid time alone stays; the sentence names the way.
            with pytest.raises(Refused, match="timesheet unlock"):
                undo(office)
            continue
        undo(office)
        assert oracle.state(office) == before, words
        walk.locked.clear()
        _check(office, walk)
        if walk.chance.random() < 0.7:
            redo(office)
            assert oracle.state(office) == after, words
            _check(office, walk)
    assert done > 5, walk.said


def test_the_last_steps_are_taken_back_together(office: Office, walk: Walk) -> None:
    """Back over up to five commands, and forward again: each state is there as it was."""
    states = [oracle.state(office)]
    done = filter(None, (walk.step(without_pay=True) for _ in range(examples(400))))
    for _ in done:
        now = oracle.state(office)
        states += [now] if now != states[-1] else []
    steps = min(len(states) - 1, 5)
    for number in range(steps):
        undo(office)
        assert oracle.state(office) == states[-2 - number]
        _check(office, walk)
    for number in range(steps):
        redo(office)
        assert oracle.state(office) == states[number - steps]
        _check(office, walk)
