"""Rows within reach: what an office costs a person who sees some of 100,000 rows, against plain SQL with the same condition.

The floor is what an author would write by hand: the same statement on the same file, with the person's keys in its WHERE.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, figure, timed
from officeops.access.actions import admit
from officeops.model.declarations import Query
from officeops.office.office import Office, open_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PEOPLE, ROWS = 500, 100_000
#: Calls in one round of what is too short to measure alone.
MANY = 20
PLUGIN = '''
"""People and their leave."""

from datetime import date

from officeops import About, Migration, Plugin, Record, Scope, field, hookimpl, ref

PLUGIN = Plugin("crew", "People and their leave", api=2)
PEOPLE = Scope(
    "people",
    own="SELECT id FROM crew_person WHERE user_id = ?",
    team="""WITH RECURSIVE led (id) AS (
        SELECT p.id FROM crew_person p JOIN crew_person m ON m.id = p.lead_id WHERE m.user_id = ?
        UNION SELECT p.id FROM crew_person p JOIN led ON led.id = p.lead_id)
        SELECT id FROM led""",
)


class Person(Record, key="crew.person", plural="People"):
    """Somebody who works here."""

    name: str = field(unique=True, search=True)
    user_id: int | None = ref("core.user", default=None)
    lead_id: int | None = ref("crew.person", default=None)


class Leave(Record, key="crew.leave", display="why", sort="day", scope=PEOPLE.by("person_id", all="manage")):
    """A time that somebody is off."""

    person_id: int = ref("crew.person")
    day: str = field()
    why: str = field(search=True)


class Note(Record, key="crew.note", display="text"):
    """A remark about a record."""

    about: About
    text: str = field()


@hookimpl
def records():
    return [Person, Leave, Note]


@hookimpl
def migrations():
    standard = "id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT"
    return [Migration("0001_start", f"""
CREATE TABLE crew_person ({standard}, name TEXT NOT NULL, user_id INTEGER REFERENCES core_user(id),
    lead_id INTEGER REFERENCES crew_person(id)) STRICT;
CREATE INDEX crew_person_user_id ON crew_person(user_id) WHERE user_id IS NOT NULL;
CREATE INDEX crew_person_lead_id ON crew_person(lead_id) WHERE lead_id IS NOT NULL;
CREATE TABLE crew_leave ({standard}, person_id INTEGER NOT NULL REFERENCES crew_person(id), day TEXT NOT NULL,
    why TEXT NOT NULL) STRICT;
CREATE INDEX crew_leave_person_id ON crew_leave(person_id);
CREATE TABLE crew_note ({standard}, about_key TEXT NOT NULL, about_id INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX crew_note_about ON crew_note(about_key, about_id);
""")]
'''


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of reading for a person with own rows, a lead of 12, and one who reaches all."""
    with closing(_office(folder)) as owner, closing(sqlite3.connect(owner.path)) as plain:
        for login, whose in (("own", "own rows"), ("leads", "a team of 12"), ("all", "all rows")):
            with closing(Office(owner.path, owner.plugins, owner.machine, user=login)) as office:
                yield from _reading(office, plain, login, whose)
        yield from _around(owner)


def _times(run: Callable[[], object], number: int) -> None:
    for _ in range(number):
        run()


def _keys(plain: sqlite3.Connection, login: str) -> str:
    """Write the condition that the person's rows meet, as one would by hand."""
    if login == "all":
        return "1"
    sql = "SELECT id FROM crew_person WHERE name = 'own'"
    if login == "leads":
        sql = "SELECT p.id FROM crew_person p WHERE p.name = 'leads' OR p.lead_id = (SELECT id FROM crew_person WHERE name = 'leads')"
    keys = ", ".join(str(key) for (key,) in plain.execute(sql).fetchall())
    return f"t.person_id IN ({keys})"


def _reading(office: Office, plain: sqlite3.Connection, login: str, whose: str) -> Iterator[Figure]:
    leave = office.records["crew.leave"]
    mine = _keys(plain, login)
    hand = "the same SQL, with the keys in it"
    label = "(SELECT name FROM crew_person WHERE id = t.person_id)"
    rows = 1 if login == "all" else MANY

    def again(run: Callable[[], object]) -> Callable[[], float]:
        return lambda: timed(lambda: _times(run, rows))

    columns = leave.meta.list_fields
    listed = f"SELECT t.id, {label}, t.day, t.why FROM crew_leave t WHERE {mine} AND t.archived_at IS NULL ORDER BY t.day COLLATE NOCASE, t.id"
    yield figure(
        f"listing {whose} of 100,000, by day, with names",
        hand,
        again(lambda: office.select(leave, columns)),
        again(lambda: plain.execute(listed).fetchall()),
        limit=2,
        aim=1.2,
        rounds=5,
    )
    one = f"SELECT count(*) FROM crew_leave t WHERE {mine}"
    found = f"SELECT t.id FROM crew_leave_search f CROSS JOIN crew_leave t ON t.id = f.rowid WHERE f.crew_leave_search MATCH '\"holiday\"' AND {mine} AND t.archived_at IS NULL ORDER BY f.rowid LIMIT 50"
    asked = Query("holiday", "id", 50)
    sql, values = office.query(leave, own=True).ids(asked)

    def search() -> None:
        # How to look for it is decided by how many rows are within reach, so that counts as well.
        if login == "all":
            office.rows(sql, *values)
            return
        mine_sql, mine_values = office.query(leave, own=True).ids(asked)
        office.rows(mine_sql, *mine_values)

    yield figure(
        f"first 50 of {whose} with a common word",
        hand,
        again(search),
        again(lambda: plain.execute(found).fetchall()),
        limit=2,
        aim=1.2,
        rounds=5,
    )
    if login == "all":
        return
    if login != "own":  # of 200 rows it would be all the price of one statement
        yield figure(
            f"counting {whose}",
            hand,
            again(lambda: office.value("SELECT count(*) FROM crew_leave t")),
            again(lambda: plain.execute(one).fetchone()),
            limit=2,
            aim=1.2,
        )
    about = f"SELECT count(*) FROM crew_note n WHERE n.about_key = 'crew.leave' AND n.about_id IN (SELECT t.id FROM crew_leave t WHERE {mine})"
    yield figure(
        f"counting notes about {whose}, of 100,000",
        hand,
        again(lambda: office.value("SELECT count(*) FROM crew_note")),
        again(lambda: plain.execute(about).fetchone()),
        limit=2,
        aim=1.2,
    )


def _around(owner: Office) -> Iterator[Figure]:
    """Yield what opening an office and one action cost a person with a scope."""

    def opened(login: str) -> Callable[[], float]:
        def run() -> None:
            Office(
                owner.path, owner.plugins, owner.machine, user=login, tables=owner.store.tables
            ).close()

        return lambda: timed(lambda: _times(run, MANY))

    yield figure("opening it for a person with own rows", "for one who reaches all", opened("own"), opened("all"), limit=2, aim=1.2)  # fmt: skip
    leave = owner.records["crew.leave"]
    offices = {
        login: Office(owner.path, owner.plugins, owner.machine, user=login)
        for login in ("own", "all")
    }

    def edited(login: str) -> Callable[[], float]:
        office = offices[login]
        row = next(office.all(leave, "person_id = (SELECT id FROM crew_person WHERE name = 'own')"))
        count = iter(range(10**9))

        def run() -> None:
            with office.acting("crew.leave.edit"):
                office.edit(office.get(leave, row.id), why=f"holiday {login} {next(count)}")

        return lambda: timed(lambda: _times(run, MANY))

    yield figure("one durable edit by a person with own rows", "by one who reaches all", edited("own"), edited("all"), limit=2, aim=1.2)  # fmt: skip
    for office in offices.values():
        office.close()


def _office(folder: Path) -> Office:
    """Make the office: 500 people, 200 times off each, and a note about each of those."""
    settings = folder / "config" / "officeops.toml"
    plugins = settings.parent / "plugins"
    plugins.mkdir(parents=True)
    settings.write_text("")
    (plugins / "crew.py").write_text(PLUGIN)
    office = open_office(
        folder / "scopes.db", config=settings, create=True, actor="benchmark", only=["crew"]
    )
    assert "crew.leave" in office.records, office.plugins.troubles
    for login, role in (("own", "clerk"), ("leads", "lead"), ("all", "manager")):
        admit(office, login, [role])
    users = dict(office.rows("SELECT login, id FROM core_user"))
    with office.acting("crew.leave.build"):
        office.store.defer()
        names = ["own", "leads", *(f"Person {number}" for number in range(PEOPLE - 2))]
        office.add_many(
            office.records["crew.person"],
            [
                {
                    "name": name,
                    "user_id": users.get(name),
                    "lead_id": 2 if 2 <= number < 13 else None,
                }
                for number, name in enumerate(names)
            ],
        )
        leaves = [
            {
                "person_id": 1 + number % PEOPLE,
                "day": f"2026-{1 + number % 12:02}-{1 + number % 28:02}",
                "why": f"holiday {number}",
            }
            for number in range(ROWS)
        ]
        office.add_many(office.records["crew.leave"], leaves)
        notes = [
            {"about_key": "crew.leave", "about_id": number + 1, "text": "hm"}
            for number in range(ROWS)
        ]
        office.add_many(office.records["crew.note"], notes)
        office.write_deferred()
    return office
