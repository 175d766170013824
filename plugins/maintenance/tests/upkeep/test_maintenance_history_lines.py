"""What happened to a unit: each kind of thing, on its day, and nothing that is still to come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from officeops.core.task_record import Task
from officeops.model.about import Subject
from officeops.office.record_page import page_of
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.sterilizer.reading import read
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def happened(office: Office, unit: Equipment) -> str:
    return str([section.lines for section in page_of(office, unit)])


def test_a_spore_failure_and_an_excursion_are_in_the_history(office: Office) -> None:
    with office.acting("test.setup"):
        unit = office.add(Equipment(name="Autoclave", spore_procedure="cdc_2008"))
        log = office.add(MonitoredUnit(name="Log", equipment_id=unit.id))
        office.add(Excursion(unit_id=log.id, started_at=office.now(), verdict="too_warm"))
        test = office.add(SporeTest(equipment_id=unit.id))
    office.do(read, test, test_vial="growth", control_vial="growth")
    lines = happened(office, office.get(Equipment, unit.id))
    assert "SF-1 positive spore test" in lines
    assert "EX-1 too warm, open" in lines


def test_a_skipped_date_to_come_has_not_happened(office: Office) -> None:
    with office.acting("test.setup"):
        unit = office.add(Equipment(name="Scale"))
        about: Any = Subject("maintenance.equipment", unit.id)
        for days in (-3, 30):
            day = office.today + timedelta(days=days)
            office.add(Task(title=f"Check {days}", due_on=day, about=about, state="skipped"))
    lines = happened(office, unit)
    assert "Check -3" in lines
    assert "Check 30" not in lines


def test_the_page_says_whom_to_call(cli: Cli, office: Office) -> None:
    assert office.today
    cli("vendor", "add", "--name", "MedTech", "--phone", "512-555-0102")
    cli("equipment", "add", "--name", "ECG", "--vendor", "MedTech")
    shown = cli("equipment", "show", "EQ-1").out
    assert "Call: MedTech" in shown
    assert "555-0102" in shown
