"""The log of a lifecycle: who sees its events, and what becomes of them with their record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.model.ticket_tools import MONDAY, PLUGIN, do, read, ticket_in

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.core.event_record import LoggedEvent
from officeops.core.purge import purge
from officeops.core.records import RetentionRule
from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.errors import Forbidden, Refused
from officeops.office.crud import add_record, archive_record
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import OfficeFactory

#: A later version of the plugin, with another name for its record and for one of its states.
RENAMED = (
    PLUGIN.replace("tickets.ticket", "tickets.request")
    .replace('"waiting"', '"on_hold"')
    .replace("    Refused,\n", "    Refused, rename_choice, rename_record,\n")
    .replace(
        "STEPS: list[Migration] = [",
        'STEPS: list[Migration] = [Migration("0002", rename_record("tickets.ticket", "tickets.request")), '
        'Migration("0003", rename_choice("tickets.request", "status", "waiting", "on_hold"))]\n'
        "STEPS[:0] = [",
    )
)


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    opened = office_factory(files={"tickets": PLUGIN}, actor="ann")
    assert not opened.plugins.troubles
    return opened


def open_for(office: Office, role: str) -> Office:
    """Open the office for a new user with a role."""
    admit(office, f"the-{role}", [role])
    return Office(office.path, office.plugins, office.machine, user=f"the-{role}")


def live(office: Office) -> int:
    return len(list(office.all(LoggedEvent)))


def test_events_are_seen_and_undone_by_who_may_see_and_change_the_record(office: Office) -> None:
    ticket = ticket_in(office)
    make_role(office, "nobody", [])
    with open_for(office, "clerk") as clerk:
        do(clerk, ticket, "assign", assignee="bob", at=MONDAY)
        assert [event.who for event in clerk.events(ticket)] == ["ann", "the-clerk"]
        assert len(list(clerk.all(LoggedEvent))) == 1
        undo(clerk)
        assert [event.verb for event in clerk.events(ticket)] == ["add"]
    with open_for(office, "nobody") as nobody, pytest.raises(Forbidden):
        nobody.events(ticket)
    make_role(office, "auditor", ["core.event.*"])
    with open_for(office, "auditor") as auditor:
        do(office, ticket, "assign", assignee="bob", at=MONDAY)
        assert (live(office), live(auditor)) == (1, 0)


def test_a_column_of_users_names_people_too(office: Office) -> None:
    ticket = ticket_in(office)
    do(office, ticket, "finish-all", at=MONDAY)
    with open_for(office, "manager") as manager:
        with office.acting("test.name"):
            office.edit(read(office, ticket), managed=True, user_id=manager.acting_user())
        with pytest.raises(Refused) as refused:
            do(manager, ticket, "close")
        assert refused.value.problems[0].code == "same-person"
    assert "closed" in do(office, ticket, "close")


def test_a_state_that_was_reached_again_is_not_undone_from_below(office: Office) -> None:
    ticket = ticket_in(office)
    do(office, ticket, "assign", assignee="bob", at=MONDAY)
    do(office, ticket, "wait", at=MONDAY + timedelta(hours=1))
    first = office.value("SELECT max(id) FROM core_action")
    do(office, ticket, "resume", at=MONDAY + timedelta(hours=2))
    do(office, ticket, "wait", at=MONDAY + timedelta(hours=3))
    with pytest.raises(Refused) as refused:
        undo(office, first)
    assert refused.value.problems[0].code == "changed-since"
    undo(office)
    undo(office)
    undo(office, first)
    assert (read(office, ticket).status, live(office)) == ("assigned", 1)


def test_events_go_with_their_record(office: Office, freeze_today: Callable[[str], None]) -> None:
    kept, gone = ticket_in(office), ticket_in(office)
    for ticket in (kept, gone):
        do(office, ticket, "assign", assignee="Zanzibar", at=MONDAY)
    values = {"record": "tickets.ticket", "years": 1, "source": "Us"}
    add_record(office, RetentionRule, values)
    archive_record(office, read(office, gone))
    freeze_today("2032-01-01")
    assert len(purge(office)) == 1
    rows = office.rows("SELECT about_key, about_id FROM core_event")
    assert rows == [("tickets.ticket", kept.id)]
    assert not verify(office)


def test_events_follow_a_renamed_record_and_state(office_factory: OfficeFactory) -> None:
    first = office_factory(files={"tickets": PLUGIN}, actor="ann")
    ticket = ticket_in(first)
    do(first, ticket, "assign", assignee="bob", at=MONDAY)
    do(first, ticket, "wait", at=MONDAY + timedelta(hours=1))
    first.close()
    office = office_factory(files={"tickets": RENAMED}, actor="ann")
    assert not office.plugins.troubles
    request = office.get(office.record("tickets.request"), ticket.id)
    assert [event.now for event in office.events(request)] == ["new", "assigned", "on_hold"]
