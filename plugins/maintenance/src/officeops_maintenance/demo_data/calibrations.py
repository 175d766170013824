"""The calibrations of the made-up practice, with their points, their standards and certificates.

`calibrations.csv` has the points as a person writes them: `20=20.5>20` was found at 20.5 and left at 20.
One that was found out of tolerance has the words of its review.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import demo_rows, working_before
from officeops.values import read_decimal
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.calibration.life import CALIBRATION
from officeops_maintenance.calibration.point import CalibrationPoint
from officeops_maintenance.calibration.review import review
from officeops_maintenance.calibration.standard import ReferenceStandard
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.demo import Demo

#: Days from today: when the standards were certified, and when that ends.
_CERTIFIED: Final = -725
_VALID: Final = 395
_STANDARDS: Final = (
    ("Reference thermometer", "RT-0711"),
    ("Test weight 20 kg", "TW-118"),
    ("Calibration syringe 3 L", "CS-3-207"),
)
_CERTIFICATE: Final = b"%PDF-1.4\n% A made-up certificate\n"
#: Points are kept in thousandths.
_PLACES: Final = 3


def build_calibrations(demo: Demo) -> None:
    """Write the standards, and each calibration on its day."""
    office = demo.office
    with demo.at(demo.day(_CERTIFIED), "ann"), office.acting("maintenance.reference-standard.add"):
        for name, number in _STANDARDS:
            expires_on = demo.day(_VALID)
            office.add(ReferenceStandard(name=name, number=number, expires_on=expires_on))
    for row in demo_rows(__package__, "calibrations.csv"):
        _calibrate(demo, row)


def _calibrate(demo: Demo, row: Mapping[str, str]) -> None:
    """Enter a calibration, with its points and its certificate, pass it, and review what it found."""
    office, day = demo.office, working_before(demo.day(row["days"]))
    standard = office.find(ReferenceStandard, row["standard"]) if row["standard"] else None
    with demo.at(day, "luis"), office.acting("maintenance.calibration.add"):
        calibration = office.add(
            Calibration(
                equipment_id=office.find(Equipment, row["unit"]).id,
                number=f"C-{-int(row['days'])}",
                standard_id=standard.id if standard else None,
                technician="Luis",
            )
        )
        for values in _points(row):
            office.add(CalibrationPoint(calibration_id=calibration.id, **values))
        office.attach(calibration, _CERTIFICATE, name="certificate.pdf")
        CALIBRATION.move(office, calibration, "pass")
    if row["review"]:
        reviewed_on = day + timedelta(days=2)
        with demo.at(reviewed_on, "ann"), office.acting("maintenance.calibration.review"):
            review(office, office.get(Calibration, calibration.id), row["review"])


def _points(row: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for text in row["points"].split():
        point, _, shown = text.partition("=")
        found, _, left = shown.partition(">")
        yield {
            "point": read_decimal(point, _PLACES),
            "as_found": read_decimal(found, _PLACES),
            "as_left": read_decimal(left, _PLACES) if left else None,
            "tolerance": read_decimal(row["tolerance"], _PLACES),
            "unit": row["measure"],
        }
