"""The review of what a unit measured while it was off: a finding of its own, decided by a manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Reason, action, param

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.calibration.calibration import Calibration


def _nothing_in_doubt(office: Office, calibration: Calibration) -> str | None:
    if calibration.review is not None:
        return Reason(f"{calibration.reviewed_by} decided on it", code="nothing-to-do")
    if office.text_of(calibration, "in_doubt") == "yes":
        return None
    return Reason("nothing that it measured is in doubt", code="nothing-to-do")


@action("maintenance.calibration.review", unless=_nothing_in_doubt)
def review(
    office: Office,
    calibration: Calibration,
    review: str = param(
        kind="long_text",
        label="Decision",
        example="0.2 °C off; no dose was outside its range",
        help="What becomes of what it measured since it was last in tolerance",
    ),
) -> str:
    """Say what becomes of what a unit measured while it was out of tolerance."""
    # On the calibration itself: the finding and the decision on it belong together for inspectors.
    by = {"reviewed_by": office.actor, "reviewed_at": office.now()}
    office.edit(calibration, managed=True, review=review, **by)
    return f"{calibration.human_key} is decided on."
