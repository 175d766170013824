"""Kept gaps: another setting of a log leaves no reading out of it that is missing without a reason."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Any

from officeops import Problem, Refused
from officeops.values import wording
from officeops_maintenance.readings.gaps import unexplained

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

#: By which a log asks for readings. Other equipment has downtimes of its own, which are reasons.
ASKED_BY = ("first_on", "first_half", "twice", "shows_range")


def refuse_lost(
    office: Office,
    unit: MonitoredUnit,
    before: Mapping[str, Any],
) -> None:
    """Raise Refused where a unit's log asks no more for readings that nobody made, nor explained."""
    changed = [name for name in ASKED_BY if name in before]
    if not changed:
        return
    was = copy(unit)
    was.__dict__.update({name: before[name] for name in changed})
    if isinstance(was.first_on, str):
        was.first_on = date.fromisoformat(was.first_on)
    asked = {slot.text for slot in unexplained(office, unit)}
    lost = [slot for slot in unexplained(office, was) if slot.text not in asked]
    if lost:
        count = wording.count(len(lost), "missing reading")
        cure = f"say why first: officeops monitored-unit explain '{unit.name}' --reason …"
        why = f"would leave {count} out of the log; {cure}"
        raise Refused([Problem(why, changed[0], code="in-use")], unit.name)
