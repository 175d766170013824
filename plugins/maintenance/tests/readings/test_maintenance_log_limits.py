"""A log shows each reading against the limits of its time, and a file changes a unit as a form does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.paper.plain import text_lines
from officeops.office.crud import edit_record
from officeops_maintenance.readings.booking import book_reading
from officeops_maintenance.readings.log_page import log_page
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.month_log import MonthLog
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def read_at(office: Office, unit: MonitoredUnit, hour: int, degrees: int) -> None:
    moment = office.ways.moment(office.today, hour * 60)
    office.store.moment = moment.isoformat()
    known = office.get(MonitoredUnit, unit.id)
    reading = TemperatureReading(
        unit_id=unit.id, day=office.today, slot="am", taken_at=moment, current=degrees
    )
    with office.acting("maintenance.temperatures.record"):
        book_reading(office, known, reading)


def test_a_log_shows_each_reading_against_the_limits_that_were_in_force_then(
    fridge: MonitoredUnit, office: Office
) -> None:
    def page() -> tuple[str, list[int | None]]:
        unit = office.get(MonitoredUnit, fridge.id)
        log = MonthLog(office, unit, office.today, office.today)
        judged = [line.limits.high for line in log.lines() if line.limits]
        return "\n".join(text_lines(log_page(office, log))), judged

    read_at(office, fridge, 8, 400)
    text, judged = page()
    assert judged == [778]
    assert "36 to 46 °F, read once" in text
    office.store.moment = office.ways.moment(office.today, 9 * 60).isoformat()
    edit_record(office, office.get(MonitoredUnit, fridge.id), {"high": 1600})
    # New limits are not those of the readings that are in the log.
    assert "36 to 46 °F, read once" in page()[0]
    read_at(office, fridge, 10, 400)
    read_at(office, fridge, 11, 1200)
    text, judged = page()
    assert judged == [778, 1600, 1600]
    assert "36 to 46 °F, then 36 to 60.8 °F" in text
    assert [line for line in text.splitlines() if "11:00" in line and "36 to 60.8 °F" in line]


def test_a_file_that_moves_a_unit_keeps_its_place_and_limits_of_before(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    cli("location", "add", "--name", "Shelf")
    typed = "name,location,high\nFridge,Shelf,60\n"
    assert cli("monitored-unit", "import", "-", "--update", typed=typed).code == 0
    unit = office.get(MonitoredUnit, fridge.id)
    assert (unit.was_at or "").startswith(f"{fridge.location_id}=")
    assert (unit.had_limits or "").startswith("refrigerator//=")


def test_the_sheet_for_the_door_has_a_line_for_each_reading_to_come(
    cli: Cli, office: Office
) -> None:
    assert f"{office.today}" == "2026-03-02"
    cli("monitored-unit", "add", "--name", "Box", "--shows-range", "no")
    lines = cli("temperatures", "log", "Box", "--month", "2026-03", "--to-write").out.splitlines()
    asked = [line.split()[:3] for line in lines if "_______" in line and "Reviewed" not in line]
    assert asked[:3] == [["02", "Mon", "am"], ["02", "Mon", "pm"], ["03", "Tue", "am"]]
    assert len(asked) == 2 * 22, "each workday of March from today on, twice"
    assert not any("not read" in line for line in lines), "nothing is missing yet"
    cli("temperatures", "record", "Box=38", "--at", "8:00")
    rows = cli("temperatures", "log", "Box", "--month", "2026-03", "--to-write", "--json").json
    assert [row["state"] for row in rows[:2]] == ["read", "to read"]
    assert "Wed  am" not in cli("temperatures", "log", "Box", "--month", "2026-04").out
