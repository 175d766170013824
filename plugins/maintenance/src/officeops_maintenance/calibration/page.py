"""The page of a calibration, and the line on calibration of a unit's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_maintenance.calibration.calibration import Calibration, latest
from officeops_maintenance.calibration.certificate import certificates, lacks_certificate
from officeops_maintenance.calibration.measured import in_doubt_since, measured
from officeops_maintenance.calibration.plan_task import next_on
from officeops_maintenance.calibration.standard import ReferenceStandard
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.whom_to_call import known_vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def page(office: Office, calibration: Calibration) -> Iterator[PageSection]:
    """Yield the sections of a calibration's page."""
    yield PageSection("", list(_summary(office, calibration)))
    if is_suspect(office, calibration):
        since = in_doubt_since(office, calibration)
        head = f"Measured since {since}" if since else "Measured before"
        yield PageSection(head, list(measured(office, calibration)))


def is_suspect(office: Office, calibration: Calibration) -> bool:
    """Whether what its unit measured before was in doubt, decided since or not."""
    return calibration.review is not None or office.text_of(calibration, "in_doubt") == "yes"


def _summary(office: Office, calibration: Calibration) -> Iterator[PageLine]:
    unit = Subject(Equipment.meta.key, calibration.equipment_id)
    yield PageLine("Unit", office.label(Equipment, calibration.equipment_id), unit)
    yield PageLine("Result", result(office, calibration))
    yield PageLine("Certificate", _certificate(office, calibration))
    if calibration.standard_id is not None:
        due = calibration.standard_due_on
        text = office.label(ReferenceStandard, calibration.standard_id)
        text += f", due {due}" if due else ", due on no known day"
        text += f" ({calibration.standard_why})" if calibration.standard_why else ""
        standard = Subject(ReferenceStandard.meta.key, calibration.standard_id)
        yield PageLine("Standard", text, standard)
    if calibration.review is not None:
        yield PageLine("Decided", f"{calibration.review} ({calibration.reviewed_by})")


def result(office: Office, calibration: Calibration) -> str:
    """Return what came of a calibration, in words: `passed; found out of tolerance`."""
    found = office.text_of(calibration, "as_found")
    left = office.text_of(calibration, "as_left")
    words = [
        calibration.state,
        found and f"found {found}",
        left and f"left {left}",
        calibration.reason,
    ]
    return "; ".join(filter(None, words))


def _certificate(office: Office, calibration: Calibration) -> str:
    number = calibration.number or "no number"
    if certificates(office, calibration):
        return f"{number}, attached"
    if why := lacks_certificate(office, calibration):
        return f"{number}, missing: {why}"
    return f"{number}, not attached"


def last_calibration(office: Office, unit: Equipment) -> Iterator[PageLine]:
    """Yield a unit's last calibration and the next, where it has any or a plan for one."""
    if not office.may_view(Calibration):
        return
    last, following = latest(office, unit.id), next_on(office, unit.id)
    if last is None and following is None:
        return
    text, subject = "none entered yet", None
    if last is not None:
        text, subject = f"{last.done_on}  {result(office, last)}", Subject(last.meta.key, last.id)
        if vendor := known_vendor(office, last.vendor_id):
            text += f", {vendor.name}"
    if following is not None:
        text += f"; next {following}"
    yield PageLine("Calibration", text, subject)
