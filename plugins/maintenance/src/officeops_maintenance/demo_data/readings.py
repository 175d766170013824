"""The temperature logs of the made-up practice: months of readings, a vacation, and an excursion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Location, NotFound
from officeops.demo import Demo, demo_rows, working_before
from officeops.values import read_temperature
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.excursion_life import EXCURSION, HELD_LOT
from officeops_maintenance.readings.gap_reason import GapReason
from officeops_maintenance.readings.logger_reading import LoggerReading, LoggerReport
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Days from today: the first reading, the vacations without any, and the excursion.
_FIRST: Final = -728
_AWAY: Final = ((-412, -403), (-47, -43))
_WARM: Final = -66
#: How warm it was then, in hundredths of a degree Celsius, and the lots that it concerned.
_PEAK: Final = 1120
_LOTS: Final = ("MMR vaccine 0.5 mL, lot M-4471", "Varicella vaccine 0.5 mL, lot V-2093")


def build_readings(office: Office, seed: int) -> None:
    """Write the units and their readings, and then the excursion, step by step."""
    demo = Demo(
        office,
        seed,
        "temperatures",
    )
    rows = demo_rows(__package__, "readings.csv")
    with demo.at(demo.day(_FIRST), "ann"), demo.writing():
        ids = office.add_many(MonitoredUnit, [_unit(demo, row) for row in rows])
    warm = working_before(demo.day(_WARM))
    excursion = _excursion(
        demo,
        ids[0],
        warm,
    )
    with demo.writing():
        for id_, row in zip(
            ids,
            rows,
            strict=True,
        ):
            readings = list(
                _readings(
                    demo,
                    id_,
                    int(row["usual"]),
                    warm,
                    excursion.id,
                )
            )
            office.add_many(TemperatureReading, readings)
        gaps = [
            _vacation(
                demo,
                id_,
                *away,
            )
            for id_ in ids
            for away in _AWAY
        ]
        office.add_many(GapReason, gaps)
        _logger(
            demo,
            ids[0],
            int(rows[0]["usual"]),
        )


def _unit(demo: Demo, row: dict[str, str]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "sort": row["sort"],
        "equipment_id": _named(
            demo.office,
            Equipment,
            row["equipment"],
        ),
        "location_id": _named(
            demo.office,
            Location,
            row["location"],
        ),
        "call": row["call"] or None,
        "logger_serial": row["serial"] or None,
        "owner": row["owner"],
        "first_on": demo.day(_FIRST).isoformat(),
        "limits_confirmed_by": "ann",
    }


def _named(
    office: Office,
    kind: type[Any],
    name: str,
) -> int | None:
    """Return the id of a record by its name; None where there is none."""
    try:
        return int(office.find(kind, name).id) if name else None
    except NotFound:
        return None


def _days_read(demo: Demo) -> Iterator[date]:
    """Yield the days on which somebody read the displays: open ones, and not the vacations."""
    calendar = demo.office.calendar
    vacations = [(demo.day(first), demo.day(last)) for first, last in _AWAY]
    for day in map(demo.day, range(_FIRST, 0)):
        is_away = any(first <= day <= last for first, last in vacations)
        if calendar.is_open(day) and not is_away:
            yield day


def _readings(
    demo: Demo, unit_id: int, usual: int, warm: date, excursion_id: int
) -> Iterator[dict[str, Any]]:
    chance = demo.random(f"unit {unit_id}")
    for day in _days_read(demo):
        current = usual + chance.randint(-15, 15)
        is_warm = day == warm and usual > 0 and unit_id == 1
        moment = demo.office.ways.moment(day, 7 * 60 + chance.randint(35, 59))
        yield {
            "unit_id": unit_id,
            "day": day.isoformat(),
            "slot": "am",
            "taken_at": moment.isoformat(),
            "current": _celsius(current),
            "lowest": _celsius(current - chance.randint(3, 15)),
            "highest": _PEAK if is_warm else _celsius(current + chance.randint(5, 25)),
            "verdict": "too_warm" if is_warm else "ok",
            "read_by": chance.choice(("mia", "luis")),
            "excursion_id": excursion_id if is_warm else None,
        }


def _celsius(tenths: int) -> int | None:
    """Return tenths of a degree Fahrenheit, as people read them, in hundredths of one Celsius."""
    return read_temperature(f"{tenths / 10:.1f}", "F")


def _vacation(
    demo: Demo,
    unit_id: int,
    begun: int,
    ended: int,
) -> dict[str, Any]:
    first, last, calendar = demo.day(begun), demo.day(ended), demo.office.calendar
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {
        "unit_id": unit_id,
        "first_on": first.isoformat(),
        "first_slot": "am",
        "last_on": last.isoformat(),
        "last_slot": "pm",
        "missed": sum(map(calendar.is_open, days)),
        "reason": "The practice was closed for vacation",
        "explained_by": "ann",
    }


def _excursion(
    demo: Demo,
    unit_id: int,
    day: date,
) -> Excursion:
    """Open the excursion, call, decide on each lot, and close it."""
    office = demo.office
    with demo.at(day, "mia"), office.acting("maintenance.temperatures.record"):
        started = office.ways.moment(day, 7 * 60 + 40)
        excursion = office.add(
            Excursion(
                unit_id=unit_id,
                started_at=started,
                last_out_at=started,
                ended_at=started + timedelta(minutes=50),
                verdict="too_warm",
                lowest=_PEAK,
                highest=_PEAK,
                low=222,
                high=778,
            )
        )
        lots = [office.add(HeldLot(excursion_id=excursion.id, name=name)) for name in _LOTS]
    with demo.at(day + timedelta(days=1), "ann"), office.acting("maintenance.excursion.call"):
        EXCURSION.move(
            office,
            excursion,
            "call",
            case_number="MRK-20481",
            called="The maker's medical line",
            advice="Under an hour at 52 °F: good to use",
        )
    with demo.at(day + timedelta(days=2), "ann"), office.acting("maintenance.excursion.close"):
        for lot in lots:
            HELD_LOT.move(
                office,
                lot,
                "release",
                reason="As the maker advised",
            )
        # Read again: the call has moved it on.
        current = office.get(Excursion, excursion.id)
        EXCURSION.move(
            office,
            current,
            "close",
            cause="The gasket leaked; it was replaced",
        )
    return excursion


def _logger(
    demo: Demo,
    unit_id: int,
    usual: int,
) -> None:
    """Add a week of a logger's lowest and highest temperatures, the vacation among them."""
    chance = demo.random("logger")
    rows: list[dict[str, Any]] = []
    for number in range(8):
        day = demo.day(_AWAY[-1][0] + number)
        for minute, tenths in ((5 * 60, usual - 12), (15 * 60, usual + 18)):
            moment = demo.office.ways.moment(day, minute + chance.randint(0, 59))
            row = {
                "unit_id": unit_id,
                "taken_at": moment.isoformat(),
                "day": day.isoformat(),
                "temperature": _celsius(tenths + chance.randint(-5, 5)),
                "verdict": "ok",
            }
            rows.append(row)
    demo.office.add_many(LoggerReading, rows)
    temperatures = [row["temperature"] for row in rows]
    report = {
        "unit_id": unit_id,
        "name": "130400555014.txt",
        "first_at": rows[0]["taken_at"],
        "last_at": rows[-1]["taken_at"],
        "readings": len(rows),
        "out_of_range": 0,
        "lowest": min(temperatures),
        "highest": max(temperatures),
        "device": "Fridge-tag 2, serial number 130400555014, alarms at -0.5 and 8 °C.",
    }
    demo.office.add_many(LoggerReport, [report])
