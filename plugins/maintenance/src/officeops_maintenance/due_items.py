"""What maintenance needs seen to, in the order of its subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_maintenance.calibration.due_calibrations import due_calibrations
from officeops_maintenance.equipment.due_expiry import expiring
from officeops_maintenance.laboratory.due_laboratory import due_laboratory
from officeops_maintenance.loans.borrowed import borrowed
from officeops_maintenance.loans.lent import due_back
from officeops_maintenance.plans.due_plans import due_plans
from officeops_maintenance.readings.due_readings import due_readings
from officeops_maintenance.recalls.decisions import affected, undecided
from officeops_maintenance.sterilizer.due_sterilizers import due_sterilizers
from officeops_maintenance.tickets.due_lines import ticket_lines
from officeops_maintenance.upkeep.out_of_order import out_of_order
from officeops_maintenance.waste.due_waste import due_waste

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Due, Office


def due_items(office: Office, until: date) -> Iterator[Due]:
    """Yield the due items of every subject."""
    yield from ticket_lines(office)
    yield from out_of_order(office)
    yield from expiring(office, until)
    yield from due_readings(office, until)
    yield from due_laboratory(office, until)
    yield from due_sterilizers(office, until)
    yield from undecided(office)
    yield from affected(office)
    yield from borrowed(office, until)
    yield from due_back(office, until)
    yield from due_plans(office, until)
    yield from due_calibrations(office)
    yield from due_waste(office, until)
