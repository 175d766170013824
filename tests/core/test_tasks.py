"""Tasks of people: added by a line, done, signed by another, skipped; who sees them, and what Today costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.core.care_tools import DAY, TODAY, caring, clock_of, kind, planned, tasks

from officeops.access.actions import admit
from officeops.core import task_due
from officeops.core.plan_dates import latest_of
from officeops.core.task_record import Task
from officeops.history.undo import redo, undo
from officeops.model.errors import NotFound, Refused
from officeops.model.exit_codes import DONE, REFUSED, USAGE
from officeops.office.crud import add_record
from officeops.office.office import Office

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory


@pytest.fixture
def office(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    clock_of(monkeypatch)(TODAY)
    return caring(office_factory)


def open_as(office: Office, user: str) -> Office:
    return Office(office.path, office.plugins, office.machine, user=user)


def act(office: Office, verb: str, task: Task, **given: object) -> None:
    [action] = [one for one in office.actions(Task) if one.verb == verb]
    office.do(action, office.get(Task, task.id), **given)  # type: ignore[arg-type] # its fields


@pytest.mark.officeops
def test_a_line_adds_a_task_without_any_plugin(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    clock_of(monkeypatch)(TODAY)
    assert cli("task", "add", "Call the landlord", "--due", "fri", "--owner", "dana").code == DONE
    [task] = cli("task", "list", "--view", "open", "--json").json
    assert (task["title"], task["due_on"], task["owner"]) == (
        "Call the landlord",
        "2026-03-06",
        "dana",
    )
    assert not cli("today", "--json").json
    [item] = cli("today", "--until", "fri", "--json").json
    assert (item["key"], item["owner"]) == ("core.task:1", "dana")
    assert cli("task", "complete", "T-1").code == DONE
    assert not cli("today", "--until", "fri", "--json").json
    assert cli("task", "skip", "T-1", "--reason", "x").code == REFUSED
    assert cli("undo").code == DONE
    assert cli("task", "edit", "T-1", "--due", "tomorrow").code == DONE
    assert cli("task", "add", "One", "--title", "Other", "--due", "fri").code == USAGE
    assert cli("task", "add", "--due", "fri").code == USAGE


def test_a_second_person_signs(office: Office) -> None:
    plan = planned(office, needs_second_sign=True)
    task = tasks(office, plan)[0]
    for name in ("ben", "cyd"):
        admit(office, name, ["clerk"])
    with open_as(office, "ben") as ben, open_as(office, "cyd") as cyd:
        act(ben, "complete", task)
        [waiting] = office.due_items()
        assert (waiting.due.key, waiting.due.action) == (task.occurrence, "sign")
        with pytest.raises(Refused) as refused:
            act(ben, "sign", task)
        assert refused.value.problems[0].code == "same-person"
        act(cyd, "sign", task)
        assert not office.due_items()
        undo(cyd)
        redo(cyd)
    signed = office.get(Task, task.id)
    assert (signed.state, signed.done_by, signed.signed_by) == ("signed", "ben", "cyd")
    other = tasks(office, planned(office))[0]
    act(office, "complete", other)
    with pytest.raises(Refused):
        act(office, "sign", other)


def test_a_missed_task_waits_for_a_reason(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(office, unit="week", window_after=1)
    clock_of(monkeypatch)(TODAY + 9 * DAY)
    office.forget_facts()
    first, second = tasks(office, plan)[:2]
    missed = dict(
        office.rows("SELECT id, state FROM core_task WHERE id IN (?, ?)", first.id, second.id)
    )
    assert missed == {first.id: "open", second.id: "open"}
    assert office.among(Task, "missed=yes", [first.id, second.id]) == [first.id, second.id]
    assert {noted.due.action for noted in office.due_items()} == {"complete or explain"}
    act(office, "explain", first, reason="The office was closed")
    act(office, "complete", second)
    assert [office.get(Task, one.id).state for one in (first, second)] == ["missed", "done"]
    assert not office.due_items()
    with pytest.raises(Refused) as refused:
        act(office, "explain", tasks(office, plan)[2], reason="x")
    assert refused.value.problems[0].code == "wrong-state"


def test_people_see_the_tasks_of_the_records_within_their_reach(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit(office, "ben", ["clerk"])
    ben_id = office.value("SELECT id FROM core_user WHERE login = 'ben'")
    add_record(office, kind(office, "device"), {"name": "Centrifuge", "keeper_id": ben_id})
    far, near = (planned(office, unit="week", device_id=device) for device in (1, 2))
    add_record(office, Task, {"title": "Water", "due_on": TODAY})
    out_of_reach = tasks(office, far)[0]
    with open_as(office, "ben") as ben:
        assert {task.plan_id for task in ben.all(Task)} == {near.id, None}
        titles = {title for (title,) in ben.rows("SELECT title FROM core_task")}
        assert titles == {"Spore test: Centrifuge", "Water"}
        with pytest.raises(NotFound):
            act(ben, "complete", out_of_reach)
        # Also those that no job has written: the plan of the other device is there for all.
        for later in (0, 400):
            clock_of(monkeypatch)(TODAY + later * DAY)
            ben.forget_facts()
            office.forget_facts()
            keys = {noted.due.key for noted in ben.due_items()}
            every = {noted.due.key for noted in office.due_items()}
            assert keys == {key for key in every if not key.startswith(f"care.plan:{far.id}:")}
            assert len(keys) > later // 7
        key = f"care.plan:{near.id}:{TODAY + 399 * DAY}"
        ben.mark_seen([key])
        assert [noted.seen for noted in ben.due_items() if noted.due.key == key] == [True]


def test_today_asks_as_much_for_many_tasks_as_for_few(office: Office) -> None:
    planned(office, unit="week")
    db = office.store.db

    def asked() -> int:
        statements: list[str] = []
        db.set_trace_callback(statements.append)
        office.due_items()
        db.set_trace_callback(None)
        return len(statements)

    asked()  # the facts and the hours of the office are read once
    few = asked()
    rows = [{"title": f"Task {number}", "due_on": TODAY.isoformat()} for number in range(500)]
    with office.acting("test.add"):
        office.add_many(Task, rows)
    assert len(office.due_items()) == 501
    assert asked() == few
    for where, values in ((task_due._OPEN, (TODAY.isoformat(),)), (task_due._TO_SIGN, ())):
        plan = office.rows(f"EXPLAIN QUERY PLAN SELECT * FROM core_task WHERE {where}", *values)
        assert any("core_task_state_second_sign_due_on" in row[3] for row in plan)
        assert not any("SCAN" in row[3] for row in plan)
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    latest_of(office, kind(office, "plan"))
    db.set_trace_callback(None)
    steps = office.rows(f"EXPLAIN QUERY PLAN {statements[-1]}")
    assert not any(row[3].startswith("SCAN") and "core_task" in row[3] for row in steps)
