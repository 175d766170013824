"""Release: a unit whose last calibration failed does not return before one passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_maintenance.calibration.calibration import Calibration, latest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment


_ANSWER: Final = """
equipment_id = ? AND state = 'passed' AND (done_on, id) > (?, ?)"""


def calibrated_by(office: Office, unit: Equipment) -> Iterator[Calibration]:
    """Yield the calibration that passed after the last one that failed."""
    failed = latest(office, unit.id, ("failed",))
    if failed is None:
        return
    after = (unit.id, failed.done_on.isoformat(), failed.id)
    passed = office.first(Calibration, _ANSWER, *after, order="done_on, id")
    if passed is not None:
        yield passed


def not_calibrated(office: Office, unit: Equipment) -> str | None:
    """Say that the last calibration of a unit failed; None where it passed, or there is none."""
    # By the last one alone: an older failure was answered by the pass after it.
    last = latest(office, unit.id)
    if last is None or last.state == "passed":
        return None
    why = f"{last.human_key} failed; officeops calibrate {unit.human_key} after the repair"
    return Reason(why, code="wrong-state", facts={"calibration": last.human_key})
