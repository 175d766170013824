"""Visits: who is expected, who came and what they did, and who did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.plans.plan_tools import DAY, TODAY, do, due, planned, tasks

from officeops import Task
from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record
from officeops_maintenance.plans.visit import Visit

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_maintenance.plans.plan import Plan


@pytest.fixture
def cleaning(office: Office) -> Plan:
    add_record(office, office.record("vendors.vendor"), {"name": "Bright"})
    return planned(office, title="Cleaning", sort="visit", vendor_id=1, unit="day", days_late=0)


def test_who_came_completes_the_task_and_uses_stock(office: Office, cleaning: Plan) -> None:
    item = add_record(
        office, office.record("inventory.item"), {"sku": "TWL", "name": "Paper towels"}
    )
    place = add_record(office, office.record("core.location"), {"name": "Storeroom"})
    do(office, item, "receive", quantity=5, location_id=place.id)
    task = tasks(office, cleaning)[0]
    said = do(office, task, "came", done="Floors", used="Paper towels=2")
    assert "they came" in said
    [visit] = office.all(Visit)
    assert (visit.state, visit.done, visit.vendor_id) == ("came", "Floors", 1)
    assert visit.used == "2 each Paper towels"
    assert office.get(Task, task.id).state == "done"
    with pytest.raises(Refused, match="officeops visit reopen VI-1"):
        archive_record(office, visit)
    assert office.value("SELECT sum(quantity) FROM inventory_stock") == 3
    undo(office)
    assert list(office.all(Visit)) == []
    assert office.get(Task, task.id).state == "open"
    assert office.value("SELECT sum(quantity) FROM inventory_stock") == 5


def test_who_did_not_come_leaves_a_reason_or_another_day(office: Office, cleaning: Plan) -> None:
    first, second = tasks(office, cleaning)[:2]
    do(office, first, "not-came", reason="their van broke down")
    assert office.get(Task, first.id).reason == "they did not come: their van broke down"
    do(office, second, "not-came", reason="snow", again_on=TODAY + 2 * DAY)
    assert office.get(Task, second.id).state == "open"
    assert [visit.state for visit in office.all(Visit)] == ["not_came", "not_came", "expected"]
    do(office, office.get(Task, second.id), "came")
    assert [visit.state for visit in office.all(Visit)] == ["not_came", "not_came", "came"]


def test_what_is_no_visit_says_so(office: Office) -> None:
    plan = planned(office)
    with pytest.raises(Refused, match="its plan has no vendor"):
        do(office, tasks(office, plan)[0], "came")


def test_today_says_whom_to_call_and_who_is_expected(office: Office) -> None:
    add_record(office, office.record("vendors.vendor"), {"name": "Acme"})
    plan = planned(
        office, title="HVAC filter", vendor_id=1, first_on=TODAY + 10 * DAY, leads="14 3"
    )
    assert f"HVAC filter is due on {TODAY + 10 * DAY}: call Acme" in due(office)
    task = tasks(office, plan)[0]
    given = {"purpose": "Filter", "expected_on": TODAY, "task_id": task.id}
    add_record(office, Visit, given)
    assert not [line for line in due(office) if line.startswith("HVAC")]
    add_record(office, Visit, {"purpose": "ECG", "vendor_id": 1, "expected_on": TODAY})
    assert "Expected: ECG (Acme)" in due(office)
