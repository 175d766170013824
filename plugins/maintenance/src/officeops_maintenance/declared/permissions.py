"""The permissions of maintenance that do not follow from its records."""

from __future__ import annotations

from typing import Final

from officeops import Permission
from officeops_maintenance.tickets.life import MARK_ANY

PERMISSIONS: Final = [
    # A manager answers for what goes back to patients, and for what leaves for good.
    Permission("maintenance.equipment.return", "Return equipment to service.", "manage"),
    Permission("maintenance.equipment.retire", "Retire equipment.", "manage"),
    Permission("maintenance.equipment.reinstate", "Bring equipment back.", "manage"),
    Permission("maintenance.equipment.add", "Add equipment.", "manage"),
    Permission("maintenance.equipment.edit", "Edit equipment.", "manage"),
    Permission("maintenance.equipment-category.add", "Add categories.", "manage"),
    Permission("maintenance.equipment-category.edit", "Edit categories.", "manage"),
    Permission("maintenance.contract.add", "Add service contracts.", "manage"),
    Permission("maintenance.contract.edit", "Edit service contracts.", "manage"),
    Permission("maintenance.recall.add", "Add recalls.", "manage"),
    Permission("maintenance.recall.edit", "Edit recalls.", "manage"),
    Permission("maintenance.recall-candidate.affected", "Decide on recalls.", "manage"),
    Permission("maintenance.recall-candidate.not-affected", "Decide on recalls.", "manage"),
    Permission("maintenance.recall-candidate.remedy", "Note the remedy of a recall.", "manage"),
    Permission("maintenance.plan.add", "Add plans.", "manage"),
    Permission("maintenance.plan.edit", "Edit plans.", "manage"),
    Permission("maintenance.plan.confirm", "Confirm the interval of a plan.", "manage"),
    Permission("maintenance.plan-from-template", "Add plans from templates.", "manage"),
    Permission("maintenance.walk-through", "Type in the answers of a walk-through.", "work"),
    Permission("maintenance.ticket.verify", "Verify a repair.", "manage"),
    Permission("maintenance.ticket.close", "Close a ticket.", "manage"),
    Permission("maintenance.ticket.reject", "Reject a report.", "manage"),
    Permission(MARK_ANY, "Mark the reports of others as duplicates.", "manage"),
    Permission("maintenance.ticket.cancel", "Cancel a ticket.", "manage"),
    # A manager answers for the limits, and for what may be used after an excursion.
    Permission("maintenance.temperatures.open", "Open temperature logs.", "read"),
    Permission("maintenance.temperatures.record", "Book temperatures.", "work"),
    Permission("maintenance.monitored-unit.add", "Add monitored units.", "manage"),
    Permission("maintenance.monitored-unit.edit", "Edit monitored units.", "manage"),
    Permission("maintenance.monitored-unit.confirm-limits", "Confirm the usual limits.", "manage"),
    Permission("maintenance.temperature-reading.correct", "Correct temperatures.", "manage"),
    Permission("maintenance.excursion.close", "Close an excursion.", "manage"),
    Permission("maintenance.excursion.withdraw", "Withdraw an excursion.", "manage"),
    Permission("maintenance.held-lot.release", "Release a lot after an excursion.", "manage"),
    Permission("maintenance.held-lot.discard", "Discard a lot after an excursion.", "manage"),
    # Staff enter what a certificate says; a manager answers for what that puts in doubt.
    Permission("maintenance.calibrate.open", "Enter calibrations in one line.", "work"),
    Permission(
        "maintenance.calibration.review", "Say what becomes of measurements in doubt.", "manage"
    ),
    Permission("maintenance.calibration.withdraw", "Withdraw a calibration.", "manage"),
    Permission("maintenance.reference-standard.add", "Add reference standards.", "manage"),
    Permission("maintenance.reference-standard.edit", "Edit reference standards.", "manage"),
    # A manager answers for the menu, and for which controls count.
    Permission("maintenance.controls.record", "Book controls of tests.", "work"),
    Permission("maintenance.lab-test.add", "Add tests to the menu.", "manage"),
    Permission("maintenance.lab-test.edit", "Edit the menu of tests.", "manage"),
    Permission("maintenance.lab-test.confirm", "Confirm the rules of a test.", "manage"),
    Permission("maintenance.lab-test-from-list", "Add tests from the list.", "manage"),
    Permission("maintenance.lab-control.void", "Take a control out of the count.", "manage"),
    # A manager answers for a sterilizer that goes back to patients, and a named person for recalls.
    Permission("maintenance.sterilization.open", "Open the sheet of loads.", "read"),
    Permission("maintenance.sterilization.record", "Book loads of sterilizers.", "work"),
    Permission("maintenance.spore-test.withdraw", "Withdraw a spore test.", "manage"),
    Permission(
        "maintenance.sterilizer-failure.release", "Return a sterilizer to service.", "manage"
    ),
    Permission("maintenance.sterilizer-failure.withdraw", "Withdraw a failure.", "manage"),
    Permission(
        "maintenance.sterilizer-failure.decide-recall", "Enter the decision on a recall.", "manage"
    ),
    Permission(
        "maintenance.sterilizer-load.decide-recall",
        "Enter the decision on a load's recall.",
        "manage",
    ),
]
