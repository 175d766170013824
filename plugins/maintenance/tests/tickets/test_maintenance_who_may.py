"""Who may do what with tickets: anybody reports, also at a shared workstation; a manager closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import open_as
from tests.access.shared_tools import DESK, PINS, add_desk, signed

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.model.errors import Forbidden, Refused
from officeops.office.crud import add_record
from officeops.office.record_page import page_of
from officeops.tui.testing import Terminal
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from plugins.maintenance.tests.tickets.conftest import Clinic

    from officeops.office.office import Office


#: Steps that a manager takes.
MANAGERS = (
    "ticket.close",
    "ticket.verify",
    "ticket.reject",
    "equipment.return",
    "equipment.retire",
)


def report(office: Office, **facts: object) -> Ticket:
    return add_record(office, Ticket, {"title": "ECG shows flat line", **facts})


def test_a_reporter_reports_even_what_is_unsafe_and_closes_nothing(clinic: Clinic) -> None:
    admit(clinic.office, "kim", ["reporter"])
    with open_as(clinic.office, "kim") as kim:
        ticket = report(kim, equipment_id=clinic.unit.id, unsafe=True)
        assert clinic.unit_now().status == "out_of_service"
        assert all(kim.why_not(f"maintenance.{step}") for step in MANAGERS)
        with pytest.raises(Forbidden), kim.acting("maintenance.ticket.close"):
            kim.edit(ticket, title="Nothing")


def test_at_a_shared_workstation_a_report_has_the_name_of_the_pin(clinic: Clinic) -> None:
    add_desk(clinic.office, "maintenance.ticket.*")
    with open_as(clinic.office, DESK) as desk:
        with pytest.raises(Refused):
            report(desk)
        with signed(desk, "ann") as entry:
            assert report(entry).reported_by == "ann"


def test_a_form_at_a_shared_workstation_has_the_name_of_the_pin_as_well(clinic: Clinic) -> None:
    add_desk(clinic.office, "maintenance.ticket.*")
    with open_as(clinic.office, DESK) as desk, Terminal(desk) as terminal:
        terminal.press(":").type("ticket").press("enter", "n")
        assert DESK not in terminal.line("Reported by")
        terminal.type("Sparks").press("ctrl+s")
        terminal.type("ann").press("enter").type(PINS["ann"]).press("enter")
    [ticket] = clinic.office.all(Ticket, "title = 'Sparks'")
    assert ticket.reported_by == "ann"


def test_the_page_of_a_unit_shows_nothing_that_a_person_may_not_see(clinic: Clinic) -> None:
    clinic.report("Secret fault", vendor_id=clinic.vendor.id)
    make_role(clinic.office, "looker", ["maintenance.equipment.view"])
    admit(clinic.office, "lou", ["looker"])
    with open_as(clinic.office, "lou") as lou:
        said = str(page_of(lou, lou.get(Equipment, clinic.unit.id)))
    assert "Added by" in said
    assert "Secret" not in said
    assert "Cost so far" not in said
