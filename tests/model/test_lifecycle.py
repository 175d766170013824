"""Lifecycles: nothing but a declared transition changes a state, and all of one is taken back with it."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.model.ticket_tools import (
    MONDAY,
    PLUGIN,
    STATES,
    TO_REACH,
    VERBS,
    Ticket,
    changes,
    do,
    move,
    needed,
    read,
    ticket_in,
)

from officeops.history.undo import redo, undo
from officeops.model.errors import Forbidden, Refused, UsageProblem
from officeops.model.lifecycle import Lifecycle
from officeops.model.lifecycle.transition import TODAY, Transition
from officeops.model.lifecycle.words import no_such_state
from officeops.tui.base.record_verbs import of_action

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    opened = office_factory(files={"tickets": PLUGIN}, actor="ann")
    assert not opened.plugins.troubles
    return opened


@tried(60)
@given(verbs=st.lists(st.sampled_from(VERBS), max_size=9))
def test_only_declared_transitions_change_a_state_and_undo_takes_back_all_of_each(
    office: Office, verbs: list[str]
) -> None:
    ticket = ticket_in(office)
    life, until = ticket.life, MONDAY + timedelta(days=9)
    kept: list[tuple[dict[str, Any], dict[str, int]]] = []

    def lived() -> tuple[dict[str, Any], dict[str, int]]:
        row = {
            name: value for name, value in vars(read(office, ticket)).items() if name != "version"
        }
        return row, {s: life.time_in(office, ticket, {s}, until=until) for s in STATES}

    for number, verb in enumerate(verbs):
        ticket, before = read(office, ticket), changes(office, ticket)
        way, was = life.transitions[verb], ticket.status
        at = MONDAY + timedelta(hours=5 * number + 1)
        state = lived()
        if was not in way.sources:
            with pytest.raises(Refused) as refused:
                move(office, ticket, verb, at=at, **needed(verb))
            assert refused.value.problems[0].code == "wrong-state"
            assert (changes(office, ticket), lived()) == (before, state)
            continue
        kept.append(state)
        move(office, ticket, verb, at=at, **needed(verb))
        assert read(office, ticket).status == way.to
        assert changes(office, ticket) == before + 1
        assert sum(lived()[1].values()) == office.calendar.minutes(MONDAY, until)
    after = lived()
    for _ in kept:
        undo(office)
    assert lived() == (kept[0] if kept else after)
    for _ in kept:
        redo(office)
    assert lived() == after


@pytest.mark.parametrize("was", STATES)
def test_no_edit_changes_a_state_where_no_transition_does(office: Office, was: str) -> None:
    for now in STATES:
        ticket = ticket_in(office)
        for verb in TO_REACH[was]:
            move(office, read(office, ticket), verb, **needed(verb))
        ways = ticket.life.transitions.values()
        is_declared = was == now or any(way.to == now and was in way.sources for way in ways)
        expected = nullcontext() if is_declared else pytest.raises(Refused)
        with office.acting("test.edit"), expected:
            office.edit(read(office, ticket), managed=True, status=now)
        assert read(office, ticket).status == (now if is_declared else was)


def test_a_transition_writes_all_that_it_declares_in_one_change(office: Office) -> None:
    ticket = ticket_in(office)
    do(office, ticket, "assign", assignee="bob", note="By noon", at=MONDAY)
    assigned = read(office, ticket)
    assert (assigned.version, assigned.assignee, assigned.note) == (2, "bob", "By noon")
    assert (assigned.assigned_by, assigned.assigned_at) == ("ann", MONDAY)
    do(office, ticket, "assign", assignee="cleo")
    assert (read(office, ticket).assignee, read(office, ticket).note) == ("cleo", "By noon")
    events = office.events(read(office, ticket))
    assert [(event.was, event.now, event.verb) for event in events] == [
        ("", "new", "add"),
        ("new", "assigned", "assign"),
        ("assigned", "assigned", "assign"),
    ]
    for blank in ({}, {"assignee": " "}):
        with pytest.raises(Refused) as refused:
            do(office, ticket, "assign", **blank)
        assert [problem.code for problem in refused.value.problems] == ["needed"]


def test_a_step_that_then_refuses_leaves_nothing(office: Office) -> None:
    ticket = ticket_in(office)
    do(office, ticket, "finish-all", at=MONDAY)
    before = changes(office, ticket)
    with pytest.raises(Refused, match="nobody pays"):
        do(office, ticket, "close", cost=5000)
    assert (read(office, ticket).status, changes(office, ticket)) == ("done", before)
    assert len(office.events(ticket)) == 3
    assert "for 40" in do(office, ticket, "close", cost=40)


def test_a_guard_says_the_same_everywhere(office: Office, cli: Cli) -> None:
    ticket = ticket_in(office, "Lift, blocked")
    do(office, ticket, "finish-all", at=MONDAY)
    action = next(a for a in office.actions(office.record("ticket")) if a.verb == "close")
    why = action.reason(office, read(office, ticket))
    assert why == "it waits for the landlord"
    with pytest.raises(Refused, match=why):
        move(office, read(office, ticket), "close")
    assert of_action(action).why_not(office, read(office, ticket)) == why
    ran = cli("ticket", "close", "T-1", "--cost", "3", env={"OFFICEOPS_PLUGINS": "tickets"})
    assert (ran.code, why in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("at", "code"),
    [(timedelta(minutes=-1), "wrong-order"), (timedelta(days=9999), "out-of-range")],
)
def test_a_moment_is_neither_before_the_last_nor_to_come(
    office: Office, at: timedelta, code: str
) -> None:
    ticket = ticket_in(office)
    do(office, ticket, "assign", assignee="bob", at=MONDAY + timedelta(hours=1))
    with pytest.raises(Refused) as refused:
        do(office, ticket, "wait", at=MONDAY + timedelta(hours=1) + at)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_stamped_day_is_the_one_of_the_office_or_of_the_entered_moment(
    office: Office, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2026-03-09")
    assert TODAY(office, office.now()) == date(2026, 3, 9)
    assert TODAY(office, MONDAY) == MONDAY.date()


def test_who_is_named_signs_by_no_road(office: Office, office_factory: OfficeFactory) -> None:
    ticket = ticket_in(office)
    do(office, ticket, "assign", assignee="bob", at=MONDAY)
    do(office, ticket, "finish")
    bob = office_factory(files={"tickets": PLUGIN}, actor="bob")
    cleo = office_factory(files={"tickets": PLUGIN}, actor="cleo")

    def refused(road: Callable[..., object], *words: object, **given: Ticket) -> None:
        with pytest.raises(Refused) as error:
            road(*words, **given)
        assert error.value.problems[0].code == "same-person"

    refused(do, bob, ticket, "close")
    refused(move, bob, read(bob, ticket), "close")
    with bob.acting("test.edit"):
        refused(bob.edit, read(bob, ticket), managed=True, status="closed")
    do(cleo, ticket, "close")
    closed = cleo.value("SELECT max(id) FROM core_action")
    refused(undo, bob, closed)
    undo(cleo)
    undone = cleo.value("SELECT max(id) FROM core_action")
    refused(redo, bob, undone)
    redo(cleo)
    assert read(office, ticket).status == "closed"


def test_the_time_in_a_state_is_open_minutes(office: Office) -> None:
    """Opened Monday at 9:00, waiting over a weekend: only open hours count."""
    with office.acting("core.office.edit"):
        office.add(office.record("core.office")(name="Elm", time_zone="UTC"))
    office.forget_facts()
    ticket = ticket_in(office)
    do(office, ticket, "assign", assignee="bob", at=MONDAY + timedelta(hours=1))
    do(office, ticket, "wait", at=MONDAY + timedelta(days=4))
    do(office, ticket, "resume", at=MONDAY + timedelta(days=7))
    life, fresh = ticket.life, read(office, ticket)
    assert life.time_in(office, fresh, {"new"}) == 60
    assert life.time_in(office, fresh, {"waiting"}) == 9 * 60
    with pytest.raises(TypeError, match="no state lost"):
        life.time_in(office, fresh, {"lost"})


def test_a_verb_of_no_transition_is_refused_with_those_that_there_are(office: Office) -> None:
    ticket = ticket_in(office)
    for ask in (
        lambda: move(office, ticket, "bogus"),
        lambda: ticket.life.reason(office, ticket, "bogus"),
    ):
        with pytest.raises(UsageProblem, match=r"no transition 'bogus'.*assign") as refused:
            ask()
        assert refused.value.problems[0].code == "not-found"


def test_a_moment_without_a_zone_is_refused_by_its_field(office: Office) -> None:
    ticket = ticket_in(office)
    with pytest.raises(Refused) as refused:
        move(office, ticket, "assign", assignee="bob", at=MONDAY.replace(tzinfo=None))
    [problem] = refused.value.problems
    assert (problem.field, problem.code) == ("at", "not-a-date")


@pytest.mark.parametrize("road", ["command", "code", "edit"])
def test_an_archived_record_changes_no_state_until_it_is_back(office: Office, road: str) -> None:
    ticket = ticket_in(office)
    do(office, ticket, "assign", assignee="bob")
    with office.acting("tickets.ticket.archive"):
        office.archive(read(office, ticket))

    def take() -> None:
        if road == "command":
            do(office, ticket, "wait")
        elif road == "code":
            move(office, read(office, ticket), "wait")
        else:
            with office.acting("tickets.ticket.wait"):
                office.edit(read(office, ticket), managed=True, status="waiting")

    with pytest.raises(Refused) as refused:
        take()
    [problem] = refused.value.problems
    assert problem.code == "archived"
    assert problem.message == (
        f"it is archived; `officeops ticket unarchive T-{ticket.id}` brings it back"
    )
    with office.acting("tickets.ticket.unarchive"):
        office.unarchive(read(office, ticket))
    take()
    assert read(office, ticket).status == "waiting"


def test_a_step_is_undone_once_its_record_is_unarchived(office: Office) -> None:
    ticket = ticket_in(office)
    do(office, ticket, "assign", assignee="bob")
    step = office.value("SELECT max(id) FROM core_action")
    with office.acting("tickets.ticket.archive"):
        office.archive(read(office, ticket))
    with pytest.raises(Refused, match="is archived; unarchive it first"):
        undo(office, step)
    assert read(office, ticket).status == "assigned"
    with office.acting("tickets.ticket.unarchive"):
        office.unarchive(read(office, ticket))
    undo(office, step)
    assert read(office, ticket).status == "new"
    redo(office)
    assert read(office, ticket).status == "assigned"


def test_a_step_that_is_no_command_is_named_by_its_label() -> None:
    door = Lifecycle(
        ("open", "shut", "sealed"),
        Transition("shut", ("open",), "shut"),
        Transition("closing", ("shut",), "sealed", label="Seal up"),
        Transition("hidden", ("shut",), "sealed"),
    )
    record: Any = SimpleNamespace(status="open")
    steps = [door.transitions[verb] for verb in ("closing", "hidden")]
    said = {step.verb: no_such_state(door, record, step) for step in steps}
    assert said == {
        "closing": "it is open; you can seal it up only when it is shut",
        "hidden": "it is open; 'hidden' is only for one that is shut",
    }


def test_a_record_without_a_key_is_named_in_what_a_step_says(office_factory: OfficeFactory) -> None:
    office = office_factory(files={"tickets": PLUGIN.replace('prefix="T", ', "")}, actor="ann")
    ticket = ticket_in(office)
    assert move(office, ticket, "assign", assignee="bob") == "Autoclave is now assigned."
    with pytest.raises(Refused, match=r"^Autoclave: "):
        move(office, read(office, ticket), "close")


def test_a_step_is_an_action_of_its_own_with_the_permission_of_the_person(
    office: Office, office_factory: OfficeFactory, cli: Cli
) -> None:
    ticket = ticket_in(office)
    verb = TO_REACH[STATES[1]][0]
    action = ticket.life.action(type(ticket), verb)
    cli("access", "add", "vic", "--role", "read-only")
    with pytest.raises(Forbidden):
        office_factory("tickets", login="vic").do(action, ticket, **needed(verb))
    office.do(action, ticket, **needed(verb))
    assert read(office, ticket).status == STATES[1]
    with pytest.raises(TypeError, match="there is no transition fly"):
        ticket.life.action(type(ticket), "fly")
