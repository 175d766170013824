"""SQL of an action refers to no record that a field may not have, makes and changes no state, and numbers no row out of reach."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from tests.model.ticket_tools import PLUGIN as TICKETS
from tests.model.ticket_tools import do, read, ticket_in
from tests.office.test_new_references import DEVICES

from officeops.access.actions import admit
from officeops.history.undo import redo, undo
from officeops.history.verify import verify
from officeops.model.errors import Refused
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli, OfficeFactory

EDIT = "devices.reading.edit"
#: Ways to point the reading #1 at the device ?1; each begins with a look at what is there.
POINTING = [
    "UPDATE devices_reading SET device_id = ?1",
    "/* a look */ -- and\n\ufeffUPDATE OR REPLACE devices_reading SET device_id = ?1",
    'WITH d AS (SELECT ?1 AS id) UPDATE "devices_reading" SET device_id = (SELECT id FROM d)',
    "UPDATE main.[devices_reading] SET device_id = d.id FROM devices_device d WHERE d.id = ?1",
    "INSERT INTO devices_reading (note, device_id) VALUES ('B', ?1)",
    "INSERT OR REPLACE INTO devices_reading (id, note, device_id) VALUES (7, 'B', ?1)",
    "REPLACE INTO devices_reading (id, note, device_id) SELECT 7, 'B', ?1",
    (
        "INSERT INTO devices_reading (id, note) VALUES (1, 'B') "
        "ON CONFLICT (id) DO UPDATE SET device_id = ?1"
    ),
]


@pytest.fixture
def devices(write: Callable[..., Path], office_factory: OfficeFactory) -> Office:
    write("devices", DEVICES)
    office = office_factory("devices")
    device = office.records["devices.device"]
    with office.acting("test.add"):
        for name, status in (
            ("good", "in_service"),
            ("retired", "retired"),
            ("gone", "in_service"),
        ):
            office.add(device(name=name, status=status))
        office.add(office.records["devices.reading"](note="A"))
        office.archive(office.get(device, 3))
    return office


@pytest.mark.parametrize("sql", POINTING)
def test_sql_points_no_reference_where_a_form_may_not(devices: Office, sql: str) -> None:
    for device, code in ((2, "MISFIT"), (3, "AWAY")):
        with pytest.raises(sqlite3.IntegrityError, match=code), devices.acting("test.raw"):
            devices.store.db.execute(sql, (device,))
    with devices.acting("test.raw"):
        devices.store.db.execute(sql, (1,))
    assert devices.value("SELECT count(*) FROM devices_reading WHERE device_id = 1") == 1


def test_nor_does_the_sql_of_a_person_who_may_do_little(devices: Office) -> None:
    admit(devices, "the-clerk", ["clerk"])
    clerk = Office(devices.path, devices.plugins, devices.machine, user="the-clerk")
    with closing(clerk):
        for device, code in ((2, "MISFIT"), (3, "AWAY")):
            with pytest.raises(sqlite3.IntegrityError, match=code), clerk.acting(EDIT):
                clerk.store.db.execute(POINTING[0], (device,))
        with clerk.acting(EDIT):
            clerk.store.db.execute(POINTING[0], (1,))
        assert clerk.value("SELECT device_id FROM devices_reading") == 1


def test_a_reference_that_is_there_stays_and_an_undo_brings_it_back(devices: Office) -> None:
    reading = devices.get(devices.records["devices.reading"], 1)
    with devices.acting("test.point"):
        reading = devices.edit(reading, device_id=1, spare_id=1)
    with devices.acting("test.unpoint"):
        devices.edit(reading, device_id=None, spare_id=None)
    last = devices.value("SELECT max(id) FROM core_action")
    device = devices.get(devices.records["devices.device"], 1)
    with devices.acting("test.away"):
        devices.archive(devices.edit(device, status="retired"))
    undo(devices, last)
    with devices.acting("test.raw"):
        devices.store.db.execute("UPDATE devices_reading SET note = 'C', device_id = 1")
    assert devices.rows("SELECT note, device_id, spare_id FROM devices_reading") == [("C", 1, 1)]


NUMBERED = "INSERT INTO devices_reading (id, note) VALUES (?, 'B')"


@pytest.mark.parametrize("number", [2**63 - 1, 10**9, 0, -1, -(2**63)])
def test_no_row_has_a_number_that_leaves_none_for_others(devices: Office, number: int) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="NUMBER"), devices.acting("test.raw"):
        devices.store.db.execute(NUMBERED, (number,))
    reading = devices.records["devices.reading"]
    with pytest.raises(TypeError), devices.acting("test.many"):
        devices.add_many(reading, [{"id": number, "note": "B"}])
    with devices.acting("test.raw"):
        devices.store.db.execute(NUMBERED, (10**9 - 1,))
        devices.store.db.execute(NUMBERED, (None,))
        devices.add(reading(note="C"))
        devices.add_many(reading, [{"note": "D"}])
    assert devices.value("SELECT count(*) FROM devices_reading") == 5
    assert verify(devices) == []


@pytest.mark.parametrize("name", ["id", "rowid", "_rowid_", "oid"])
def test_no_row_gets_another_number(devices: Office, name: str) -> None:
    for sql in (
        f"UPDATE devices_reading SET {name} = 7",
        (
            "INSERT INTO devices_reading (id, note) VALUES (1, 'B') "
            f"ON CONFLICT DO UPDATE SET {name} = 7"
        ),
    ):
        with pytest.raises(sqlite3.IntegrityError, match="KEPT"), devices.acting("test.raw"):
            devices.store.db.execute(sql)


@pytest.fixture
def tickets(office_factory: OfficeFactory) -> Office:
    plugin = TICKETS.replace('    since="reported_at",', '    first=("new", "assigned"),')
    opened = office_factory(files={"tickets": plugin}, actor="ann")
    assert not opened.plugins.troubles
    return opened


RESTATING = [
    "UPDATE tickets_ticket SET status = 'done'",
    "UPDATE OR IGNORE tickets_ticket SET title = 'B', status = 'done'",
    "INSERT INTO tickets_ticket (title, status) VALUES ('B', 'done')",
    (
        "INSERT INTO tickets_ticket (id, title) VALUES (1, 'B') "
        "ON CONFLICT (id) DO UPDATE SET status = 'done'"
    ),
    "REPLACE INTO tickets_ticket (id, title, status) VALUES (9, 'B', 'closed')",
]


@pytest.mark.parametrize("sql", RESTATING)
def test_sql_changes_no_state(tickets: Office, sql: str) -> None:
    ticket_in(tickets)
    with pytest.raises(sqlite3.IntegrityError, match="STATE"), tickets.acting("test.raw"):
        tickets.store.db.execute(sql)
    with tickets.acting("test.raw"):
        tickets.store.db.execute("UPDATE tickets_ticket SET title = 'C', status = 'new'")
        tickets.store.db.execute("INSERT INTO tickets_ticket (title, status) VALUES ('D', 'new')")
    assert tickets.rows("SELECT title, status FROM tickets_ticket") == [("C", "new"), ("D", "new")]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_event SET at = '2020-01-01T00:00:00+00:00'",
        "UPDATE core_event SET archived_at = '2026-01-01T00:00:00.000Z'",
        (
            "INSERT INTO core_event (about_key, about_id, was, now, at, who, verb) "
            "SELECT about_key, about_id, now, 'done', at, who, 'finish' FROM core_event"
        ),
    ],
)
def test_sql_writes_no_event(tickets: Office, sql: str) -> None:
    ticket = ticket_in(tickets)
    do(tickets, ticket, "assign", assignee="bob")
    before = steps(tickets, ticket)
    with pytest.raises(sqlite3.IntegrityError, match="STATE"), tickets.acting("test.raw"):
        tickets.store.db.execute(sql)
    undo(tickets)
    redo(tickets)
    assert steps(tickets, ticket) == before


def test_a_new_record_is_in_a_first_state_and_its_log_begins_there(tickets: Office) -> None:
    kind = tickets.record("ticket")
    for state in ("done", "closed"):
        with pytest.raises(Refused) as refused, tickets.acting("test.add"):
            tickets.add(kind(title="B", status=state))
        assert refused.value.problems[0].code == "wrong-state"
        with pytest.raises(Refused, match="row 2 of 2"), tickets.acting("test.many"):
            tickets.add_many(kind, [{"title": "A"}, {"title": "B", "status": state}])
    with tickets.acting("test.add"):
        ticket: Any = tickets.add(kind(title="B", status="assigned"))
    assert steps(tickets, ticket) == [("", "assigned", "add")]
    do(tickets, ticket, "wait")
    assert steps(tickets, ticket)[0] == ("", "assigned", "add")
    assert ticket.life.time_in(tickets, read(tickets, ticket), {"new"}) == 0


def test_an_edit_that_takes_a_step_is_an_event_like_any_other(tickets: Office) -> None:
    ticket = ticket_in(tickets)
    with tickets.acting("test.edit"):
        ticket = tickets.edit(ticket, managed=True, status="assigned")
        tickets.edit(ticket, managed=True, status="waiting", note="B")
    taken = [("", "new", "add"), ("new", "assigned", "assign"), ("assigned", "waiting", "wait")]
    assert steps(tickets, ticket) == taken
    undo(tickets)
    assert (read(tickets, ticket).status, steps(tickets, ticket)) == ("new", taken[:1])
    redo(tickets)
    assert (read(tickets, ticket).status, steps(tickets, ticket)) == ("waiting", taken)


def steps(office: Office, ticket: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - of the plugin
    events = office.events(read(office, ticket))
    return [(event.was, event.now, event.verb) for event in events]


RAW = "INSERT INTO devices_reading (id, note, device_id) VALUES (?, 'raw', ?)"


@pytest.mark.parametrize(("number", "device"), [(-7, 1), (2**63 - 1, 1), (None, 2), (None, 3)])
def test_sql_in_a_bulk_action_meets_every_wall(
    devices: Office, number: int | None, device: int
) -> None:
    def bulk() -> None:
        with devices.acting("test.bulk", bulk="An import"):
            devices.store.defer()
            devices.add_many(devices.records["devices.reading"], [{"note": "B"}])
            devices.store.db.execute(RAW, (number, device))

    with pytest.raises(sqlite3.IntegrityError):
        bulk()


def test_rows_of_a_bulk_action_are_in_the_history_before_what_changes_them(devices: Office) -> None:
    reading, db = devices.records["devices.reading"], devices.store.db
    with devices.acting("test.bulk", bulk="An import"):
        devices.store.defer()
        devices.add_many(reading, [{"note": "B"}])
        db.execute(RAW, (9, 1))
        db.execute("UPDATE devices_reading SET note = 'C' WHERE note = 'B'")
        db.execute("SAVEPOINT own")
        devices.add_many(reading, [{"note": "D"}])
        db.execute("ROLLBACK TO own")
        devices.add_many(reading, [{"note": "E"}])
        db.execute("RELEASE own")
        devices.write_deferred()
    with devices.acting("test.bulk", bulk="An import"):
        db.execute("SAVEPOINT own")
        devices.store.defer()
        devices.add_many(reading, [{"note": "F"}])
        db.execute("ROLLBACK TO own")
        devices.add_many(reading, [{"note": "G"}])
        devices.write_deferred()
    sql = "SELECT record_id, before IS NULL FROM core_change WHERE record = 'devices_reading' ORDER BY id"
    notes = devices.rows("SELECT id, note FROM devices_reading ORDER BY id")
    assert [note for _, note in notes] == ["A", "C", "raw", "E", "G"]
    assert [is_new for _, is_new in devices.rows(sql)] == [1, 1, 1, 0, 1, 1]
    assert verify(devices) == []


DOING = '''

@action("devices.reading.point")
def point(office: Office, reading: Reading, to: int = param(kind="number")) -> str:
    """Point it somewhere."""
    office.store.db.execute("UPDATE devices_reading SET device_id = ?", (to,))
    return "Done."

@action("devices.reading.number")
def number(office: Office, reading: Reading) -> str:
    """Number one."""
    office.store.db.execute("INSERT INTO devices_reading (id, note) VALUES (0, 'Z')")
    return "Done."

@action("devices.reading.spoil")
def spoil(office: Office, reading: Reading) -> str:
    """Give it a text where a number belongs."""
    office.store.db.execute("UPDATE devices_reading SET device_id = 'abc'")
    return "Done."

@action("devices.reading.blank")
def blank(office: Office, reading: Reading) -> str:
    """Take away its note."""
    office.store.db.execute("UPDATE devices_reading SET note = NULL")
    return "Done."

@action("devices.reading.untidy")
def untidy(office: Office, reading: Reading) -> str:
    """Write its note in two lines."""
    office.store.db.execute("UPDATE devices_reading SET note = 'A' || char(10) || 'B'")
    return "Done."

@action("devices.reading.stamp")
def stamp(office: Office, reading: Reading) -> str:
    """Put it away in its own way."""
    office.store.db.execute("UPDATE devices_reading SET archived_at = 'junk'")
    return "Done."

@action("devices.reading.count")
def count(office: Office, reading: Reading) -> str:
    """Count its saves as it likes."""
    office.store.db.execute("UPDATE devices_reading SET version = 77")
    return "Done."

@action("devices.reading.remark")
def remark(office: Office, reading: Reading) -> str:
    """Put a note on another reading, which is not there."""
    office.store.db.execute(
        "INSERT INTO core_note (about_key, about_id, text) VALUES ('devices.reading', 99, 'A')"
    )
    return "Done."

@hookimpl
def actions(): return [point, number, spoil, blank, untidy, stamp, count, remark]
'''


def test_a_person_learns_the_code_and_the_field(write: Callable[..., Path], cli: Cli) -> None:
    write("devices", DEVICES + DOING)
    env = {"OFFICEOPS_PLUGINS": "devices"}
    cli("device", "add", "--name", "retired", "--status", "retired", env=env)
    cli("reading", "add", "--note", "A", env=env)
    for words, field, code in (
        (("point", "A", "--to", "1"), "device", "not-allowed-here"),
        (("number", "A"), "", "out-of-range"),
        (("spoil", "A"), "device", "wrong-kind"),
        (("blank", "A"), "note", "needed"),
        (("untidy", "A"), "note", "malformed"),
        (("stamp", "A"), "archived_at", "not-a-date"),
        (("count", "A"), "version", "not-by-hand"),
        (("remark", "A"), "about_id", "not-found"),
    ):
        ran = cli("reading", *words, "--json", env=env)
        [problem] = json.loads(ran.err)["error"]["problems"]
        assert (problem["field"], problem["code"]) == (field, code)
