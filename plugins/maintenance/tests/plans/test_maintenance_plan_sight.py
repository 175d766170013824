"""Who may see no tasks learns nothing of them from a plan, by no road."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.plans.plan_tools import planned, units

from officeops.access.actions import admit
from officeops.access.permissions import permissions
from officeops.access.role_actions import make_role
from officeops.office.crud import add_record

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


@pytest.fixture
def plan(office: Office) -> str:
    """A plan of an extinguisher, with a task that is open."""
    planned(office, category_id=units(office, "Hall"))
    return "PL-1"


def looker(office: Office, *patterns: str) -> str:
    make_role(office, "looker", ["maintenance.plan.view", "maintenance.plan.export", *patterns])
    admit(office, "kim", ["looker"])
    return "kim"


def test_a_reader_without_sight_of_tasks_sees_plans_without_their_dates(
    office: Office, cli: Cli, plan: str
) -> None:
    login = looker(office)
    [row] = cli("plan", "list", "--json", login=login).json
    assert row["title"] == "Look it over"
    assert row.get("next_on") is None
    assert "2026-03-02" not in cli("plan", "show", plan, "--columns", "next", login=login).out
    for asked in (("--where", "next_on=2026-03-02"), ("--sort", "next_on")):
        refused = cli("plan", "list", *asked, "--json", login=login)
        assert refused.code != 0
        assert refused.out == ""
    exported = cli("plan", "export", "-", login=login)
    assert exported.code == 0
    heads = exported.out.splitlines()[0].split(",")
    assert "first_on" in heads
    assert not {"next_on", "last_done"} & set(heads)


def test_a_reader_of_tasks_sees_the_dates(office: Office, cli: Cli, plan: str) -> None:
    login = looker(office, "core.task.view", "maintenance.equipment.view")
    [row] = cli("plan", "list", "--json", login=login).json
    assert row["next_on"] == "2026-03-02"
    assert "2026-03-02" in cli("plan", "show", plan, login=login).out


def test_nobody_completes_by_hand_what_another_record_completes(office: Office, cli: Cli) -> None:
    vendor = add_record(office, office.record("vendors.vendor"), {"name": "Bright"})
    # A plan with a vendor is a visit, of whichever sort it is.
    units(office, "Hall")
    planned(office, title="Filters", vendor_id=vendor.id, equipment_id=1)
    sight = ["core.task.view", "core.task.complete", "maintenance.equipment.view"]
    make_role(office, "worker", sight)
    admit(office, "lee", ["worker"])
    assert cli("plan", "list", login="lee").code != 0
    for ran in (cli("task", "complete", "T-1", login="lee"), cli("task", "complete", "T-1")):
        assert "officeops task came" in ran.err
        assert ran.code == 1


def test_to_guard_a_field_by_tasks_raises_the_level_of_no_permission(office: Office) -> None:
    known = permissions(office.plugins, office.records.values())
    levels = {one.name: one.level for one in known}
    assert levels["core.task.view"] == "read"
    assert levels["core.task.edit"] == "work"
