"""A duplicate is said by the ticket that stays: no report is hidden, and no unsafe unit forgotten."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.access.access_tools import open_as
from tests.effort import tried

from officeops.access.actions import admit
from officeops.history.undo import redo, undo
from officeops.model.errors import OfficeError
from officeops.office.crud import add_record
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.life import TICKET
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from plugins.maintenance.tests.tickets.conftest import Clinic

    from officeops.testing import Cli

WORK: Final = (
    *("mark-duplicate",) * 5,
    "close",
    "resolve",
    "reopen",
    "reopen",
    "cancel",
    "undo",
    "redo",
)
STEPS: Final = st.lists(
    st.tuples(st.sampled_from(WORK), st.integers(0, 3), st.integers(0, 3)), max_size=10
)


def take(clinic: Clinic, step: str, ticket: Ticket, other: Ticket) -> None:
    if step in {"undo", "redo"}:
        (undo if step == "undo" else redo)(clinic.office)
        return
    asked: dict[str, dict[str, Any]] = {
        "mark-duplicate": {"duplicate_of_id": other.id},
        "reopen": {"reason": "It is another one"},
        "cancel": {"reason": "Entered twice"},
    }
    given = asked.get(step, {"resolution": "Fixed"})
    clinic.office.do(TICKET.action(Ticket, step), ticket, **given)


def test_any_sequence_leaves_each_duplicate_with_a_ticket_that_says_as_much(
    clinic: Clinic,
) -> None:
    office = clinic.office

    def check(tickets: list[Ticket]) -> None:
        known = {ticket.id: clinic.again(ticket) for ticket in tickets}
        for ticket in known.values():
            if ticket.state != "duplicate":
                assert ticket.duplicate_of_id is None
                continue
            head = known[ticket.duplicate_of_id or 0]
            assert head.state != "duplicate", "a circle, or a chain, hides both"
            assert head.unsafe >= ticket.unsafe
            assert head.equipment_id == ticket.equipment_id or ticket.equipment_id is None
        for unit in office.all(Equipment):
            unsafe = [one for one in known.values() if one.unsafe and one.equipment_id == unit.id]
            if any(one.state in {"new", "assigned"} for one in unsafe):
                assert unit.status == "out_of_service"

    @tried(120)
    @given(STEPS)
    def in_any_order(steps: list[tuple[str, int, int]]) -> None:
        with office.acting("test.units"):
            units = [office.add(Equipment(name=name)) for name in ("ECG", "Lamp")]
        facts = [(units[0], True), (units[0], False), (None, True), (units[1], False)]
        tickets = []
        for unit, unsafe in facts:
            given = {"title": "Broken", "equipment_id": unit and unit.id, "unsafe": unsafe}
            tickets.append(add_record(office, Ticket, given))
        for step, one, other in steps:
            with suppress(OfficeError):
                take(clinic, step, clinic.again(tickets[one]), tickets[other])
            check(tickets)

    in_any_order()


def test_a_refusal_says_which_ticket_and_what_to_do(clinic: Clinic, cli: Cli) -> None:
    for title in ("One", "Two", "Three"):
        clinic.report(title)
    mark = ("ticket", "mark-duplicate")
    assert "of itself" in cli(*mark, "TK-1", "--duplicate-of", "TK-1").err
    assert cli(*mark, "TK-2", "--duplicate-of", "TK-1").code == 0
    assert "of itself" in cli(*mark, "TK-1", "--duplicate-of", "TK-2").err
    assert "of TK-1" in cli(*mark, "TK-3", "--duplicate-of", "TK-2").err
    cli("ticket", "reopen", "TK-3", "--reason", "Another cable")
    cli("ticket", "close", "TK-1")
    assert "TK-1 is closed; reopen it first" in cli(*mark, "TK-3", "--duplicate-of", "TK-1").err
    assert clinic.again(clinic.office.get(Ticket, 3)).state == "assigned"


def test_staff_mark_their_own_reports_and_a_manager_marks_any(clinic: Clinic) -> None:
    clinic.report("Flat line")
    admit(clinic.office, "kim", ["clerk"])
    mark = TICKET.action(Ticket, "mark-duplicate")
    with open_as(clinic.office, "kim") as kim:
        own = add_record(kim, Ticket, {"title": "No line", "equipment_id": clinic.unit.id})
        of_others = kim.get(Ticket, 1)
        assert "a manager marks it" in str(mark.reason(kim, of_others))
        kim.do(mark, own, duplicate_of_id=1)
    assert clinic.again(own).state == "duplicate"
