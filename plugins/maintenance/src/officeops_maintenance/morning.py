"""What maintenance says in the huddle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_maintenance.calibration.due_calibrations import in_doubt
from officeops_maintenance.contracts.morning_contracts import ending_soon
from officeops_maintenance.laboratory.due_laboratory import kits_not_to_use
from officeops_maintenance.plans.due_plans import visitors
from officeops_maintenance.readings.due_readings import do_not_use
from officeops_maintenance.recalls.morning_recalls import undecided_units
from officeops_maintenance.sterilizer.due_sterilizers import loads_in_doubt
from officeops_maintenance.tickets.waiting_lines import waiting_for_vendors
from officeops_maintenance.upkeep.out_of_order import morning_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import HuddleLine, Office


def lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the lines of the huddle: things out of order or not to use, visitors and notices."""
    yield from morning_lines(office)
    yield from waiting_for_vendors(office)
    yield from undecided_units(office)
    yield from in_doubt(office)
    yield from do_not_use(office)
    yield from kits_not_to_use(office)
    yield from loads_in_doubt(office)
    yield from visitors(office)
    yield from ending_soon(office)
