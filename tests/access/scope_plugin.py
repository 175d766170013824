"""A plugin for the tests of scopes: people who lead each other, their leave with its days, and notes about anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import (
    About,
    Due,
    Expiry,
    Migration,
    Plugin,
    Problem,
    Record,
    Report,
    Scope,
    View,
    action,
    choice,
    computed,
    field,
    hookimpl,
    param,
    ref,
    report,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from officeops import Action, Office

PLUGIN = Plugin("crew", "People, their leave and notes", api=2)
PEOPLE = Scope(
    "people",
    own="SELECT id FROM crew_person WHERE user_id = ?",
    team="""
WITH RECURSIVE led(id) AS (
    SELECT p.id FROM crew_person p JOIN crew_person m ON m.id = p.lead_id WHERE m.user_id = ?
    UNION SELECT p.id FROM crew_person p JOIN led ON led.id = p.lead_id)
SELECT id FROM led
""",
)


class Person(Record, key="crew.person", plural="People", scope=PEOPLE.by("id", all="manage")):
    """Somebody who works here."""

    name: str = field(unique=True, search=True, list_rank=1)
    user_id: int | None = ref("core.user", default=None)
    lead_id: int | None = ref("crew.person", default=None)
    pay: int | None = field(kind="money", default=None, guard="crew.pay", list_rank=7)


class Leave(
    Record,
    key="crew.leave",
    display="why",
    sort="day",
    plural="Leave",
    scope=PEOPLE.by("person_id", all="manage"),
):
    """A time that somebody is off."""

    person_id: int = ref("crew.person", list_rank=1)
    day: date = field(list_rank=1)
    why: str = field(search=True, list_rank=2)
    number: str | None = field(default=None, unique=True, list_rank=3)
    state: str = choice("asked", "granted", default="asked", managed=True)
    papers: date | None = field(default=None, help="When its papers expire")

    expiry = Expiry("papers", lead=30)
    computed = (
        computed(
            "days",
            "(SELECT count(*) FROM crew_leave_day d WHERE d.leave_id = t.id)",
            kind="number",
        ),
    )


class LeaveDay(
    Record,
    key="crew.leave-day",
    display="day",
    scope=PEOPLE.by("leave_id.person_id", all="manage"),
):
    """One day of a leave."""

    leave_id: int = ref("crew.leave")
    day: date = field()


class Review(
    Record, key="crew.review", display="words", scope=PEOPLE.by("person_id", all="sensitive")
):
    """What is said of somebody once a year."""

    person_id: int = ref("crew.person")
    words: str = field(search=True)


class Note(Record, key="crew.note", display="text"):
    """A remark about a record of any kind."""

    about: About
    text: str = field(search=True)


class Shift(Record, key="crew.shift", display="day", sort="day"):
    """Who works on a day: everybody may see it."""

    day: date = field(list_rank=1)
    person_id: int | None = ref("crew.person", default=None, list_rank=2)


class Desk(Record, key="crew.desk", display="name"):
    """A desk of somebody's: everybody may see it, and it stays theirs once somebody booked it."""

    name: str = field(list_rank=1)
    person_id: int = ref("crew.person", fixed=True, list_rank=2)


class Booking(
    Record, key="crew.booking", display="day", scope=PEOPLE.by("person_id", all="manage")
):
    """A day at a desk."""

    person_id: int = ref("crew.person")
    desk_id: int = ref("crew.desk")
    day: date = field()


@action("crew.leave.grant")
def grant(office: Office, leave: Leave) -> str:
    """Grant a leave."""
    office.edit(leave, managed=True, state="granted")
    return f"Leave {leave.id} is granted."


@action("crew.leave.swap", reach="all")
def swap(office: Office, leave: Leave, other: int = param(help="The number of the other")) -> str:
    """Swap two people's days."""
    with_whom = office.get(Leave, other)
    office.edit(leave, day=with_whom.day)
    office.edit(with_whom, why="Swapped")
    return "Swapped."


@action("crew.raw")
def raw(office: Office, sql: str = param(help="Any SQL")) -> str:
    """Write by SQL of one's own."""
    office.rows(sql)
    return "Done."


@report("leave-days", title="Days off by person")
def days_off(office: Office) -> Iterator[Mapping[str, Any]]:
    """Count the days off."""
    sql = "SELECT p.name, count(*) FROM crew_leave l JOIN crew_person p ON p.id = l.person_id GROUP BY 1"
    for name, count in office.rows(sql):
        yield {"name": name, "days": count}


@hookimpl
def records() -> Iterable[type[Record]]:
    return [Person, Leave, LeaveDay, Review, Note, Shift, Desk, Booking]


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    return [grant, swap, raw]


@hookimpl
def reports() -> Iterable[Report]:
    return [days_off]


@hookimpl
def views() -> Iterable[View]:
    return [View("asked", "crew.leave", "Asked for", "state=asked")]


@hookimpl
def due(office: Office, until: date) -> Iterable[Due]:
    for leave in office.all(Leave, "state = 'asked' AND day <= ?", until.isoformat()):
        what = f"{leave.why} is not granted"
        yield Due(
            f"crew.leave:{leave.id}", leave.day, what, record="crew.leave", record_id=leave.id
        )


@hookimpl
def search(office: Office, text: str) -> Iterable[Record]:
    yield from office.all(Leave, "instr(lower(why), lower(?))", text[:3])


@hookimpl
def check(office: Office) -> Iterable[Problem]:
    for review in office.all(Review, "instr(words, 'bad')"):
        yield Problem(f"{office.label(Person, review.person_id)} has the bad review #{review.id}")


@hookimpl
def migrations() -> Iterable[Migration]:
    standard = (
        "id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT"
    )
    return [
        Migration(
            "0001_start",
            f"""
CREATE TABLE crew_person ({standard},
    name TEXT NOT NULL, user_id INTEGER REFERENCES core_user(id), lead_id INTEGER REFERENCES crew_person(id), pay INTEGER
) STRICT;
CREATE INDEX crew_person_user_id ON crew_person(user_id) WHERE user_id IS NOT NULL;
CREATE INDEX crew_person_lead_id ON crew_person(lead_id) WHERE lead_id IS NOT NULL;
CREATE TABLE crew_leave ({standard},
    person_id INTEGER NOT NULL REFERENCES crew_person(id), day TEXT NOT NULL, why TEXT NOT NULL,
    number TEXT, state TEXT NOT NULL DEFAULT 'asked', papers TEXT
) STRICT;
CREATE INDEX crew_leave_person_id ON crew_leave(person_id);
CREATE TABLE crew_leave_day ({standard},
    leave_id INTEGER NOT NULL REFERENCES crew_leave(id), day TEXT NOT NULL
) STRICT;
CREATE INDEX crew_leave_day_leave_id ON crew_leave_day(leave_id);
CREATE TABLE crew_review ({standard},
    person_id INTEGER NOT NULL REFERENCES crew_person(id), words TEXT NOT NULL
) STRICT;
CREATE INDEX crew_review_person_id ON crew_review(person_id);
CREATE TABLE crew_note ({standard},
    about_key TEXT NOT NULL, about_id INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX crew_note_about ON crew_note(about_key, about_id);
CREATE TABLE crew_shift ({standard},
    day TEXT NOT NULL, person_id INTEGER REFERENCES crew_person(id)
) STRICT;
CREATE INDEX crew_shift_person_id ON crew_shift(person_id) WHERE person_id IS NOT NULL;
CREATE TABLE crew_desk ({standard},
    name TEXT NOT NULL, person_id INTEGER NOT NULL REFERENCES crew_person(id)
) STRICT;
CREATE INDEX crew_desk_person_id ON crew_desk(person_id);
CREATE TABLE crew_booking ({standard},
    person_id INTEGER NOT NULL REFERENCES crew_person(id), desk_id INTEGER NOT NULL REFERENCES crew_desk(id),
    day TEXT NOT NULL
) STRICT;
CREATE INDEX crew_booking_person_id ON crew_booking(person_id);
CREATE INDEX crew_booking_desk_id ON crew_booking(desk_id);
""",
        )
    ]
