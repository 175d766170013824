"""A range by which a failed control would pass is entered by a person who may void controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.laboratory.conftest import GOOD
from tests.access.access_tools import open_as

from officeops.access.actions import admit
from officeops.model.errors import Refused
from officeops.office.crud import add_record, edit_record
from officeops_maintenance.laboratory.booking import book_controls
from officeops_maintenance.laboratory.control_lot import ControlLot
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_kit import LabKit

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_maintenance.laboratory.lab_test import LabTest


def fail(office: Office, test: LabTest) -> LabKit:
    """Run a control of level 1 that shows 1.50, where 0.80 to 1.20 is expected."""
    with office.acting("test.kit"):
        kit = office.add(LabKit(test_id=test.id, number="S1", expires_on=GOOD))
    lot = office.first(ControlLot, "level = '1'")
    assert lot is not None
    control = LabControl(
        kit_id=kit.id,
        day=office.today,
        run_at=office.now(),
        level="1",
        control_lot_id=lot.id,
        result="1.5",
        expected=lot.expected(office),
        outcome=lot.outcome("1.5"),
    )
    with office.acting("maintenance.controls.record"):
        list(book_controls(office, kit, [control]))
    assert control.outcome == "fail"
    return kit


def test_staff_enter_no_range_that_a_failed_result_passes(office: Office, inr: LabTest) -> None:
    fail(office, inr)
    admit(office, "sam", ["clerk"])
    facts = {"test_id": inr.id, "level": "1", "expires_on": GOOD, "low": 70}
    with open_as(office, "sam") as sam:
        with pytest.raises(Refused, match=r"failed with 1\.5, which it lets pass; a person who"):
            add_record(sam, ControlLot, {**facts, "number": "1b", "high": 160})
        lot = add_record(sam, ControlLot, {**facts, "number": "1c", "high": 130})
        with pytest.raises(Refused, match="lets pass"):
            edit_record(sam, lot, {"high": 150})
        # The other level did not fail, and a lot may be finished.
        two = {**facts, "level": "2", "number": "2b", "high": 500}
        add_record(sam, ControlLot, two)
        edit_record(sam, sam.get(ControlLot, lot.id), {"finished_on": sam.today})
    manager = add_record(office, ControlLot, {**facts, "number": "1d", "high": 160})
    with open_as(office, "sam") as sam:
        edit_record(sam, sam.get(ControlLot, manager.id), {"finished_on": sam.today})
