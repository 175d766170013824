"""Tried lots: a control says something of the lot that it was run for, and of no other one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason
from officeops_maintenance.laboratory.kits import kits_where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_maintenance.laboratory.control_lot import ControlLot
    from officeops_maintenance.laboratory.lab_kit import LabKit
    from officeops_maintenance.laboratory.lab_test import LabTest

_CONTROL: Final = """
SELECT c.id FROM maintenance_lab_control c
WHERE c.kit_id = ? AND c.archived_at IS NULL AND c.void_because IS NULL ORDER BY c.id LIMIT 1"""

_JUDGED: Final = """
SELECT c.id FROM maintenance_lab_control c
WHERE c.control_lot_id = ? AND c.archived_at IS NULL AND c.void_because IS NULL
ORDER BY c.id LIMIT 1"""

#: Failed controls of a test and level that no later one of their kit followed.
_FAILED: Final = """
SELECT c.id, k.id, c.result FROM maintenance_lab_control c
JOIN maintenance_lab_kit k ON k.id = c.kit_id AND k.archived_at IS NULL AND k.finished_on IS NULL
WHERE k.test_id = ? AND c.level = ? AND c.outcome = 'fail'
AND c.archived_at IS NULL AND c.void_because IS NULL AND NOT EXISTS (
    SELECT 1 FROM maintenance_lab_control n
    WHERE n.kit_id = c.kit_id AND n.level = c.level AND n.archived_at IS NULL
    AND n.void_because IS NULL AND (n.run_at, n.id) > (c.run_at, c.id))
ORDER BY c.id"""
_VOID: Final = "maintenance.lab-control.void"


def of_kit(office: Office, kit: LabKit, before: Mapping[str, Any]) -> str | None:  # noqa: ARG001
    """Return why a kit stays one of its test and lot: a control of it was run."""
    for (number,) in office.rows(_CONTROL, kit.id):
        cure = f"void it first: officeops lab-control void '#{number}' --reason …"
        return Reason(f"cannot be edited, as a control was run; {cure}", code="in-use")
    return None


def of_control(office: Office, lot: ControlLot, before: Mapping[str, Any]) -> str | None:  # noqa: ARG001
    """Return why a control lot keeps its range: a control was judged by it."""
    for (number,) in office.rows(_JUDGED, lot.id):
        cure = (
            f"void it first (officeops lab-control void '#{number}' --reason …), or finish this lot"
        )
        why = "cannot be edited, as a control was judged by it"
        return Reason(f"{why}; {cure} and add it with the other range", code="in-use")
    return None


def in_log(office: Office, kit: LabKit) -> str | None:
    """Return why a kit stays in the lists: its controls count for its lot."""
    if office.rows(_CONTROL, kit.id):
        return Reason("its controls are part of the log; finish it instead", code="in-use")
    return None


def of_test(office: Office, test: LabTest, before: Mapping[str, Any]) -> str | None:
    """Return why a test keeps its item: the lot of a kit whose controls did not pass is of it."""
    if before["item_id"] is None:
        return None
    for now in kits_where(office, "t.test_id = ?", test.id):
        # Without any control, the kit itself may have been entered for the wrong test.
        if now.is_blocked and office.rows(_CONTROL, now.kit.id):
            why = f"cannot be edited, as the controls of {now.name} did not pass"
            return Reason(f"{why}; run them, or void them", code="in-use")
    return None


def lets_pass(office: Office, lot: ControlLot) -> str | None:
    """Return why a person may not enter the range of a control lot: a failed result would pass by it.

    A person who may take that control out of the count may enter it.
    """
    if office.may(_VOID):
        return None
    for number, kit_id, result in office.rows(_FAILED, lot.test_id, lot.level):
        if lot.outcome(result) == "pass":
            failed = f"control #{number} of LK-{kit_id} failed with {result}, which it lets pass"
            who = "a person who may void controls enters it"
            return Reason(f"{failed}; {who}", code="contradicts-record")
    return None
