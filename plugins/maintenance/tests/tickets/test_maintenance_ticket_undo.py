"""Any sequence of work on tickets keeps to the graph, and its undo restores every record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.core.records import Location
from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops_inventory.model import Item, Lot, Move
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.life import TICKET, UNSOLVED
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.maintenance.tests.tickets.conftest import Clinic

    from officeops.office.office import Office

#: What a person answers where an action asks for it.
ANSWERS: Final[dict[str, Any]] = {
    "priority": "high", "waiting_for": "parts", "resolution": "New leads", "reason": "Broken",
    "said": "On Thursday", "item": "FLT", "quantity": 2, "cost": 500,
    "lent_to": "Dr. Hahn", "assignee": "luis",
}  # fmt: skip
TICKET_WORK: Final = (*(verb for verb, way in TICKET.transitions.items() if way.help), "call", "charge", "use-part")  # fmt: skip
UNIT_WORK: Final = ("take-out", "quarantine", "return", "lend", "take-back", "retire", "reinstate")
STEPS: Final = st.lists(
    st.one_of(
        st.tuples(st.just("report"), st.booleans(), st.just(0)),
        st.tuples(st.sampled_from(TICKET_WORK), st.booleans(), st.integers(0, 2)),
        st.tuples(st.sampled_from(UNIT_WORK), st.booleans(), st.just(0)),
    ),
    min_size=1, max_size=12,
)  # fmt: skip
KINDS: Final = (
    *("maintenance.ticket", "maintenance.equipment", "maintenance.downtime"),
    *("core.note", "core.event"),
)


def rows(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every live row of what tickets write, and the stock."""
    tables = {}
    for key in KINDS:
        meta = office.records[key].meta
        columns = ", ".join(field.name for field in meta.fields)
        sql = f"SELECT id, {columns} FROM {meta.table} WHERE archived_at IS NULL ORDER BY id"
        tables[key] = office.rows(sql)
    tables["stock"] = office.rows("SELECT lot_id, quantity FROM inventory_stock ORDER BY 1")
    return tables


def carry_out(clinic: Clinic, verb: str, chosen: bool, n: int) -> bool:  # noqa: FBT001 - drawn
    """Do one step, and return whether it changed something; a refusal changes nothing."""
    office = clinic.office
    if verb == "report":
        clinic.report(unsafe=chosen)
        return True
    tickets = list(office.all(Ticket))
    if not tickets:
        return False
    subject = clinic.unit_now() if verb in UNIT_WORK else tickets[n % len(tickets)]
    work = {action.verb: action for action in office.actions(type(subject))}[verb]
    answers = {**ANSWERS, "return_unit": chosen, "due_back_on": office.today}
    answers["duplicate_of_id"] = tickets[(n + 1) % len(tickets)].id
    asked = {field.name for field in work.fields}
    before = rows(office)
    try:
        office.do(work, subject, **{name: answers[name] for name in asked & answers.keys()})
    except Refused:
        assert rows(office) == before
    return rows(office) != before


def off_the_graph(office: Office) -> Iterator[str]:
    """Yield what no declared transition explains, and downtime that contradicts its unit."""
    for ticket in office.all(Ticket):
        events = office.events(ticket)
        for event in events[1:]:
            ways = TICKET.transitions.values()
            if not any(event.was in way.sources and event.now == way.to for way in ways):
                yield f"{ticket.human_key}: {event.was} to {event.now}"
        if events[-1].now != ticket.state:
            yield f"{ticket.human_key} is {ticket.state}"
    for unit in office.all(Equipment):
        is_down = (
            office.first(Downtime, "equipment_id = ? AND ended_at IS NULL", unit.id) is not None
        )
        if is_down != (unit.status in {"out_of_service", "quarantined"}):
            yield f"{unit.name} is {unit.status}, and its downtime says {is_down}"


def stock_up(office: Office) -> None:
    with office.acting("test.setup"):
        place = office.add(Location(name="Closet", count_order=9))
        item = office.add(Item(sku="FLT", name="Filter", base_unit="piece"))
        for number, quantity in (("A1", 3), ("B2", 40)):
            lot = office.add(Lot(item_id=item.id, number=number))
            office.add(
                Move(
                    item_id=item.id, lot_id=lot.id, kind="opening", quantity=quantity,
                    location_id=place.id, day=office.today,
                )
            )  # fmt: skip


def test_any_sequence_keeps_to_the_graph_and_its_undo_restores(clinic: Clinic) -> None:
    office = clinic.office
    stock_up(office)

    @tried(40)
    @given(STEPS)
    def back_and_forth(sequence: list[tuple[str, bool, int]]) -> None:
        states = [rows(office)]
        states += [rows(office) for step in sequence if carry_out(clinic, *step)]
        assert not list(off_the_graph(office))
        for before in states[-2::-1]:
            undo(office)
            assert rows(office) == before
        if len(states) > 1:
            redo(office)
            assert rows(office) == states[1]
            undo(office)

    back_and_forth()


def test_an_unsafe_report_takes_the_unit_out_and_one_undo_brings_it_back(clinic: Clinic) -> None:
    before = rows(clinic.office)
    ticket = clinic.report(unsafe=True)
    unit = clinic.unit_now()
    assert (unit.status, unit.reason) == ("out_of_service", f"{ticket.human_key} Flat line")
    assert ticket.state in UNSOLVED
    undo(clinic.office)
    assert rows(clinic.office) == before
