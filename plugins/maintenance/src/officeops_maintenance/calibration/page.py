"""The page of a calibration, and the line on calibration of a unit's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_maintenance.calibration.calibration import Calibration, latest
from officeops_maintenance.calibration.certificate import lacks_certificate
from officeops_maintenance.calibration.measured import in_doubt_since, measured
from officeops_maintenance.calibration.plan_task import next_on
from officeops_maintenance.calibration.standard import ReferenceStandard
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.papers import newest_paper
from officeops_maintenance.tickets.whom_to_call import known_vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def page(office: Office, calibration: Calibration) -> Iterator[PageSection]:
    """Yield the sections of a calibration's page."""
    yield PageSection("", list(_summary(office, calibration)))
    # Once somebody has decided, the page still says on what.
    if calibration.review is not None or is_in_doubt(office, calibration):
        since = in_doubt_since(office, calibration)
        heading = f"Measured since {since}" if since else "Measured before"
        lines = list(measured(office, calibration))
        yield PageSection(heading, lines)


def is_in_doubt(office: Office, calibration: Calibration) -> bool:
    """Whether nobody has decided yet on what its unit measured while it was off."""
    return office.text_of(calibration, "in_doubt") == "yes"


def _summary(office: Office, calibration: Calibration) -> Iterator[PageLine]:
    unit = office.get(Equipment, calibration.equipment_id)
    subject = Subject(Equipment.meta.key, unit.id)
    yield PageLine("Unit", f"{unit.human_key} {unit.name}", subject)
    yield PageLine("Result", result(office, calibration))
    yield PageLine("Certificate", _certificate(office, calibration))
    if calibration.standard_id is not None:
        yield _standard(office, calibration, calibration.standard_id)
    if calibration.review is not None:
        text = f"{calibration.review} ({calibration.reviewed_by})"
        yield PageLine("Review", text)


def _standard(
    office: Office,
    calibration: Calibration,
    standard_id: int,
) -> PageLine:
    """Name the standard, when it was due at the time, and why it counted all the same."""
    standard = office.get(ReferenceStandard, standard_id)
    due = calibration.standard_due_on
    text = f"{standard}, due {due}" if due else f"{standard}, due on no known day"
    if calibration.standard_reason:
        text += f" ({calibration.standard_reason})"
    subject = Subject(ReferenceStandard.meta.key, standard_id)
    return PageLine("Standard", text, subject)


def result(office: Office, calibration: Calibration) -> str:
    """Return what came of a calibration, in words: `passed; found out of tolerance`."""
    words = [calibration.state]
    found = office.text_of(calibration, "as_found")
    if found:
        words.append(f"found {found}")
    left = office.text_of(calibration, "as_left")
    if left:
        words.append(f"left {left}")
    if calibration.reason:
        words.append(calibration.reason)
    return "; ".join(words)


def _certificate(office: Office, calibration: Calibration) -> str:
    """Name the certificate by its number, and say whether it is attached, or asked for."""
    number = calibration.number or "no number"
    if newest_paper(office, calibration):
        return f"{number}, attached"
    missing = lacks_certificate(office, calibration)
    if missing:
        return f"{number}, missing: {missing}"
    return f"{number}, not attached"


def last_calibration(office: Office, unit: Equipment) -> Iterator[PageLine]:
    """Yield a unit's last calibration and the next, where it has any or a plan for one."""
    if not office.may_view(Calibration):
        return
    # Most units are never calibrated, and their pages say nothing of it.
    last = latest(office, unit.id)
    following = next_on(office, unit.id)
    if last is None and following is None:
        return
    text = _last(office, last) if last else "none entered yet"
    if following is not None:
        text += f"; next {following}"
    subject = Subject(Calibration.meta.key, last.id) if last else None
    yield PageLine("Calibration", text, subject)


def _last(office: Office, calibration: Calibration) -> str:
    """Return a calibration as one line: its day, its result, and who did it."""
    text = f"{calibration.done_on}  {result(office, calibration)}"
    vendor = known_vendor(office, calibration.vendor_id)
    return f"{text}, {vendor.name}" if vendor else text
