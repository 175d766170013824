"""Certificates: whether a calibration needs one before it can pass, and whether it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason, Task
from officeops_maintenance.calibration.calibration import latest
from officeops_maintenance.calibration.tolerance import OUT
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.papers import newest_paper, why_no_paper
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.task_visits import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_maintenance.calibration.calibration import Calibration

_PLANS: Final = """
sort = 'calibration' AND needs_certificate AND (equipment_id = ?1 OR category_id = ?2)
"""
#: A plan that is archived asks for it by its tasks that are still open.
_BY_TASK: Final = """
SELECT p.id FROM maintenance_plan p JOIN core_task k ON k.plan_id = p.id
WHERE p.needs_certificate AND k.plan_key = 'maintenance.plan' AND k.state = 'open'
    AND k.archived_at IS NULL AND k.about_key = 'maintenance.equipment' AND k.about_id = ?
ORDER BY p.id LIMIT 1
"""


def demanded(office: Office, calibration: Calibration) -> str:
    """Name what asks for the certificate of a calibration; blank where nothing does."""
    return why_demanded(office, calibration.equipment_id, calibration.task_id)


def why_demanded(
    office: Office,
    unit_id: int,
    task_id: int | None = None,
) -> str:
    """Name what asks for a certificate of a unit now: a plan, its category, or its last failure."""
    # The plan of the task that it is for counts first: a unit may have several.
    task = office.get(Task, task_id) if task_id is not None else None
    plan = plan_of(office, task) if task else None
    if plan is not None and plan.needs_certificate:
        return plan.human_key
    unit = office.get(Equipment, unit_id)
    plan = office.first(Plan, _PLANS, unit.id, unit.category_id)
    if plan is not None:
        return plan.human_key
    for (number,) in office.rows(_BY_TASK, unit.id):
        return office.get(Plan, number).human_key
    # The class says so for units that nobody has a plan for.
    category = office.get(Category, unit.category_id) if unit.category_id else None
    if category and category.needs_certificate:
        return category.name
    # What asked for it as the unit failed: its repair is proved no less.
    last = latest(office, unit_id)
    return (last.certificate_asked or "") if last and last.state == "failed" else ""


def _asking(office: Office, calibration: Calibration) -> str:
    """Name what asked for it as it was entered, or asks for it now."""
    return calibration.certificate_asked or demanded(office, calibration)


def is_number_enough(office: Office) -> bool:
    """Whether the house takes the number of a certificate for the certificate."""
    return office.settings("maintenance", MaintenanceSettings).certificate == "number"


def certified(office: Office, calibration: Calibration) -> dict[str, str | None]:
    """Return by which proof a calibration passes: its paper, its number, or none that is asked for."""
    if not _asking(office, calibration):
        return {"certified_by": None}
    return {"certified_by": "file" if newest_paper(office, calibration) else "number"}


def uncertified(
    office: Office,
    calibrations: Sequence[Calibration],
) -> Iterator[tuple[Calibration, str]]:
    """Yield the passed calibrations that lack the proof by which they passed: the rule of the promise."""
    for calibration in calibrations:
        if calibration.state == "passed" and (lack := _lack(office, calibration)):
            key = calibration.human_key
            cure = f"withdraw it first: officeops calibration withdraw {key} --reason …"
            yield calibration, Reason(f"it passed by {lack}; {cure}", code="in-use")


def _lack(office: Office, calibration: Calibration) -> str:
    """Name the proof that a passed calibration lost; blank where it has all."""
    if calibration.certified_by == "file" and newest_paper(office, calibration) is None:
        return "this certificate"
    if calibration.certified_by == "number" and not calibration.number:
        return "the number of its certificate"
    # One of a list that was imported may have points that its maker let pass.
    is_step = calibration.decided_at is not None
    is_off = is_step and office.text_of(calibration, "as_left") == OUT
    return "points within tolerance" if is_off else ""


def lacks_certificate(office: Office, calibration: Calibration) -> str | None:
    """Say that a calibration lacks the certificate that is asked for; None where it lacks none."""
    asks = _asking(office, calibration)
    if not asks or newest_paper(office, calibration):
        return None
    how = f"officeops calibration attach {calibration.human_key} FILE"
    if is_number_enough(office):
        if calibration.number:
            return None
        how = "enter its number, or attach it"
    none = why_no_paper(office, calibration)
    why = f"{asks} asks for the certificate" + (f", and {none}" if none else "")
    return Reason(f"{why}; {how}", code="needed")
