"""Decided facts: what a calibration said of its unit as somebody decided on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason, named
from officeops_maintenance.calibration.life import DECIDED, FACTS
from officeops_maintenance.calibration.tolerance import is_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_maintenance.calibration.calibration import Calibration
    from officeops_maintenance.calibration.point import CalibrationPoint

#: By name: a calibration knows its points, and its decided facts.
_DECIDED_OF: Final = "officeops_maintenance.calibration.calibration:decided"


def of_decision(
    office: Office,  # noqa: ARG001 - the signature of a rule
    calibration: Calibration,
    before: Mapping[str, Any],
) -> str | None:
    """Say that a calibration is decided, so that its facts stay; a blank one may be filled in."""
    is_decided = {before.get("state", calibration.state), calibration.state} <= {*DECIDED}
    is_known = any(before.get(name) is not None for name in FACTS)
    return _withdraw(calibration) if is_decided and is_known else None


def of_point(
    office: Office,
    point: CalibrationPoint,
    before: Mapping[str, Any],
) -> str | None:
    """Say so of a point of it."""
    number = before.get("calibration_id", point.calibration_id)
    calibration: Calibration | None = named(_DECIDED_OF)(office, number)
    return _withdraw(calibration) if calibration else None


def found_out(
    office: Office,
    point: CalibrationPoint,
    before: Mapping[str, Any],
) -> str | None:
    """Say so of a point that was out of tolerance, and is taken away."""
    found = point.as_found
    if point.archived_at is None or found is None:
        return None
    is_off = is_out(point.point, found, point.tolerance)
    return of_point(office, point, before) if is_off else None


def _withdraw(calibration: Calibration) -> Reason:
    key = calibration.human_key
    why = f"it has {calibration.state}; withdraw it, and enter it again"
    return Reason(f"{why}: officeops calibration withdraw {key} --reason …", code="wrong-state")
