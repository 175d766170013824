"""The review of what a unit measured while it was off: a finding of its own, decided by a manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason, action, param
from officeops_maintenance.calibration.calibration import IN_DOUBT, Calibration

if TYPE_CHECKING:
    from officeops import Office

_UP_TO: Final = "equipment_id = ? AND done_on <= ?"


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
    # A unit that failed and passed after its repair was off once: one decision is for both.
    asked = (calibration.equipment_id, calibration.done_on.isoformat())
    keys = []
    for one in list(office.all(Calibration, f"{IN_DOUBT} AND {_UP_TO}", *asked)):
        by = {"reviewed_by": office.actor, "reviewed_at": office.now()}
        office.edit(one, managed=True, review=review, **by)
        keys.append(one.human_key)
    return f"{' and '.join(keys)} {'is' if len(keys) == 1 else 'are'} decided on."
