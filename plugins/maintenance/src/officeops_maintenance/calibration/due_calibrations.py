"""What calibrations need: a decision on open ones, and on measurements in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due, HuddleLine
from officeops_maintenance.calibration.calibration import IN_DOUBT, Calibration
from officeops_maintenance.calibration.certificate import lacks_certificate
from officeops_maintenance.calibration.measured import in_doubt_since
from officeops_maintenance.calibration.tolerance import OUT
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.papers import why_no_paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_OPEN: Final = "state = 'open'"


def due_calibrations(office: Office) -> Iterator[Due]:
    """Yield the due items of calibrations; standards and plans have lines of their own."""
    for calibration in office.all(Calibration, _OPEN):
        yield _open_one(office, calibration)
    for calibration in office.all(Calibration, IN_DOUBT):
        yield _in_doubt(office, calibration)


def _open_one(office: Office, calibration: Calibration) -> Due:
    what = f"{_name(office, calibration)} was calibrated on {calibration.done_on}: "
    action = "pass or fail"
    if office.text_of(calibration, "as_left") == OUT:
        what, action = f"{what}it was left out of tolerance", "fail"
    elif lacks_certificate(office, calibration):
        none = why_no_paper(office, calibration)
        what = f"{what}attach the certificate" + (f"; {none}" if none else "")
    else:
        what = f"{what}say whether it passed"
    return Due(
        key=f"maintenance.calibration:{calibration.id}",
        on=calibration.done_on,
        what=what,
        severity="legal",
        action=action,
        record=Calibration.meta.key,
        record_id=calibration.id,
    )


def _in_doubt(office: Office, calibration: Calibration) -> Due:
    return Due(
        key=f"maintenance.calibration-doubt:{calibration.id}",
        on=calibration.done_on,
        what=f"{in_words(office, calibration)}: decide",
        # Somebody may have been treated by what it measured.
        severity="unsafe",
        action="review",
        record=Calibration.meta.key,
        record_id=calibration.id,
    )


def in_words(office: Office, calibration: Calibration) -> str:
    """Name the measurements in doubt: `CL-3 EQ-2 Scale was out of tolerance, measured since 2025-03-01`."""
    since = in_doubt_since(office, calibration)
    begin = f"what it measured since {since}" if since else "all that it measured before"
    how = "failed" if calibration.state == "failed" else "was found out of tolerance"
    return f"{_name(office, calibration)} {how}, {begin} is in doubt"


def in_doubt(office: Office) -> Iterator[HuddleLine]:
    """Yield the units whose measurements are in doubt, for the morning's page."""
    for calibration in office.all(Calibration, IN_DOUBT):
        what = in_words(office, calibration)
        yield HuddleLine("equipment", what, Calibration.meta.key, calibration.id)


def _name(office: Office, calibration: Calibration) -> str:
    unit = office.get(Equipment, calibration.equipment_id)
    return f"{calibration.human_key} {unit.name}"
