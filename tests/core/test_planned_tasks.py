"""The tasks of plans: written with the plan, by the job, and shown in Today without either."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.core.care_tools import (
    DAY,
    TODAY,
    caring,
    clock_of,
    days,
    due_keys,
    edited,
    kind,
    planned,
    tasks,
)

from officeops.core.checklist_records import Checklist
from officeops.core.task_actions import write_tasks
from officeops.core.task_record import LIFE, Task
from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record, unarchive_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

    Freeze = Callable[[date], None]


@pytest.fixture
def freeze(monkeypatch: pytest.MonkeyPatch) -> Freeze:
    return clock_of(monkeypatch)


@pytest.fixture
def office(office_factory: OfficeFactory, freeze: Freeze) -> Office:
    freeze(TODAY)
    return caring(office_factory)


def do(office: Office, task: Task, verb: str, **given: Any) -> None:  # noqa: ANN401 - its fields
    """Take a transition of a task as it is now."""
    [action] = [one for one in office.actions(Task) if one.verb == verb]
    office.do(action, office.get(Task, task.id), **given)


def test_a_plan_that_is_saved_has_its_tasks(office: Office) -> None:
    plan = planned(
        office, unit="week", device_id=1, window_after=2, slots="am pm", severity="legal"
    )
    assert days(office, plan) == [TODAY + n * 7 * DAY for n in range(9) for _ in "ap"]
    first = tasks(office, plan)[0]
    assert (first.title, first.slot, first.severity) == ("Spore test: Autoclave", "am", "legal")
    assert first.about is not None
    assert (first.about.key, first.about.id) == ("care.device", 1)
    assert (first.window_to, first.owner) == (TODAY + 2 * DAY, "manager")
    undo(office)
    assert not tasks(office, plan)


def test_an_imported_plan_has_its_tasks_and_a_changed_one_its_new_ones(
    office: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "care")
    rows = "what,anchor on,every,unit\nWipe,2026-03-02,1,week\nSpore test,2026-03-02,{},week\n"
    planned(office, what="Wipe", unit="week")
    typed = rows.format(1)
    assert cli("plan", "import", "-", "--key", "what", typed=typed).code == 0
    plan = office.get(kind(office, "plan"), 2)
    weekly = [TODAY + n * 7 * DAY for n in range(9)]
    assert days(office, plan) == weekly
    before = office.value("SELECT count(*) FROM core_task")
    assert before == 2 * len(weekly)
    typed = rows.format(2)
    assert cli("plan", "import", "-", "--key", "what", "--update", typed=typed).code == 0
    assert days(office, plan) == weekly[::2]
    assert cli("undo").code == 0
    assert days(office, plan) == weekly
    assert cli("undo").code == 0
    assert days(office, plan) == []
    assert len(due_keys(office)) == 1


def test_a_plan_without_a_device_or_a_day_has_tasks_about_itself_or_none(office: Office) -> None:
    plan = planned(office)
    about = tasks(office, plan)[0].about
    assert about is not None
    assert (about.key, about.id) == ("care.plan", plan.id)
    assert not tasks(office, planned(office, anchor_on=None))


def test_a_yearly_plan_has_its_next_task_beyond_the_horizon(office: Office) -> None:
    plan = planned(office, anchor_on=TODAY - DAY, unit="year")
    assert days(office, plan) == [TODAY - DAY, date(2027, 3, 1)]


def test_writing_twice_and_after_a_gap_gives_the_same(office: Office, freeze: Freeze) -> None:
    plan = planned(office, unit="week", slots="am pm")
    office.do(write_tasks)
    written = days(office, plan)
    assert len(written) == 18
    freeze(TODAY + 365 * DAY)
    office.forget_facts()
    late = due_keys(office)
    office.do(write_tasks)
    office.do(write_tasks)
    assert due_keys(office) == late
    assert len(late) == 2 * 53
    assert len(set(days(office, plan))) == len(days(office, plan)) / 2 == 53 + 8


def test_processes_that_write_at_the_same_time_give_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(office, unit="week")
    today = TODAY + 56 * DAY
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "care")
    monkeypatch.setenv("OFFICEOPS_TODAY", str(today))
    begin = [sys.executable, "-m", "officeops", "--db", office.path]
    # Two nightly jobs, and a person who edits the rule meanwhile: whoever comes first.
    lines = (["job", "tasks"], ["plan", "edit", "1", "--every", "2"], ["job", "tasks"])
    running = [subprocess.Popen([*begin, *line], stderr=subprocess.PIPE) for line in lines]
    for process in running:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    past = [TODAY + n * 7 * DAY for n in range(9)]
    # Every second week from the anchor, sixty days ahead.
    ahead = [TODAY + n * 14 * DAY for n in range(5, 9)]
    assert days(office, plan) == [*past, *ahead]
    assert not list(verify(office))


def test_today_does_not_depend_on_the_job(office: Office, freeze: Freeze) -> None:
    for mode in ("fixed", "floating"):
        planned(office, mode=mode, unit="day", every=3, device_id=1)
    planned(office, unit="day", closed_days="previous", anchor_on=TODAY + 5 * DAY)
    for later in (0, 5, 90, 400):
        freeze(TODAY + later * DAY)
        office.forget_facts()
        with office.acting("test.rolled-back"):
            pass
        unwritten = due_keys(office)
        office.do(write_tasks)
        assert due_keys(office) == unwritten
        undo(office)


def test_a_change_of_the_rule_keeps_the_gaps_of_the_old_one(office: Office, freeze: Freeze) -> None:
    plan = planned(office, unit="week")
    freeze(TODAY + 100 * DAY)
    office.forget_facts()
    edited(office, plan, unit="month", every=3)
    today = TODAY + 100 * DAY
    past = [TODAY + n * 7 * DAY for n in range(15)]
    assert days(office, plan) == [*past, date(2026, 9, 2)]
    assert {noted.due.on for noted in office.due_items()} == set(past)
    office.do(write_tasks)
    assert max(filter(None, days(office, plan))) > today
    undo(office)
    assert len(days(office, plan)) == 9


def test_a_touched_task_outlives_a_change_of_the_rule(office: Office) -> None:
    plan = planned(office, unit="week")
    touched = tasks(office, plan)[3]
    do(office, touched, "complete")
    edited(office, plan, every=2, slots="am pm")
    later = [task for task in tasks(office, plan) if (task.nominal_on or TODAY) > TODAY]
    assert [task.state for task in later if task.id == touched.id] == ["done"]
    assert {task.slot for task in later if task.id != touched.id} == {"am", "pm"}
    undo(office)
    assert len(tasks(office, plan)) == 9


def test_a_checklist_that_a_plan_gets_later_is_of_its_open_tasks_too(
    office: Office, freeze: Freeze
) -> None:
    plan = planned(office, unit="week")
    first, second, *_ = tasks(office, plan)
    do(office, first, "complete")
    freeze(TODAY + 7 * DAY)
    office.forget_facts()
    with office.acting("test.add"):
        opening, closing = (office.add(Checklist(name=name)) for name in ("Opening", "Closing"))
    edited(office, plan, checklist_id=opening.id)
    lists = [task.checklist_id for task in tasks(office, plan)]
    assert lists == [None, *[opening.id] * (len(lists) - 1)]
    # A person's own choice for one task stays.
    with office.acting("test.edit"):
        office.edit(office.get(Task, second.id), checklist_id=closing.id)
    edited(office, plan, checklist_id=None)
    assert [task.checklist_id for task in tasks(office, plan)][:3] == [None, closing.id, None]
    undo(office)
    assert tasks(office, plan)[2].checklist_id == opening.id


def test_slots_that_differ_in_capitals_are_one(office: Office) -> None:
    plan = planned(office, unit="year", slots="am AM, pm")
    assert [task.slot for task in tasks(office, plan)] == ["am", "pm"] * 2


def test_what_tasks_do_not_follow_from_leaves_them_alone(office: Office) -> None:
    plan = planned(office)
    before = [task.id for task in tasks(office, plan)]
    edited(office, plan, note="The key is at the front desk")
    assert [task.id for task in tasks(office, plan)] == before


def test_a_pause_is_a_reason(office: Office, freeze: Freeze) -> None:
    plan = planned(office, unit="week")
    edited(office, plan, paused_until=TODAY + 30 * DAY, pause_reason="works in the room")
    freeze(TODAY + 40 * DAY)
    office.forget_facts()
    paused = tasks(office, plan, "state = 'skipped'")
    assert [task.nominal_on for task in paused] == [TODAY + n * 7 * DAY for n in (1, 2, 3, 4)]
    assert all("works in the room" in (task.reason or "") for task in paused)
    assert {noted.due.on for noted in office.due_items()} == {TODAY, TODAY + 35 * DAY}
    edited(office, plan, paused_until=None, pause_reason=None)
    assert len(tasks(office, plan, "state = 'skipped'")) == 4


def test_an_archived_plan_has_no_future(office: Office) -> None:
    plan = planned(office, unit="week", anchor_on=TODAY - 14 * DAY)
    archive_record(office, office.get(type(plan), plan.id))
    assert days(office, plan) == [TODAY - 14 * DAY, TODAY - 7 * DAY, TODAY]
    unarchive_record(office, office.get(type(plan), plan.id))
    assert len(days(office, plan)) == 11


def test_one_task_at_a_time(office: Office, freeze: Freeze) -> None:
    plan = planned(office, mode="floating", unit="month", device_id=1)
    [first] = tasks(office, plan)
    do(office, first, "complete")
    assert days(office, plan) == [TODAY, date(2026, 4, 2)]
    undo(office)
    assert [task.state for task in tasks(office, plan)] == ["open"]
    freeze(TODAY + 10 * DAY)
    office.forget_facts()
    do(office, first, "skip", reason="The device is at the repair shop")
    following = tasks(office, plan)[1]
    do(office, following, "skip", reason="We sold it")
    with pytest.raises(Refused):
        undo(office, office.value("SELECT max(id) - 1 FROM core_action"))


def test_a_task_that_is_done_early_has_another_day_than_the_next(office: Office) -> None:
    plan = planned(office, mode="floating", unit="day", anchor_on=TODAY + DAY)
    [first] = tasks(office, plan)
    do(office, first, "complete")
    assert days(office, plan) == [TODAY + DAY, TODAY + 2 * DAY]


def test_a_pause_puts_the_next_task_off(office: Office) -> None:
    plan = planned(office, mode="floating", anchor_on=TODAY + DAY)
    edited(office, plan, paused_until=TODAY + 20 * DAY)
    assert days(office, plan) == [TODAY + 21 * DAY]


def test_a_meter_makes_it_due(office: Office) -> None:
    by_use = planned(office, mode="meter", meter_every=100, device_id=1)
    either = planned(
        office, mode="first_of", meter_every=100, device_id=1, anchor_on=TODAY + 9 * DAY
    )
    assert not days(office, by_use)
    for number, count in enumerate((10, 60, 115)):
        values = {"device_id": 1, "day": TODAY - (3 - number) * DAY, "count": count}
        add_record(office, kind(office, "use"), values)
    reached = TODAY - DAY
    assert [noted.due.on for noted in office.due_items()] == [reached, reached]
    office.do(write_tasks)
    for plan in (by_use, either):
        assert days(office, plan) == [reached]
        do(office, tasks(office, plan)[0], "complete")
    assert (len(days(office, by_use)), len(days(office, either))) == (1, 1)
    assert not office.due_items()
    assert [noted.due.on for noted in office.due_items(date(2026, 4, 30))] == [date(2026, 4, 2)]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"every": 0}, "out-of-range", "every"),
        ({"weekdays": "mon thirsty", "mode": "weekdays"}, "unknown-choice", "weekdays"),
        ({"nth": 5, "mode": "nth_weekday"}, "unknown-choice", "nth"),
        ({"slots": "am pm", "mode": "floating"}, "not-together", "slots"),
        ({"window_after": 99_999_999}, "out-of-range", "window_after"),
        ({"window_after": -1}, "out-of-range", "window_after"),
        ({"mode": "meter"}, "needed", "meter_every"),
        ({"anchor_on": date(1950, 1, 1), "unit": "day"}, "too-many", "anchor_on"),
    ],
)
def test_a_plan_whose_dates_nobody_can_work_out_is_refused(
    office: Office, values: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        planned(office, **values)
    assert [(one.code, one.field) for one in refused.value.problems] == [(code, field)]


def test_a_date_that_has_come_is_not_archived(office: Office) -> None:
    now, later = tasks(office, planned(office, unit="week"))[:2]
    with pytest.raises(Refused):
        archive_record(office, now)
    archive_record(office, later)
    assert LIFE.states[0] == "open"


def test_closed_days_move_or_drop_what_is_due(office: Office) -> None:
    saturday = TODAY + timedelta(days=5)
    for policy, due in (("keep", 0), ("next", 2), ("previous", -1)):
        plan = planned(office, closed_days=policy, anchor_on=saturday)
        first = tasks(office, plan)[0]
        assert (first.nominal_on, first.due_on) == (saturday, saturday + timedelta(days=due))
    daily = planned(office, unit="day", closed_days="skip")
    assert all(task.due_on.weekday() < 5 for task in tasks(office, daily))
