"""Back-dated calibrations: one that is entered after a doubt ends it sooner only by its certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_maintenance.calibration.calibration import IN_DOUBT, Calibration
from officeops_maintenance.calibration.certificate import is_number_enough
from officeops_maintenance.papers import newest_paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_BEFORE: Final = "equipment_id = ? AND state = 'passed' AND done_on < ?"
_DOUBTS_AFTER: Final = f"equipment_id = ? AND done_on > ? AND {IN_DOUBT}"


def last_good(
    office: Office,
    calibration: Calibration,
) -> Calibration | None:
    """Return the last good calibration before one that counts; None where there is none."""
    for good in _passed_before(office, calibration):
        if _counts(office, good, calibration):
            return good
    return None


def ignored(
    office: Office,
    calibration: Calibration,
) -> Iterator[Calibration]:
    """Yield the later ones that count for nothing: nobody can show on which day they were done."""
    for good in _passed_before(office, calibration):
        if _counts(office, good, calibration):
            return
        yield good


def why_ignored(good: Calibration) -> str:
    """Say why a calibration leaves a doubt as it was, and what makes it count."""
    key = good.human_key
    why = "was entered after the doubt, and nothing proves its day"
    cure = f"officeops calibration attach {key} CERTIFICATE"
    return f"{key} of {good.done_on} {why}: {cure}"


def shortens_nothing(
    office: Office,
    good: Calibration,
) -> str:
    """Say that a calibration which passed now leaves a later doubt as it was; blank where it counts."""
    after = (good.equipment_id, good.done_on.isoformat())
    for doubtful in office.all(Calibration, _DOUBTS_AFTER, *after):
        if not _counts(office, good, doubtful):
            return f"{why_ignored(good)}."
    return ""


def _passed_before(
    office: Office,
    calibration: Calibration,
) -> Iterator[Calibration]:
    day = calibration.done_on.isoformat()
    yield from office.all(
        Calibration,
        _BEFORE,
        calibration.equipment_id,
        day,
        order="done_on DESC, id DESC",
    )


def _counts(
    office: Office,
    good: Calibration,
    calibration: Calibration,
) -> bool:
    """Whether somebody knew of it before the doubt, or its certificate proves its day."""
    if good.id < calibration.id and not _is_decided_later(good, calibration):
        return True
    if newest_paper(office, good) is not None:
        return True
    return bool(good.number) and is_number_enough(office)


def _is_decided_later(
    good: Calibration,
    calibration: Calibration,
) -> bool:
    # One of a list has no moment of its own, and came in as it was.
    if good.decided_at is None or calibration.decided_at is None:
        return False
    return good.decided_at > calibration.decided_at
