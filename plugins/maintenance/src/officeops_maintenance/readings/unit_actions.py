"""Actions on monitored units: the reason of a gap, and the office's word on the usual limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Outcome, Reason, Refused, action, param
from officeops.values import wording
from officeops_maintenance.readings.gap_reason import GapReason
from officeops_maintenance.readings.gaps import unexplained
from officeops_maintenance.readings.log_tasks import close_explained

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit


@action("maintenance.monitored-unit.explain", bulk=True)
def explain(
    office: Office,
    unit: MonitoredUnit,
    reason: str = param(help="Why nobody read it", example="Closed for vacation"),
    until: date | None = param(  # noqa: B008 - a declaration
        default=None, help="The last day of the gap. [default: today]"
    ),
) -> Outcome:
    """Say why readings are missing, once for all of them; the log keeps the gaps, with the reason."""
    slots = unexplained(office, unit, until)
    if not slots:
        raise Refused("no reading is missing without a reason", unit.name, code="nothing-to-do")
    first, last = slots[0], slots[-1]
    kept = office.add(
        GapReason(
            unit_id=unit.id,
            first_on=first.day,
            first_slot=first.half,
            last_on=last.day,
            last_slot=last.half,
            missed=len(slots),
            reason=reason,
        )
    )
    close_explained(office, unit, last.day, reason)
    count = wording.count(len(slots), "missing reading")
    span = first.text if first == last else f"{first.text} to {last.text}"
    return Outcome(kept, f"{unit.name}: {count} explained, {span}.")


def _is_confirmed(office: Office, unit: MonitoredUnit) -> str | None:
    if not unit.limits(office).source:
        return Reason("its limits are the office's own", code="nothing-to-do")
    if unit.limits_confirmed_by:
        return Reason(f"{unit.limits_confirmed_by} confirmed them", code="nothing-to-do")
    return None


@action("maintenance.monitored-unit.confirm-limits", unless=_is_confirmed, bulk=True)
def confirm_limits(office: Office, unit: MonitoredUnit) -> str:
    """Confirm that the usual limits of its sort are right for this unit and what it keeps."""
    limits = unit.limits(office)
    office.edit(unit, managed=True, limits_confirmed_by=office.actor)
    return f"{unit.name}: {limits.words(office.ways)} confirmed ({limits.source})."


ACTIONS: list[Action[..., Any]] = [explain, confirm_limits]
