"""Undo is no road around a manager: a clerk takes nothing back by which something is not used."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

import pytest
from tests.access.access_tools import open_as

from officeops import Lifecycle
from officeops.access.actions import admit
from officeops.access.roles import known
from officeops.core.checklist_records import ChecklistItem
from officeops.core.task_record import LIFE, Task
from officeops.history.undo import undo
from officeops.model.errors import Forbidden
from officeops.office.crud import add_record, edit_record
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import EQUIPMENT
from officeops_maintenance.equipment.return_check import test as start_test
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.model.lifecycle.transition import Transition
    from officeops.office.office import Office

#: A ticket that a clerk reopened is closed again as a manager closed it.
_FREE: Final = {("maintenance.ticket", "assigned")}


def take_out(clerk: Office, unit: Equipment) -> None:
    clerk.do(EQUIPMENT.action(Equipment, "take-out"), unit, reason="Smoke")


def report(clerk: Office, unit: Equipment) -> None:
    add_record(clerk, Ticket, {"title": "Smoke", "equipment_id": unit.id, "unsafe": True})


def fail(clerk: Office, unit: Equipment) -> None:
    calibration = add_record(clerk, Calibration, {"equipment_id": unit.id})
    life = Calibration.life
    assert isinstance(life, Lifecycle)
    clerk.do(life.action(Calibration, "fail"), calibration, reason="2 lb off")


@pytest.mark.parametrize("fault", [take_out, report, fail])
def test_a_clerk_reports_a_fault_and_a_manager_alone_takes_it_back(
    office: Office,
    fault: Callable[[Office, Equipment], None],
) -> None:
    unit = add_record(office, Equipment, {"name": "Scale"})
    admit(office, "kim", ["clerk"])
    admit(office, "mo", ["manager"])
    with open_as(office, "kim") as clerk:
        fault(clerk, unit)
        with pytest.raises(Forbidden, match="officeops undo"):
            undo(clerk)
    number = office.value("SELECT max(id) FROM core_action")
    assert office.get(Equipment, unit.id).status == "out_of_service"
    with open_as(office, "mo") as manager:
        undo(manager, number)
    assert office.get(Equipment, unit.id).status == "in_service"


@pytest.mark.parametrize(("answer", "is_refused"), [("fail", True), ("pass", False)])
def test_a_failed_answer_that_keeps_a_unit_out_is_answered_again_and_not_undone(
    office: Office,
    autoclave: Equipment,
    answer: str,
    is_refused: bool,  # noqa: FBT001
) -> None:
    [item] = office.all(ChecklistItem)
    edit_record(office, item, {"blocks": True})
    take_out(office, autoclave)
    office.do(start_test, office.get(Equipment, autoclave.id))
    admit(office, "kim", ["clerk"])
    with open_as(office, "kim") as clerk:
        [task] = clerk.all(Task)
        clerk.do(LIFE.action(Task, "complete"), task, answer=f"{item.text}={answer}")
        refused = pytest.raises(Forbidden, match="take-back")
        with refused if is_refused else nullcontext():
            undo(clerk)


@pytest.fixture
def levels(office: Office) -> dict[str, str]:
    return {name: permission.level for name, permission in known(office).items()}


def _ways_back(life: Lifecycle, step: Transition) -> Iterator[str]:
    """Yield the steps that lead back to where a step came from."""
    for back in life.transitions.values():
        if step.to in back.sources and back.to in step.sources:
            yield back.verb


def test_what_a_manager_alone_releases_no_undo_of_a_clerk_does(
    office: Office,
    levels: dict[str, str],
) -> None:
    checked = 0
    for key, kind in office.records.items():
        life = kind.life
        if not isinstance(life, Lifecycle):
            continue
        for step in life.transitions.values():
            backs = {levels.get(f"{key}.{verb}") for verb in _ways_back(life, step)}
            is_of_staff = levels.get(f"{key}.{step.verb}") == "work"
            if not is_of_staff or backs != {"manage"} or (key, step.to) in _FREE:
                continue
            checked += 1
            assert kind.upheld is not None, (key, step.verb)
            assert step.to in kind.upheld.values
    assert checked > len(_FREE)


def test_each_permission_that_an_undo_needs_is_one_of_managers(
    office: Office,
    levels: dict[str, str],
) -> None:
    kinds = office.records.values()
    needs = [kind.upheld.needs for kind in kinds if kind.upheld is not None]
    assert needs
    assert {levels[name] for name in needs} == {"manage"}
