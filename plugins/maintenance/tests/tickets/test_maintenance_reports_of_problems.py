"""From one line of report to a closed ticket: the commands, what they say, and what follows."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from officeops import Failure, Note, Subject
from officeops.model.errors import Refused
from officeops.model.exit_codes import DONE, REFUSED, USAGE
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.life import EQUIPMENT
from officeops_maintenance.tickets.life import TICKET
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.maintenance.tests.tickets.conftest import Clinic

    from officeops.testing import Cli, OfficeFactory


@pytest.mark.usefixtures("clinic")
def test_one_line_reports_and_one_closes(cli: Cli) -> None:
    added = cli("ticket", "new", "ECG shows flat line", "--equipment", "EQ-1")
    assert (added.code, added.err.splitlines()) == (DONE, ["Ticket TK-1 added."])
    assert cli("ticket", "close", "TK-1").err.strip() == "TK-1 is closed: Fixed."
    ticket = cli("ticket", "show", "TK-1", "--json").json
    assert (ticket["stage"], ticket["resolution"], ticket["cost"]) == ("fixed", "Fixed", None)


@pytest.mark.usefixtures("clinic")
def test_an_emergency_shows_the_number_for_after_hours(cli: Cli) -> None:
    line = ("ticket", "new", "Smoke", "--equipment", "EQ-1", "--priority", "emergency")
    said = cli(*line).err
    assert "555-0199" in said
    assert re.search(r"555-0199", cli("today").out)


def test_an_unsafe_report_keeps_the_unit_out_until_its_ticket_returns_it(
    clinic: Clinic, cli: Cli
) -> None:
    cli("ticket", "new", "Smoke", "--equipment", "EQ-1", "--unsafe", "yes")
    assert clinic.unit_now().status == "out_of_service"
    assert "EQ-1 ECG is still out of service" in cli("ticket", "close", "TK-1").err
    cli("ticket", "reopen", "TK-1", "--reason", "Smoke again")
    assert "ECG is in service" in cli("ticket", "close", "TK-1", "--return-unit", "yes").err
    [downtime] = clinic.office.all(Downtime)
    assert downtime.ended_at is not None


def test_no_ticket_returns_a_unit_whose_test_is_missing(clinic: Clinic, cli: Cli) -> None:
    cli("checklist", "add", "--name", "Safety test")
    cli("checklist-item", "add", "--checklist", "Safety test", "--text", "Leakage")
    with clinic.office.acting("test.category"):
        listed = clinic.office.first(clinic.office.record("core.checklist"), "1")
        assert listed is not None
        demanding = clinic.office.add(
            Category(name="ECGs", release_checklist_id=listed.id, release_second_sign=True)
        )
        clinic.office.edit(clinic.unit_now(), category_id=demanding.id)
    clinic.report(unsafe=True)
    refused = cli("ticket", "close", "TK-1", "--return-unit", "yes")
    assert (refused.code, "has not passed Safety test" in refused.err) == (REFUSED, True)
    assert cli("ticket", "list", "--view", "open", "--json").json
    cli("equipment", "test", "EQ-1")
    cli("task", "complete", "T-1", "--answer", "Leakage=pass")
    refused = cli("ticket", "close", "TK-1", "--return-unit", "yes")
    assert "a second person signs T-1 first" in refused.err


def test_a_failed_answer_opens_one_ticket_however_often_it_fails(clinic: Clinic) -> None:
    office = clinic.office
    about = Subject("maintenance.equipment", clinic.unit.id)
    failure = Failure("Daily check", "Cable", "fail", about, "luis", blocks=True)
    with office.acting("test.fail"):
        first = Ticket.open_for(office, failure)
    assert clinic.unit_now().status == "out_of_service"
    with office.acting("test.fail"):
        assert Ticket.open_for(office, failure).id == first.id
    assert [note.text for note in office.all(Note)] == ["It failed again. Daily check: fail"]


def test_a_checklist_opens_the_ticket_and_blocks_the_return(clinic: Clinic, cli: Cli) -> None:
    cli("checklist", "add", "--name", "Daily")
    line = ("--text", "Cable", "--on-fail", "maintenance.ticket", "--blocks", "yes")
    assert cli("checklist-item", "add", "--checklist", "Daily", *line).code == DONE
    task = ("--due", "today", "--checklist", "Daily", "--about", "equipment:EQ-1")
    cli("task", "add", "Check", *task)
    assert "opened Ticket TK-1" in cli("task", "complete", "T-1", "--answer", "Cable=fail").err
    assert "T-1" in cli("equipment", "return", "EQ-1").err
    assert clinic.unit_now().status == "out_of_service"
    assert cli("undo").code == DONE
    assert clinic.unit_now().status == "in_service"
    assert not list(clinic.office.all(Ticket))


def test_a_call_is_a_note_with_a_day_to_call_again(clinic: Clinic, cli: Cli) -> None:
    clinic.report()
    cli("ticket", "call", "TK-1", "--said", "They come Thursday", "--follow-up-on", "+2d")
    [note] = clinic.office.all(Note)
    assert note.text == "Call to MedTech: They come Thursday"
    assert note.follow_up_on == clinic.office.today + timedelta(days=2)
    assert cli("repairs", "--json").json[0]["state"] == "called in"
    assert "They come Thursday" in cli("today", "--until", "+2d").out
    cli("ticket", "call", "TK-1", "--said", "The part comes from Ohio", "--wait", "yes")
    assert cli("repairs", "--json").json[0]["waiting_for"] == "vendor"


def test_costs_add_up_and_an_unknown_one_is_no_zero(clinic: Clinic, cli: Cli) -> None:
    clinic.report()
    assert cli("ticket", "charge", "TK-1").code == REFUSED
    cli("ticket", "close", "TK-1", "--cost", "100", "--labor", "1:30")
    cli("ticket", "charge", "TK-1", "--cost", "20.50")
    clinic.report("Paper jam")
    first = cli("ticket", "show", "TK-1", "--json").json
    assert (first["cost"], first["labor"]) == ("120.50", 90)
    page = cli("equipment", "show", "EQ-1", "--json").json["page"]["Summary"]
    assert "Cost so far: 120.50 of 3200.00 (3%), 1 ticket without a cost" in page


def test_another_person_verifies_that_it_works(
    clinic: Clinic, office_factory: OfficeFactory
) -> None:
    office, ticket = clinic.office, clinic.report()
    with office.acting("test.resolve"):
        TICKET.move(office, ticket, "resolve", resolution="New leads")
    with pytest.raises(Refused), office.acting("test.verify"):
        TICKET.move(office, clinic.again(ticket), "verify")
    second = office_factory("maintenance", actor="P. Lam")
    with second.acting("test.verify"):
        TICKET.move(second, second.get(Ticket, ticket.id), "verify")
    assert clinic.again(ticket).verified_by == "P. Lam"


def test_a_duplicate_gives_its_notes_to_the_one_that_stays(clinic: Clinic, cli: Cli) -> None:
    clinic.report()
    clinic.report("Flat again")
    cli("ticket", "note", "TK-2", "Since Monday")
    cli("ticket", "mark-duplicate", "TK-2", "--duplicate-of", "TK-1")
    assert "Since Monday" in cli("ticket", "show", "TK-1").out
    assert [row["key"] for row in cli("repairs", "--json").json] == ["TK-1"]


def test_a_unit_stays_while_a_ticket_about_it_is_open(clinic: Clinic, cli: Cli) -> None:
    clinic.report()
    assert "TK-1 about it is open" in cli("equipment", "retire", "EQ-1", "--reason", "Old").err


def test_people_see_four_states_until_a_setting_shows_them_all(
    clinic: Clinic, cli: Cli, officeops_home: Path
) -> None:
    ticket = clinic.report()
    with clinic.office.acting("test.triage"):
        TICKET.move(clinic.office, ticket, "triage", priority="high")
    assert cli("ticket", "list", "--json").json[0]["stage"] == "reported"
    assert cli("repairs", "--json").json[0]["state"] == "reported"
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[plugins.maintenance]\nstates = "all"\n')
    assert cli("ticket", "list", "--where", "stage=triaged", "--json").json
    assert cli("repairs", "--json").json[0]["state"] == "triaged"
    file.write_text('[plugins.maintenance]\nstates = "some"\n')
    for command in (("ticket", "list"), ("ticket", "show", "TK-1"), ("repairs",)):
        wrong = cli(*command)
        assert (wrong.code, "states: found 'some'" in wrong.err) == (USAGE, True)


def test_a_return_that_is_entered_later_ends_the_downtime_when_it_happened(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = clinic.office
    evening = office.now() + timedelta(hours=10)
    monkeypatch.setattr(office, "now", lambda: evening)
    with office.acting("test.past"):
        unit = clinic.unit_now()
        EQUIPMENT.move(office, unit, "take-out", reason="Sparks", at=evening - timedelta(hours=9))
        EQUIPMENT.move(office, unit, "return", at=evening - timedelta(hours=4))
    [downtime] = office.all(Downtime)
    assert downtime.ended_at is not None
    assert downtime.ended_at - downtime.started_at == timedelta(hours=5)


def test_the_most_urgent_ticket_is_the_first(clinic: Clinic, cli: Cli) -> None:
    for priority in ("low", "normal", "emergency", "high"):
        clinic.report(priority=priority)
    order = ["emergency", "high", "normal", "low"]
    assert [row["priority"] for row in cli("repairs", "--json").json] == order
    listed = cli("ticket", "list", "--view", "open", "--json").json
    assert [row["priority"] for row in listed] == order
