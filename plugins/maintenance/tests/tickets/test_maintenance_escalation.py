"""Targets are off until set; late and long waiting tickets reach the manager without any job."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from officeops import Note
from officeops.core.calendar_records import OpeningHours
from officeops.values.dates import WEEKDAYS
from officeops_maintenance.tickets.call_back import call_back
from officeops_maintenance.tickets.jobs import ticket_escalation
from officeops_maintenance.tickets.life import TICKET

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.maintenance.tests.tickets.conftest import Clinic

    from officeops.testing import Cli

SETTINGS = "[plugins.maintenance]\ncall_back_normal = 60\ncall_back_high = 30\n"


@pytest.fixture
def set_targets(officeops_home: Path) -> None:
    """Set targets, before the office is opened."""
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SETTINGS)


@pytest.fixture
def always_open(set_targets: None, clinic: Clinic) -> Clinic:  # noqa: ARG001 - set before it opens
    """The clinic, which opens around the clock."""
    with clinic.office.acting("test.hours"):
        for hours in list(clinic.office.all(OpeningHours)):
            clinic.office.archive(hours)
        for weekday in WEEKDAYS:
            clinic.office.add(OpeningHours(weekday=weekday, opens=0, closes=1440))
    return clinic


def test_no_target_is_set_and_no_clock_runs(clinic: Clinic) -> None:
    ticket = clinic.report()
    assert ticket.call_back_within is None
    assert call_back(clinic.office, ticket) is None


def test_a_change_of_priority_keeps_the_time_used(always_open: Clinic) -> None:
    office = always_open.office
    ago = office.now() - timedelta(minutes=45)
    ticket = always_open.report(reported_at=ago)
    clock = call_back(office, ticket)
    assert clock is not None
    assert (clock.target, clock.is_late) == (60, False)
    with office.acting("test.triage"):
        TICKET.move(office, ticket, "triage", priority="high")
    clock = call_back(office, always_open.again(ticket))
    assert clock is not None
    assert (clock.target, clock.is_late) == (30, True)
    assert clock.used >= 45


def test_a_late_ticket_is_a_new_line_that_the_manager_has_too(
    always_open: Clinic, cli: Cli
) -> None:
    ago = always_open.office.now() - timedelta(hours=3)
    always_open.report(assignee="luis", reported_at=ago)
    [line] = cli("today", "--json").json
    assert line["key"] == "maintenance.ticket:1:late"
    assert line["owner"] == "luis, manager"
    assert "nobody called back, late since" in line["what"]
    # No job has run: nothing of it depends on one.
    assert cli("repairs", "--check").code == 3


def test_the_job_escalates_each_late_ticket_once_however_many_nights_it_missed(
    always_open: Clinic,
) -> None:
    office = always_open.office
    always_open.report(reported_at=office.now() - timedelta(days=9))
    always_open.report("Fresh")
    [said] = ticket_escalation.run(office)
    assert said.startswith("TK-1 Flat line: nobody called back, late since")
    assert list(ticket_escalation.run(office)) == ["No ticket is newly late."]
    assert len(list(office.all(Note))) == 1


def test_a_waiting_ticket_comes_again_every_seven_days(clinic: Clinic, cli: Cli) -> None:
    ago = clinic.office.now() - timedelta(days=15)
    ticket = clinic.report(reported_at=ago)
    with clinic.office.acting("test.wait"):
        TICKET.move(clinic.office, ticket, "wait", waiting_for="parts", at=ago)
    [line] = cli("today", "--json").json
    since = clinic.office.ways.day_of(ago)
    assert line["key"] == f"maintenance.ticket:1:waits-{since}-2"
    assert f"waits for parts since {since}; ask again" in line["what"]


def test_a_unit_that_nobody_returned_stays_in_today_with_its_door(clinic: Clinic, cli: Cli) -> None:
    clinic.report(unsafe=True)
    assert "EQ-1 ECG, out of service: TK-1 Flat line" in cli("huddle").out
    assert [line["key"] for line in cli("today", "--json").json] == ["maintenance.ticket:1"]
    cli("ticket", "close", "TK-1")
    [line] = cli("today", "--json").json
    assert (line["action"], "EQ-1 ECG is out of service since" in line["what"]) == ("return", True)
    cli("equipment", "return", "EQ-1")
    assert cli("today", "--json").json == []
