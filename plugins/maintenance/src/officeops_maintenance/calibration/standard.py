"""Reference standards: what units are compared with, and whether they may be used on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import ExpiringDocument, ExpiryRules, field, ref
from officeops_maintenance.calibration.calibration import latest
from officeops_maintenance.calibration.plan_task import next_on
from officeops_maintenance.equipment.choosing import refuse_unusable
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from officeops import Office

STANDARD: Final = "maintenance.reference-standard"


class ReferenceStandard(
    ExpiringDocument,
    key=STANDARD,
    label="Reference standard",
    prefix="RS",
    display="name",
    sort="name",
    also=("test weight", "reference thermometer"),
):
    """A weight or a thermometer that units are compared with.

    Its number is that of its certificate.
    """

    name: str = field(
        search=True,
        list_rank=1,
        also=("reference standard", "standard"),
        example="Test weight 20 kg",
    )
    equipment_id: int | None = ref(
        "maintenance.equipment",
        default=None,
        list_rank=5,
        help="Where it is a unit itself, whose calibrations and plan say when it is due",
    )
    note: str | None = field(kind="long_text", default=None, hidden=True)

    terms = ExpiryRules(leads=(60, 30))

    def added(self, office: Office) -> Iterable[str]:
        """Refuse a unit that nobody may use; its renewal may come back before the unit does."""
        if self.replaces_id is None:
            refuse_unusable(office, self.equipment_id, "equipment")
        return super().added(office)

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Do so where another one is chosen."""
        if "equipment_id" in before:
            refuse_unusable(office, self.equipment_id, "equipment")
        return super().edited(office, before)

    def __str__(self) -> str:
        return f"{self.human_key} {self.name}"


def due_on(office: Office, standard_id: int) -> date | None:
    """Return until when a standard is good: by its certificate, else by the plan of its unit."""
    standard = office.get(ReferenceStandard, standard_id)
    # The plan is the one home of the next date; a certificate from elsewhere has its own.
    if standard.expires_on or standard.equipment_id is None:
        return standard.expires_on
    return next_on(office, standard.equipment_id)


def fault(
    office: Office,
    standard_id: int,
    day: date,
) -> str:
    """Say why a standard may not be used on a day; blank where it may.

    An unknown date is no good one.
    """
    standard = office.get(ReferenceStandard, standard_id)
    if standard.held_because:
        return f"is suspended: {standard.held_because}"
    if standard.equipment_id is not None and (why := _unit_fault(office, standard.equipment_id)):
        return why
    due = due_on(office, standard_id)
    if due is None:
        return "has no day on which it is due"
    return f"was due on {due}" if due < day else ""


def _unit_fault(office: Office, unit_id: int) -> str:
    """Say why the unit that is a standard may not be used."""
    unit = office.get(Equipment, unit_id)
    if unit.status in {*DOWN, "retired"}:
        return f"is {unit.human_key}, which is {unit.status.replace('_', ' ')}"
    # Still out of tolerance, or repaired and not compared since: neither is a standard.
    last = latest(office, unit_id)
    if last is not None and last.state == "failed":
        return f"is {unit.human_key}, which failed in {last.human_key}"
    return ""
