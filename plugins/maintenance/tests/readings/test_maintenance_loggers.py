"""Files of loggers: Berlinger's reports of several models, and any table by its columns."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.exchange import Unreadable
from officeops_maintenance.readings.berlinger import Report, read
from officeops_maintenance.readings.berlinger_text import written_day
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.logger_reading import LoggerReading, LoggerReport

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

REPORTS = Path(__file__).parent / "reports"
#: A model that logs, of another country: days first, decimal commas, measurements that failed.
LOGGING = """Device: Q-tag Fridge-tag 2 L
Conf:
 Serial: 1305
 Temp unit: C
 Alarm:
  0:
   T AL: +2,0, t AL: 60
  1:
   T AL: +8,0, t AL: 60
Hist:
 TS Report Creation: 08.06.2022 10:14
 1:
  Date: 08.06.2022
  Min T: +4,0, TS Min T: 00:42
  Max T: +9,2, TS Max T: 09:52
  Avrg T: +4,5
  Alarm:
   0:
    t Acc: 0
   1:
    t Acc: 312, TS A: 14:55, T Amb: +14,9, C A: 0
  Ext Sensor timeout:
   t AccST: 17, TS ST: 14:04
  Events: 16
  Checked:
   TS PM: 14:09
 2:
  Date: 07.06.2022
  Min T: --.-, TS Min T:
  Max T: --.-, TS Max T:
Data:
\tdd.MM.yyyy hh:mm\tT\tOut of limits
\t08.06.2022 00:40\t4,1
\t08.06.2022 00:45\t--.-\tx
\t08.06.2022 00:50\t4,3\t
\t08.06.2022 00:42\t4,0
"""


def rows_of(content: bytes) -> list[tuple[str, str]]:
    """Return the moments and temperatures that a report gives."""
    rows = [row for _, row in read(BytesIO(content), "report.txt", lambda _: None)]
    return [(row["taken_at"], row.get("celsius") or f"{row['fahrenheit']} F") for row in rows]


def test_a_fridge_tag_2_gives_the_lowest_and_highest_of_each_day() -> None:
    rows = rows_of((REPORTS / "fridge-tag-2.txt").read_bytes())
    assert len(rows) == 6
    assert rows[:2] == [("2023-02-14 00:00", "+18.0"), ("2023-02-14 04:57", "+18.8")]
    report = Report((REPORTS / "fridge-tag-2.txt").read_text(encoding="ascii"))
    assert report.serial == "130400191542"
    assert report.minutes == {("too cold", "0"): 0, ("too warm", "1"): 366 + 2 * 1440}


def test_a_q_tag_gives_every_measurement() -> None:
    rows = rows_of((REPORTS / "q-tag-clm.txt").read_bytes())
    assert len(rows) == 12
    assert rows[0] == ("2022-11-08 04:49", "4.4")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_logging_model_of_another_country_gives_both(encoding: str) -> None:
    rows = rows_of(LOGGING.encode(encoding))
    assert rows == [
        ("2022-06-08 00:42", "+4,0"),
        ("2022-06-08 09:52", "+9,2"),
        ("2022-06-08 00:40", "4,1"),
        ("2022-06-08 00:50", "4,3"),
    ]
    assert rows_of(LOGGING.replace("unit: C", "unit: F").encode())[0][1] == "+4,0 F"


@pytest.mark.parametrize(
    ("text", "pattern", "day"),
    [
        ("2022-11-08 04:49", "", "2022-11-08 04:49"),
        ("08.11.2022", "", "2022-11-08"),
        ("11/08/2022 4:49", "MM/dd/yyyy hh:mm", "2022-11-08 4:49"),
        ("08/11/22 04.49", "dd/MM/yy hh.mm", "2022-11-08 04:49"),
        # Nobody can know: the office's own order reads it.
        ("11/08/2022", "", "11/08/2022"),
        ("yesterday", "", "yesterday"),
    ],
)
def test_days_are_read_as_the_report_writes_them(text: str, pattern: str, day: str) -> None:
    assert written_day(text, pattern) == day


@pytest.mark.parametrize("content", [b"", b"Date,Temp\n", b"%PDF-1.4", b"Device: X\nHist:\n"])
def test_another_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable):
        rows_of(content)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of the refrigerator's logger, whose name says nothing of it."""
    file = tmp_path / "1304_202206081014.txt"
    file.write_bytes(LOGGING.replace("1305", "1304").replace("+9,2", "+7,2").encode("utf-16"))
    return file


def test_a_report_finds_its_unit_by_the_serial_number_and_comes_in_once(
    cli: Cli, fridge: MonitoredUnit, office: Office, report: Path
) -> None:
    assert cli("logger-reading", "import", str(report)).code == 0
    readings = list(office.all(LoggerReading))
    assert {reading.unit_id for reading in readings} == {fridge.id}
    assert sorted(reading.temperature for reading in readings) == [400, 410, 430, 720]
    again = cli("logger-reading", "import", str(report), "--json").json
    assert (again["added"], again["unchanged"]) == (0, 4)
    [file] = office.all(LoggerReport)
    assert (file.readings, file.out_of_range, file.lowest, file.highest) == (4, 0, 400, 720)
    assert "2 L" in (file.device or "")


def test_a_logger_nobody_entered_is_refused_with_the_cure(
    cli: Cli, freezer: MonitoredUnit, report: Path
) -> None:
    ran = cli("logger-reading", "import", str(report))
    assert ran.code == 1
    assert "--logger-serial 1304" in ran.err
    assert cli("logger-reading", "import", str(report), "--set", f"unit={freezer.name}").code == 0


CSV = "Serial #,1304\n\n#,Date,Time,°C\n1,2026-03-01,08:00,4.4\n2,2026-03-01,08:10,9.5\n3,2026-03-01,08:20,5.0\n"


def test_a_table_comes_in_by_its_columns_and_opens_the_excursion(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    ran = cli("logger-reading", "import", "-", "--set", f"unit={fridge.name}", "--ignore", "#",
              typed=CSV)  # fmt: skip
    assert "DO NOT USE" in ran.err
    [excursion] = office.all(Excursion)
    assert (excursion.verdict, excursion.highest) == ("too_warm", 950)
    assert excursion.ended_at is not None
    assert (excursion.ended_at - excursion.started_at).total_seconds() == 600


@pytest.mark.parametrize(
    "rows",
    ["Timestamp (UTC),temp_c\n2026-03-01 20:00,4", "Date,Time GMT,temp_c\n3/1/2026,8:00 PM,4"],
)
def test_a_column_that_is_headed_utc_is_read_by_that_clock(
    cli: Cli, fridge: MonitoredUnit, office: Office, rows: str
) -> None:
    cli("settings", "edit", "--time-zone", "America/Chicago")
    cli("logger-reading", "import", "-", "--set", f"unit={fridge.name}", typed=f"{rows}\n")
    [reading] = office.all(LoggerReading)
    assert reading.taken_at.isoformat() == "2026-03-01T20:00:00+00:00"


def test_data_of_before_opens_no_excursion(cli: Cli, fridge: MonitoredUnit, office: Office) -> None:
    words = ("logger-reading", "import", "-", "--set", f"unit={fridge.name}", "--set", "past=yes",
        "--ignore", "#")  # fmt: skip
    ran = cli(*words, typed=CSV)
    assert (ran.code, "leave it out" in ran.err) == (1, True), "yesterday is not before"
    cli(*words, typed=CSV.replace("2026-03", "2025-03"))
    assert not list(office.all(Excursion))
    [file] = office.all(LoggerReport)
    assert (file.readings, file.out_of_range) == (3, 1)


def test_a_column_by_mapping_is_of_the_scale_that_is_said(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    table = "When,Channel 1\n2026-03-01 08:00,38.75\n"
    cli("logger-reading", "import", "-", "--set", f"unit={fridge.name}",
        "--map", "When=taken_at", "--map", "Channel 1=fahrenheit", typed=table)  # fmt: skip
    assert [reading.temperature for reading in office.all(LoggerReading)] == [375]


def test_bare_numbers_of_the_other_scale_are_asked_about_and_hold_nothing(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    table = "taken_at,temperature\n2026-03-01 08:00,4.4\n2026-03-01 09:00,5\n"
    unit = ("--set", f"unit={fridge.name}")
    ran = cli("logger-reading", "import", "-", *unit, typed=table)
    assert ran.code == 1
    assert "=celsius" in ran.err
    assert not list(office.all(LoggerReading))
    cli("logger-reading", "import", "-", *unit, "--map", "temperature=celsius", typed=table)
    assert [reading.temperature for reading in office.all(LoggerReading)] == [440, 500]
    assert not list(office.all(Excursion))


def test_a_report_that_was_cut_says_so_and_its_last_number_counts_for_nothing() -> None:
    whole = (REPORTS / "q-tag-clm.txt").read_bytes()
    notes: list[object] = []
    list(read(BytesIO(whole), "report.txt", notes.append))
    assert not any("signature" in str(note) for note in notes)
    last = rows_of(whole)[-1]
    end = whole.index(last[1].encode(), whole.index(last[0].encode())) + len(last[1]) - 1
    cut = whole[:end]
    assert rows_of(cut) == rows_of(whole)[:-1]
    list(read(BytesIO(cut), "report.txt", notes.append))
    assert "ends without the signature" in str(notes[-1])


def test_data_of_the_logger_of_another_unit_is_named(
    cli: Cli, fridge: MonitoredUnit, freezer: MonitoredUnit, tmp_path: Path
) -> None:
    file = tmp_path / "data.csv"
    file.write_text(f"Serial,Taken at,Celsius\n{fridge.logger_serial},2026-02-27 08:00,-20\n")
    said = cli("logger-reading", "import", str(file), "--set", f"unit={freezer.name}").err
    assert "Logger 1304 is entered in Fridge, and its data is for Freezer here" in said
    again = cli("logger-reading", "import", str(file), "--set", f"unit={fridge.name}").err
    assert "is entered in" not in again
