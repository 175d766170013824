"""Recording: a calibration is entered and decided in one step, on a unit or on a plan's task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Reason, Task, action, param, ref
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.calibration.certificate import lacks_certificate
from officeops_maintenance.calibration.life import CALIBRATION, TAKE_OUT
from officeops_maintenance.calibration.plan_task import task_of
from officeops_maintenance.calibration.tolerance import WORDS
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.task_visits import plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import Action, Office

RESULTS: Final = ("passed", "failed", "open")
#: The parameters of both actions and of the command.
_RESULT: Final = param(
    kind="choice",
    choices=RESULTS,
    default="passed",
    help="Open: the certificate is still to come",
)
_DAY: Final = param(kind="date", default=None, label="Calibrated", help="The day; today if blank")
_VENDOR: Final = ref("vendors.vendor", default=None, help="Who did it; blank: the plan's vendor")
_NUMBER: Final = param(default=None, label="Certificate number", example="C-20481")
_FOUND: Final = param(
    kind="choice", choices=WORDS, default=None, label="As found", help="By the certificate"
)
_REASON: Final = param(default=None, example="0.8 °C too high", help="Why it failed")


def record(
    office: Office,
    unit: Equipment,
    *,
    result: str,
    task: Task | None = None,
    reason: str | None = None,
    take_out: bool = True,
    **given: Any,  # noqa: ANN401 - fields of the calibration
) -> Outcome:
    """Enter a calibration inside an action, and decide it unless its result is open."""
    calibration = new_calibration(office, unit, task=task, **given)
    return decided(office, calibration, result, reason=reason, take_out=take_out)


def new_calibration(
    office: Office,
    unit: Equipment,
    *,
    task: Task | None = None,
    done_on: date | None = None,
    vendor_id: int | None = None,
    **given: Any,  # noqa: ANN401 - further fields of it
) -> Calibration:
    """Enter a calibration that nobody has decided on, inside an action.

    Without a task it is for the plan's nearest one, whose vendor did it where nobody says who did.
    """
    day = done_on or office.today
    task = task or task_of(office, unit.id, day)
    plan = plan_of(office, task) if task else None
    return office.add(
        Calibration(
            equipment_id=unit.id,
            done_on=day,
            vendor_id=vendor_id or (plan.vendor_id if plan else None),
            task_id=task.id if task else None,
            **given,
        )
    )


def decided(
    office: Office,
    calibration: Calibration,
    result: str,
    *,
    reason: str | None = None,
    take_out: bool = True,
) -> Outcome:
    """Pass or fail a calibration, or leave it open, and say so."""
    why = lacks_certificate(office, calibration)
    # The screen takes no file over SSH, so the entry is kept until the certificate is attached.
    if result == "open" or (result == "passed" and why):
        said = f"{calibration.human_key} is open" + (f": {why}." if why else ".")
        return Outcome(calibration, said)
    asked: Mapping[str, Any] = {}
    if result == "failed":
        asked = {"reason": reason or "out of tolerance", "take_out": take_out}
    verb = {"passed": "pass", "failed": "fail"}[result]
    return Outcome(calibration, CALIBRATION.move(office, calibration, verb, **asked))


def _is_retired(office: Office, unit: Equipment) -> str | None:  # noqa: ARG001
    if unit.status != "retired":
        return None
    return Reason("it is retired", code="wrong-state")


@action("maintenance.equipment.calibrate", label="Calibrated", unless=_is_retired)
def calibrate(
    office: Office,
    equipment: Equipment,
    result: str = _RESULT,
    done_on: date | None = _DAY,
    vendor_id: int | None = _VENDOR,
    number: str | None = _NUMBER,
    found: str | None = _FOUND,
    reason: str | None = _REASON,
    take_out: bool = TAKE_OUT,  # noqa: FBT001 - a parameter of the form
) -> Outcome:
    """Enter a calibration of a unit, with its result."""
    return record(
        office,
        equipment,
        result=result,
        done_on=done_on,
        vendor_id=vendor_id,
        number=number,
        found=found,
        reason=reason,
        take_out=take_out,
    )


def _no_calibration(office: Office, task: Task) -> str | None:
    """Say why a task is no calibration that somebody may enter now."""
    plan = plan_of(office, task)
    about: Any = task.about
    if plan is None or plan.sort != "calibration" or about is None:
        return Reason("it is no calibration of a unit by its plan", code="not-allowed-here")
    if task.state != "open":
        return Reason(f"it is {task.state}", code="wrong-state")
    return None


@action("core.task.calibrated", unless=_no_calibration)
def task_calibrated(
    office: Office,
    task: Task,
    result: str = _RESULT,
    done_on: date | None = _DAY,
    vendor_id: int | None = _VENDOR,
    number: str | None = _NUMBER,
    found: str | None = _FOUND,
    reason: str | None = _REASON,
    take_out: bool = TAKE_OUT,  # noqa: FBT001
) -> Outcome:
    """Enter the calibration that a task asks for, with its result."""
    about: Any = task.about
    return record(
        office,
        office.get(Equipment, about.id),
        task=task,
        result=result,
        done_on=done_on,
        vendor_id=vendor_id,
        number=number,
        found=found,
        reason=reason,
        take_out=take_out,
    )


ACTIONS: Final[list[Action[..., Any]]] = [calibrate, task_calibrated]
