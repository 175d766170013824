"""A plugin for the tests of access: staff, whose pay not everybody sees, and pay rises, which hardly anybody does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import (
    Due,
    Job,
    Migration,
    Permission,
    Plugin,
    Record,
    Report,
    Role,
    action,
    field,
    hookimpl,
    job,
    param,
    ref,
    report,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from officeops import Action, Office

PLUGIN = Plugin("staff", "Staff and their pay", api=2)


class Person(Record, key="staff.person", plural="People"):
    """Somebody who works here."""

    name: str = field(unique=True, search=True, list_rank=1)
    phone: str | None = field(default=None, search=True, list_rank=2)
    pay: int | None = field(kind="money", default=None, guard="hr.pay", list_rank=3)


class Rise(Record, key="staff.rise", display="reason"):
    """A rise in somebody's pay."""

    person_id: int = ref("staff.person")
    reason: str = field(search=True)
    amount: int = field(kind="money")


@action("staff.person.call", means="use")
def call(office: Office, person: Person, phone: str = param(help="The number")) -> str:
    """Note by which number a person was reached."""
    office.edit(person, phone=phone)
    return f"{person.name} was reached."


@action("staff.person.raise", danger=True)
def raise_pay(
    office: Office, person: Person, amount: int = param(kind="money", help="How much more")
) -> str:
    """Raise a person's pay."""
    office.add(Rise(person_id=person.id, reason="asked for it", amount=amount))
    return f"{person.name} is happier."


@job("staff-count")
def count(office: Office) -> Iterator[str]:
    """Say how many there are."""
    yield f"{len(list(office.all(Person)))} people."


@report("staff-list", title="Staff")
def listing(office: Office) -> Iterator[Mapping[str, Any]]:
    """List the staff."""
    yield from ({"name": each.name, "phone": each.phone} for each in office.all(Person))


@hookimpl
def roles() -> Iterable[Role]:
    """Declare the role of those who see pay."""
    patterns = ("read", "hr.*", "core.due.*", "core.undo", "core.redo")
    return [Role("hr", patterns, "Staff, with pay and papers; looks at the rest.")]


@hookimpl
def records() -> Iterable[type[Record]]:
    return [Person, Rise]


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    return [call, raise_pay]


@hookimpl
def jobs() -> Iterable[Job]:
    return [count]


@hookimpl
def reports() -> Iterable[Report]:
    return [listing]


@hookimpl
def permissions() -> Iterable[Permission]:
    return [
        Permission("staff.rise.view", "See pay rises.", "sensitive"),
        Permission("staff.party.plan", "Plan the party.", "sensitive"),
    ]


@hookimpl
def due(office: Office, until: date) -> Iterable[Due]:
    for person in office.all(Person, "phone IS NULL"):
        yield Due(
            f"staff.phone:{person.id}",
            until,
            f"{person.name} has no phone",
            record="staff.person",
            record_id=person.id,
        )
    for rise in office.all(Rise):
        yield Due(
            f"staff.rise:{rise.id}",
            until,
            f"Rise: {rise.reason}",
            record="staff.rise",
            record_id=rise.id,
        )


@hookimpl
def migrations() -> Iterable[Migration]:
    return [
        Migration(
            "0001_start",
            """
CREATE TABLE staff_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    name TEXT NOT NULL, phone TEXT, pay INTEGER
) STRICT;
CREATE UNIQUE INDEX staff_person_name ON staff_person(name) WHERE archived_at IS NULL;
CREATE TABLE staff_rise (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES staff_person(id), reason TEXT NOT NULL, amount INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_rise_person_id ON staff_rise(person_id);
""",
        )
    ]
