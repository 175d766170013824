"""Plans about several records, and the pauses of a record: each record has tasks of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.core.care_tools import DAY, TODAY, caring, clock_of, due_keys, kind, planned, tasks

from officeops.core.next_task import foreseen
from officeops.core.task_actions import write_tasks
from officeops.core.task_record import Task
from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record, edit_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

WEEK = 7 * DAY


@pytest.fixture
def freeze(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    return clock_of(monkeypatch)


@pytest.fixture
def office(office_factory: OfficeFactory, freeze: Callable[[date], None]) -> Office:
    freeze(TODAY)
    opened = caring(office_factory)
    add_record(opened, kind(opened, "device"), {"name": "Centrifuge"})
    return opened


def device(office: Office, name: str) -> Any:  # noqa: ANN401 - a device of the plugin
    return office.find(kind(office, "device"), name)


def of(office: Office, plan: Any, name: str, where: str = "1") -> list[Task]:  # noqa: ANN401 - a plan of the plugin
    """List the tasks of a plan about a device."""
    number = device(office, name).id
    return [task for task in tasks(office, plan, where) if task.about.id == number]  # type: ignore[union-attr]


def out(office: Office, name: str, first: date, **given: object) -> Any:  # noqa: ANN401 - as above
    """Send a device to the repair shop, and write its future tasks again."""
    values = {"device_id": device(office, name).id, "first_on": first, **given}
    outage = add_record(office, kind(office, "outage"), values)
    again(office, name)
    return outage


def again(office: Office, name: str) -> None:
    with office.acting("test.again"):
        for plan in list(office.all(kind(office, "plan"))):
            office.reschedule(plan, device(office, name))


def test_each_device_has_its_own_tasks_and_what_joins_has_no_past(
    office: Office, freeze: Callable[[date], None]
) -> None:
    plan = planned(office, of_all=True, anchor_on=TODAY - 2 * WEEK, unit="week")
    for name in ("Autoclave", "Centrifuge"):
        assert [task.nominal_on for task in of(office, plan, name)][:3] == [
            TODAY - 2 * WEEK,
            TODAY - WEEK,
            TODAY,
        ]
        assert of(office, plan, name)[0].title == f"Spore test: {name}"
    freeze(TODAY + DAY)
    add_record(office, kind(office, "device"), {"name": "Lamp"})
    assert not [key for key in due_keys(office) if ":@3:" in key]
    assert f"care.plan:{plan.id}:@3:{TODAY + WEEK}" in due_keys(office, TODAY + WEEK)
    office.do(write_tasks)
    assert of(office, plan, "Lamp")[0].nominal_on == TODAY + WEEK
    rows = len(tasks(office, plan))
    office.do(write_tasks)
    assert len(tasks(office, plan)) == rows


def test_one_at_a_time_goes_on_for_the_device_that_was_done(office: Office) -> None:
    plan = planned(office, of_all=True, mode="floating", every=10, unit="day")
    [first], [other] = of(office, plan, "Autoclave"), of(office, plan, "Centrifuge")
    with office.acting("test.complete"):
        said = office.complete(first)
    assert str(TODAY + 10 * DAY) in said
    assert [task.due_on for task in of(office, plan, "Autoclave", "state = 'open'")] == [
        TODAY + 10 * DAY
    ]
    assert [task.id for task in of(office, plan, "Centrifuge")] == [other.id]


def test_what_is_out_has_nothing_due_and_its_gap_has_the_reason(
    office: Office, freeze: Callable[[date], None]
) -> None:
    plan = planned(office, of_all=True, unit="week")
    outage = out(office, "Autoclave", TODAY)
    assert of(office, plan, "Autoclave") == []
    assert len(of(office, plan, "Centrifuge", "state = 'open'")) == 9
    freeze(TODAY + 3 * WEEK + DAY)
    office.do(write_tasks)
    assert not [key for key in due_keys(office) if ":@1:" in key]
    edit_record(office, outage, {"last_on": TODAY + 3 * WEEK - DAY})
    again(office, "Autoclave")
    gap = of(office, plan, "Autoclave", "state = 'skipped'")
    assert [(task.nominal_on, task.reason) for task in gap] == [
        (TODAY + number * WEEK, "at the repair shop") for number in range(3)
    ]
    assert of(office, plan, "Autoclave", "state = 'open'")[0].due_on == TODAY + 3 * WEEK


def test_the_first_date_of_a_gap_may_wait_for_the_return(
    office: Office, freeze: Callable[[date], None]
) -> None:
    plan = planned(office, device_id=1, unit="week")
    outage = out(office, "Autoclave", TODAY + DAY, waits=True)
    back = TODAY + 2 * WEEK + 3 * DAY
    freeze(back)
    edit_record(office, outage, {"last_on": back - DAY})
    again(office, "Autoclave")
    rows = {task.nominal_on: (task.state, task.due_on) for task in tasks(office, plan)}
    assert rows[TODAY] == ("open", TODAY)
    assert rows[TODAY + WEEK] == ("open", back)
    assert rows[TODAY + 2 * WEEK] == ("skipped", TODAY + 2 * WEEK)
    assert rows[TODAY + 3 * WEEK] == ("open", TODAY + 3 * WEEK)


def test_undo_of_a_pause_brings_the_tasks_back(office: Office) -> None:
    plan = planned(office, of_all=True, unit="week")
    before = [task.occurrence for task in tasks(office, plan)]
    out(office, "Autoclave", TODAY)
    assert len(tasks(office, plan)) == len(before) // 2
    undo(office)
    assert [task.occurrence for task in tasks(office, plan)] == before


def test_what_was_done_on_paper_is_typed_in_afterwards(
    office: Office, freeze: Callable[[date], None]
) -> None:
    plan = planned(office, device_id=1, mode="floating", every=30, unit="day", window_after=2)
    freeze(TODAY + 5 * DAY)
    office.forget_facts()
    [task] = tasks(office, plan)
    says = foreseen(office, "core.task.complete", task)
    for part in ("5 days late", str(TODAY + 2 * DAY), str(TODAY + 35 * DAY)):
        assert part in says
    with pytest.raises(Refused, match="in the future"), office.acting("test"):
        office.complete(task, when=office.now() + WEEK)
    when = office.now().replace(hour=9) - 4 * DAY
    with office.acting("test"):
        said = office.complete(task, when=when)
    assert str(TODAY + 31 * DAY) in said
    assert office.get(Task, task.id).done_at == when
