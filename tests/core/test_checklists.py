"""Checklists: answers are kept with the limits of their day, a failed one opens something and blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.core.care_tools import DAY, TODAY, caring, clock_of, kind, planned, tasks

from officeops.core.checklist_records import Answer, Checklist, ChecklistItem
from officeops.core.task_record import Task
from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops.model.exit_codes import DONE, REFUSED, USAGE
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

GOOD = {"Pressure": "30", "Door": "clean", "Light": "pass", "Remark": "as ever"}


@pytest.fixture
def office(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    clock_of(monkeypatch)(TODAY)
    office = caring(office_factory)
    add_record(office, Checklist, {"name": "Round"})
    for values in (
        {"text": "Pressure", "type": "reading", "unit": "psi", "low": 2800, "high": 3200},
        {"text": "Door", "type": "choice", "choices": "clean, worn, torn", "failing": "torn"},
        {"text": "Light", "blocks": True, "on_fail": "care.repair"},
        {"text": "Remark", "type": "text", "required": False},
    ):
        add_record(office, ChecklistItem, {"checklist_id": 1, **values})
    return office


def weekly(office: Office) -> Any:  # noqa: ANN401 - a plan of the plugin
    return planned(office, unit="week", device_id=1, checklist_id=1)


def answer(office: Office, task: Task, **changes: str) -> str:
    given = {text: value for text, value in {**GOOD, **changes}.items() if value}
    with office.acting("core.task.complete"):
        return office.complete(office.get(Task, task.id), given)


def test_answers_are_kept_with_the_limits_of_their_day(office: Office) -> None:
    task = tasks(office, weekly(office))[0]
    answer(office, task, Pressure="33.5", Remark="")
    edit_record(office, office.get(ChecklistItem, 1), {"high": 4000, "text": "Gauge"})
    kept = {one.text: one for one in office.all(Answer, "task_id = ?", task.id)}
    assert set(kept) == {"Pressure", "Door", "Light"}
    pressure = kept["Pressure"]
    assert (pressure.number, pressure.high, pressure.unit, pressure.failed) == (
        3350,
        3200,
        "psi",
        True,
    )
    assert [one.failed for one in (kept["Door"], kept["Light"])] == [False, False]
    assert office.get(Task, task.id).state == "done"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Light": ""}, "needed"),
        ({"Pressure": "high"}, "not-a-number"),
        ({"Door": "gone"}, "unknown-choice"),
        ({"Light": "perhaps"}, "unknown-choice"),
        ({"Roof": "pass"}, "not-found"),
        ({"lig": "pass"}, "given-twice"),
    ],
)
def test_a_task_is_not_done_without_its_answers(
    office: Office, changes: dict[str, str], code: str
) -> None:
    task = tasks(office, weekly(office))[0]
    with pytest.raises(Refused) as refused:
        answer(office, task, **changes)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert office.get(Task, task.id).state == "open"
    assert not list(office.all(Answer))


def test_a_failed_answer_opens_one_record_and_blocks_until_it_passes(office: Office) -> None:
    device = office.get(kind(office, "device"), 1)
    first, second, third = tasks(office, weekly(office))[:3]
    answer(office, first, Light="fail")
    [repair] = list(office.all(kind(office, "repair")))
    assert (repair.about.key, repair.about.id) == ("care.device", 1)
    [opened] = list(office.all(Answer, "failed = 1"))
    assert (opened.opened_key, opened.opened_id) == ("care.repair", repair.id)
    assert [task.id for task in office.blocked(device)] == [first.id]
    answer(office, second, Pressure="99")
    assert not office.blocked(device)
    answer(office, third, Light="no")
    assert [task.id for task in office.blocked(device)] == [third.id]
    undo(office)
    undo(office)
    assert [task.id for task in office.blocked(device)] == [first.id]
    undo(office)
    assert not office.blocked(device)
    assert not list(office.all(kind(office, "repair")))


def stepped(office: Office, verb: str) -> None:
    """Take a transition of the device as it is now."""
    device = office.get(kind(office, "device"), 1)
    [action] = [one for one in office.actions(type(device)) if one.verb == verb]
    office.do(action, device)


def test_a_device_whose_check_failed_is_released_by_no_road(
    office: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third, fourth = tasks(office, weekly(office))[:4]
    stepped(office, "release")
    undo(office)
    undone = last_action(office)
    answer(office, first, Light="fail")
    device: Any = office.get(kind(office, "device"), 1)
    assert refusal(lambda: stepped(office, "release")) == f"{first.human_key} failed"
    assert refusal(lambda: redo(office, undone)) == f"{first.human_key} failed"
    with office.acting("care.repair.add"), pytest.raises(Refused):
        office.edit(device, status="in_use")
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "care")
    assert cli("device", "edit", "Autoclave", "--status", "in_use").code == USAGE
    rows = "name,status\nAutoclave,in_use\n"
    cli("device", "import", "-", "--key", "name", "--update", typed=rows)
    assert office.get(type(device), 1).status == "held"
    # An item that is no longer asked still blocks: nobody has seen it pass.
    archive_record(office, office.get(ChecklistItem, 3))
    answer(office, second, Light="")
    assert refusal(lambda: stepped(office, "release")) == f"{first.human_key} failed"
    unarchive_record(office, office.get(ChecklistItem, 3))
    answer(office, third)
    stepped(office, "release")
    stepped(office, "hold")
    hold = last_action(office)
    answer(office, fourth, Light="fail")
    assert refusal(lambda: undo(office, hold)) == f"{fourth.human_key} failed"
    undo(office)
    undo(office, hold)
    assert office.get(type(device), 1).status == "in_use"


def last_action(office: Office) -> int:
    return int(office.value("SELECT max(id) FROM core_action"))


def refusal(road: Callable[[], object]) -> str:
    """Return the first reason why something is refused."""
    with pytest.raises(Refused) as refused:
        road()
    return str(refused.value.problems[0])


def blocks(office: Office) -> list[str]:
    """List what Today says is blocked."""
    items = [noted.due for noted in office.due_items()]
    return [due.what for due in items if due.key.startswith("core.blocked:")]


def test_today_says_what_a_failed_answer_blocks_until_it_passes(office: Office) -> None:
    first, second, third = tasks(office, weekly(office))[:3]
    answer(office, first, Pressure="99")
    assert blocks(office) == []
    answer(office, second, Light="fail")
    assert blocks(office) == [f"Light failed, which blocks the device Autoclave: T-{second.id}"]
    answer(office, third, Light="fail")
    assert blocks(office) == [f"Light failed, which blocks the device Autoclave: T-{third.id}"]
    undo(office)
    answer(office, third)
    assert blocks(office) == []
    undo(office)
    assert len(blocks(office)) == 1
    with office.acting("care.device.archive"):
        office.archive(office.get(kind(office, "device"), 1))
    assert blocks(office) == []


def test_a_task_that_failed_is_asked_again_until_it_passes(office: Office) -> None:
    first, second = tasks(office, weekly(office))[:2]
    device: Any = office.get(kind(office, "device"), 1)
    [again] = [action for action in office.actions(Task) if action.verb == "repeat"]
    answer(office, first)
    passed = office.get(Task, first.id)
    assert "no question of it failed" in refusal(lambda: office.do(again, passed))
    answer(office, second, Light="fail")
    second = office.get(Task, second.id)
    archive_record(office, office.get(ChecklistItem, 3))
    assert "checklist-item unarchive '#3'" in refusal(lambda: office.do(again, second))
    unarchive_record(office, office.get(ChecklistItem, 3))
    # The plan's own next task may ask it first.
    with office.acting("care.clear"):
        for task in office.all(Task, "state = 'open'"):
            office.skip(task, "Closed")
    repeated: Any = office.do(again, second).record
    assert (repeated.about, repeated.checklist_id, repeated.plan_id) == (second.about, 1, None)
    why = f"{repeated.human_key} asks it again; officeops task complete {repeated.human_key}"
    assert refusal(lambda: office.do(again, second)) == why
    answer(office, repeated)
    assert blocks(office) == []
    assert not office.blocked(device)
    undo(office)
    assert len(blocks(office)) == 1


def test_what_cannot_be_opened_is_refused_or_said(office: Office) -> None:
    with pytest.raises(Refused):
        add_record(
            office, ChecklistItem, {"checklist_id": 1, "text": "x", "on_fail": "care.device"}
        )
    with pytest.raises(Refused):
        add_record(office, ChecklistItem, {"checklist_id": 1, "text": "x", "low": 2, "high": 1})
    add_record(office, ChecklistItem, {"checklist_id": 1, "text": "Floor", "on_fail": "core.task"})
    task = tasks(office, weekly(office))[0]
    answer(office, task, Floor="fail")
    follow_up = office.first(Task, "plan_id IS NULL")
    assert follow_up is not None
    assert (follow_up.due_on, follow_up.about) == (TODAY, task.about)
    assert "Floor" in follow_up.title


@pytest.mark.officeops
def test_answers_by_options(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    clock_of(monkeypatch)(TODAY + DAY)
    for line in (
        ("checklist", "add", "--name", "Opening"),
        ("checklist-item", "add", "--checklist", "Opening", "--text", "Lights"),
        (
            "checklist-item",
            "add",
            "--checklist",
            "Opening",
            "--text",
            "Fridge",
            "--type",
            "reading",
            "--high",
            "46.4",
        ),
        ("task", "add", "Open up", "--due", "today", "--checklist", "Opening"),
    ):
        assert cli(*line).code == DONE, line
    assert cli("task", "complete", "T-1", "--answer", "Lights=pass").code == REFUSED
    assert (
        cli("task", "complete", "T-1", "--answer", "Lights=pass", "--answer", "x=41.5").code
        == REFUSED
    )
    done = cli("task", "complete", "T-1", "--answer", "Lights=pass", "--answer", "Fridge=47")
    assert done.code == DONE, done
    assert "1 failed" in done.err
    rows = cli("answer", "list", "--json").json
    assert {row["text"]: row["failed"] for row in rows} == {"Lights": False, "Fridge": True}
