"""The calibrations of the made-up practice: one each year, one that was off, and the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.calibration.life import CALIBRATION
from officeops_maintenance.calibration.point import CalibrationPoint
from officeops_maintenance.calibration.review import review
from officeops_maintenance.calibration.standard import ReferenceStandard
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from officeops.demo import Demo

#: Days from today: the standard's certificate, and the calibrations of a thermometer.
_CERTIFIED: Final = -420
_GOOD: Final = -380
_OFF: Final = -24
_REVIEWED: Final = -22
#: Thousandths of a degree: the point, as found and as left, of the good one and of the one that was off.
_POINTS: Final = {
    _GOOD: ((36_000, 36_100, None), (40_000, 40_000, None)),
    _OFF: ((36_000, 36_700, 36_000), (40_000, 40_800, 40_100)),
}
_CERTIFICATE: Final = b"%PDF-1.4\n% A made-up certificate\n"


def build_calibrations(demo: Demo) -> None:
    """Write the standard, a good calibration, and a year later one that was off, with its review."""
    office = demo.office
    unit = office.first(Equipment, "parent_id IS NULL", order="id")
    if unit is None:
        return
    with demo.at(demo.day(_CERTIFIED), "ann"), office.acting("maintenance.reference-standard.add"):
        standard = office.add(
            ReferenceStandard(
                name="Reference thermometer",
                number="RT-0711",
                expires_on=demo.day(_CERTIFIED + 730),
            )
        )
        office.add(
            ReferenceStandard(
                name="Test weight 20 kg",
                number="TW-118",
                expires_on=demo.day(_CERTIFIED + 1_095),
            )
        )
    for day in _POINTS:
        _calibrate(
            demo,
            unit,
            standard,
            day,
        )
    last = office.first(Calibration, "state = 'passed'", order="id DESC")
    if last is not None:
        with demo.at(demo.day(_REVIEWED), "ann"), office.acting("maintenance.calibration.review"):
            review(office, last, "0.8 °C too high; no load was cooler than it has to be")


def _calibrate(
    demo: Demo,
    unit: Equipment,
    standard: ReferenceStandard,
    day: int,
) -> None:
    """Enter a calibration on its day, with its points and its certificate, and pass it."""
    office = demo.office
    with demo.at(demo.day(day), "luis"), office.acting("maintenance.calibration.add"):
        calibration = office.add(
            Calibration(
                equipment_id=unit.id,
                number=f"C-{-day}",
                standard_id=standard.id,
                technician="Luis",
            )
        )
        for point in _POINTS[day]:
            office.add(_point(calibration, point))
        office.attach(calibration, _CERTIFICATE, name="certificate.pdf")
        CALIBRATION.move(office, calibration, "pass")


def _point(calibration: Calibration, values: tuple[Any, ...]) -> CalibrationPoint:
    point, found, left = values
    return CalibrationPoint(
        calibration_id=calibration.id,
        point=point,
        as_found=found,
        as_left=left,
        tolerance=500,
        unit="°C",
    )
