"""Gaps are shown as gaps: a reason explains them, and no data of a logger fills them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.readings.conftest import BEGAN

from officeops.access.actions import admit
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.readings.gaps import LogDays, unexplained
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.month_log import MonthLog
from officeops_maintenance.readings.slot import Slot

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def states(office: Office, unit: MonitoredUnit, first: date, last: date) -> list[str]:
    """Return the lines of a log in short: 23 am gap."""
    lines = MonthLog(office, unit, first, last).lines()
    return [f"{line.day:%d} {line.half} {line.state}".replace("  ", " ") for line in lines]


def test_a_log_has_a_line_for_each_reading_and_each_gap(
    cli: Cli, office: Office, freezer: MonitoredUnit
) -> None:
    cli(
        "temperatures",
        "record",
        "Freezer=-4",
        "--day",
        "2026-02-24",
        "--slot",
        "pm",
        "--at",
        "16:40",
    )
    assert states(office, freezer, date(2026, 2, 22), date(2026, 2, 28)) == [
        "23 am gap",
        "23 pm gap",
        "24 am gap",
        "24 pm read",
        "25 am gap",
        "25 pm gap",
        "26 am gap",
        "26 pm gap",
        "27 am gap",
        "27 pm gap",
        "28 closed",
    ]
    text = cli("temperatures", "log", "Freezer", "--month", "2026-02").out
    assert "NOT READ" in text
    assert "16:40" in text
    assert "9 not read" in text


def test_forty_missed_readings_take_one_reason(
    cli: Cli, office: Office, freezer: MonitoredUnit
) -> None:
    cli("monitored-unit", "edit", "Freezer", "--first-on", "2026-02-02")
    unit = next(office.all(type(freezer)))
    assert len(unexplained(office, unit)) == 40
    [line] = [item for item in cli("today", "--json").json if item["action"] == "explain"]
    assert "40" in line["what"]
    cli("monitored-unit", "explain", "Freezer", "--reason", "Closed for vacation")
    assert unexplained(office, unit) == []
    [reason] = cli("gap-reason", "list", "--json").json
    assert (reason["missed"], reason["reason"]) == (40, "Closed for vacation")
    log = cli("temperatures", "log", "Freezer", "--month", "2026-02", "--json").json
    # The gaps stay gaps.
    assert sum(row["state"] == "gap" for row in log) == 40
    assert cli("monitored-unit", "explain", "Freezer", "--reason", "Again").code == 1
    cli("undo")
    assert len(unexplained(office, unit)) == 40


def test_a_logger_is_beside_a_gap_and_not_in_it(
    cli: Cli, office: Office, freezer: MonitoredUnit
) -> None:
    table = "taken_at,celsius\n2026-02-24 08:00,-20\n2026-02-24 09:00,-18\n"
    cli("logger-reading", "import", "-", "--set", "unit=Freezer", typed=table)
    log = MonthLog(office, freezer, date(2026, 2, 24), date(2026, 2, 24))
    lines = list(log.lines())
    assert [line.state for line in lines] == ["gap", "gap"]
    assert [line.current for line in lines] == [None, None]
    assert [line.logged for line in lines] == [(-2000, -1800)] * 2
    assert cli("temperatures", "log", "Freezer", "--month", "2026-02", "--check").code == 3


def test_a_paper_log_that_is_typed_later_fills_the_gap_with_its_own_time_and_initials(
    cli: Cli, office: Office, freezer: MonitoredUnit
) -> None:
    ran = cli("temperatures", "record", "Freezer=-4", "--day", "2026-02-25", "--slot", "am")
    assert ran.code == 2
    cli("temperatures", "record", "Freezer=-4", "--day", "2026-02-25", "--slot", "am",
        "--at", "7:45", "--initials", "mj")  # fmt: skip
    days = LogDays(office, freezer, date(2026, 2, 25), date(2026, 2, 25))
    assert days.is_read(Slot(date(2026, 2, 25), "am"))
    [reading] = cli("temperature-reading", "list", "--json").json
    assert (reading["read_by"], reading["taken_at"][11:16]) == ("MJ", "07:45")


def test_the_reader_of_a_paper_log_is_a_person_whom_the_office_knows_or_has_free_initials(
    cli: Cli, office: Office, freezer: MonitoredUnit
) -> None:
    assert freezer.id
    admit(office, "dk", ["clerk"], full_name="Dana Kay")
    paper = ("temperatures", "record", "Freezer=-4", "--day", "2026-02-25", "--at", "7:45")
    for words, says in (
        (("--read-by", "miaa"), "is nobody whom the office knows"),
        (("--initials", "DK"), "is a login"),
        (("--initials", "D.K."), "one to four letters"),
        (("--initials", "MJ", "--read-by", "dk"), "--read-by or --initials"),
    ):
        refused = cli(*paper, "--slot", "am", *words)
        assert (refused.code, says in refused.err) == (1, True), refused.err
    assert cli("temperature-reading", "list", "--json").json == []
    for at, words in (("7:46", ("--read-by", "dana kay")), ("16:45", ("--initials", "mj"))):
        slot = "am" if at == "7:46" else "pm"
        assert cli(*paper[:-1], at, "--slot", slot, *words).code == 0
    readers = [row["read_by"] for row in cli("temperature-reading", "list", "--json").json]
    assert sorted(readers) == ["MJ", "dk"]
    page = cli("temperatures", "log", "Freezer", "--month", "2026-02").out
    assert "By: DK Dana Kay." in page


def test_with_a_display_of_the_range_one_reading_a_day_is_enough(
    cli: Cli, office: Office, fridge: MonitoredUnit
) -> None:
    cli("temperatures", "record", "Fridge=40/38/42", "--slot", "pm", "--at", "15:00")
    today = office.today
    assert states(office, fridge, today, today) == ["02 pm read"]
    assert not [item for item in cli("today", "--json").json if "to read" in item["what"]]
    cli("monitored-unit", "edit", "Fridge", "--twice", "yes")
    unit = next(office.all(type(fridge)))
    assert [slot.half for slot in LogDays(office, unit, today, today).asked()] == ["am", "pm"]


def test_the_days_between_are_not_asked_for_while_a_unit_is_out_of_service(
    cli: Cli, office: Office, freezer: MonitoredUnit
) -> None:
    with office.acting("test"):
        device = office.add(Equipment(name="Upright freezer"))
        out = Downtime(
            equipment_id=device.id,
            started_at=office.ways.moment(date(2026, 2, 23), 600),
            ended_at=office.ways.moment(date(2026, 2, 26), 600),
            reason="Defrosts by itself",
        )
        office.add(out)
    cli("monitored-unit", "edit", "Freezer", "--equipment", device.human_key)
    unit = next(office.all(type(freezer)))
    asked = {slot.day.day for slot in LogDays(office, unit, BEGAN, date(2026, 2, 27)).asked()}
    # On the first and the last of them it was in service, too.
    assert asked == {23, 26, 27}
    assert "24 out of service" in states(office, unit, BEGAN, date(2026, 2, 27))


def test_a_day_is_no_gap_before_it_is_over(office: Office, fridge: MonitoredUnit) -> None:
    days = LogDays(office, fridge, office.today, office.today)
    assert list(days.asked())
    assert not list(days.gaps())


@pytest.mark.parametrize("days", [1, 31, 366])
def test_each_slot_asked_for_is_read_or_a_gap_or_to_come(
    office: Office, freezer: MonitoredUnit, days: int
) -> None:
    first = office.today - timedelta(days=days)
    log = LogDays(office, freezer, first, office.today)
    asked, gaps = set(log.asked()), {gap.slot for gap in log.gaps()}
    assert gaps <= asked
    for slot in asked - gaps:
        assert log.is_read(slot) or slot.day == office.today


def test_a_log_begins_with_its_first_reading(
    cli: Cli, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.store.moment = "2026-03-02T19:00:00.000Z"
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-03-02")
    office.forget_facts()
    with office.acting("test.setup"):
        freezer = MonitoredUnit(name="Freezer", sort="freezer", shows_range=False)
        unit = office.add(freezer)
    assert (unexplained(office, unit), unit.begins.half) == ([], "pm")
    paper = ("temperatures", "record", "Freezer=-4", "--slot", "am", "--at", "7:45", "--day")
    ran = cli(*paper, "2026-02-27")
    assert "begins on 2026-02-27 now; 1 reading missing" in ran.err
    begun = office.get(MonitoredUnit, unit.id)
    # The weekend is closed; by the clock of this office, the morning is over.
    assert [slot.text for slot in unexplained(office, begun)] == ["2026-02-27 pm", "2026-03-02 am"]
    assert "was read at 07:45 already" in cli(*paper, "2026-02-27").err
    cli("undo")
    assert unexplained(office, office.get(MonitoredUnit, unit.id)) == []


def test_no_edit_leaves_a_gap_out_of_the_log_that_nobody_explained(
    cli: Cli, office: Office, freezer: MonitoredUnit
) -> None:
    for edit in (("--first-on", "2026-02-27"), ("--shows-range", "yes")):
        refused = cli("monitored-unit", "edit", "Freezer", *edit)
        assert (refused.code, "monitored-unit explain 'Freezer'" in refused.err) == (1, True)
    assert unexplained(office, freezer)
    cli("monitored-unit", "explain", "Freezer", "--reason", "Its log was on paper")
    assert cli("monitored-unit", "edit", "Freezer", "--first-on", "2026-02-27").code == 0


@pytest.mark.usefixtures("freezer")
def test_a_day_of_which_a_logger_alone_tells_has_its_excursion_in_the_log(cli: Cli) -> None:
    moments = ("2026-02-28 10:00", "2026-03-02 0:00")
    rows = "unit,taken_at,celsius\n" + "".join(f"Freezer,{at},-10\n" for at in moments)
    assert cli("logger-reading", "import", "-", typed=rows).code == 0
    log = cli("temperatures", "log", "Freezer", "--month", "2026-02", "--json").json
    assert [row["remark"] for row in log if row["day"] == "2026-02-28"] == [
        "closed; TOO WARM, EX-1"
    ]
    [today] = cli("temperatures", "log", "Freezer", "--from", "2026-03-02", "--json").json
    assert (today["state"], "EX-1" in today["remark"]) == ("logged", True)


@pytest.mark.usefixtures("freezer")
def test_the_log_of_a_unit_that_is_gone_is_still_shown_to_an_inspector(cli: Cli) -> None:
    read = ("temperatures", "record", "Freezer=-4", "--day", "2026-02-24", "--at", "7:40")
    assert cli(*read).code == 0
    assert "monitored-unit explain 'Freezer'" in cli("monitored-unit", "archive", "Freezer").err
    cli("monitored-unit", "explain", "Freezer", "--reason", "Its log was on paper")
    assert cli("monitored-unit", "archive", "Freezer").code == 0
    cli("monitored-unit", "add", "--name", "Freezer", "--sort", "freezer")
    rows = [row for row in cli("inspect", "vfc", "--json").json if "temperature-log" in str(row)]
    gone = next(row["proof"] for row in rows if "until" in row["proof"])
    assert gone.startswith("Freezer: log since 2026-02-23 until")
    assert gone.endswith("1 of 10 readings, 9 gaps explained")
