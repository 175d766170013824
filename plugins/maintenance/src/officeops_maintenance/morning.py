"""What maintenance says in the huddle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_maintenance.calibration.due_calibrations import in_doubt
from officeops_maintenance.laboratory.due_laboratory import kits_not_to_use
from officeops_maintenance.plans.due_plans import visitors
from officeops_maintenance.readings.due_readings import do_not_use
from officeops_maintenance.sterilizer.due_sterilizers import loads_in_doubt
from officeops_maintenance.upkeep.out_of_order import morning_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import HuddleLine, Office


def lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the lines of the huddle: things out of order or not to use, and visitors."""
    yield from morning_lines(office)
    yield from in_doubt(office)
    yield from do_not_use(office)
    yield from kits_not_to_use(office)
    yield from loads_in_doubt(office)
    yield from visitors(office)
