"""People of an office with sealed fields, shared by the tests of sealing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from officeops.office.crud import add_record
from officeops.sealing.field_text import sealed_field

if TYPE_CHECKING:
    from officeops.office.office import Office

#: Nothing of these may be found anywhere but behind the key: as typed, as kept, as looked up, as money is shown.
SSN, OTHER, PAY = "219-09-9999", "078-05-1120", 4_812_345
SECRETS = (b"219-09", b"219099", b"078-05", b"078051", b"4812345", b"48123.45", b"48,123")
MIGRATION = """
CREATE TABLE staff_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    phone TEXT,
    ssn TEXT CHECK (ssn GLOB 'v[1-9]*.????????.*'),
    pay TEXT CHECK (pay GLOB 'v[1-9]*.????????.*'),
    ssn_index TEXT
) STRICT;
CREATE UNIQUE INDEX staff_person_name ON staff_person(name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX staff_person_ssn_index ON staff_person(ssn_index) WHERE archived_at IS NULL AND ssn_index IS NOT NULL;
"""
PLUGIN = '''"""People of a test, and what nobody else is to know of them."""

from __future__ import annotations

from officeops import Migration, Office, Plugin, Record, action, field, hookimpl, param

PLUGIN = Plugin("staff", summary="People, for tests", api=2)


class Person(Record, key="staff.person", display="name"):
    """A person who works here."""

    name: str = field(unique=True, search=True)
    phone: str | None = field(default=None)
    ssn: str | None = field(default=None, sealed=True, lookup=True, unique=True)
    pay: int | None = field(kind="money", default=None, sealed=True)


MIGRATIONS = [Migration("0001_person", """
@SQL@""")]


@action("staff.person.raise-pay")
def raise_pay(office: Office, person: Person, to: int = param(kind="money", sealed=True)) -> Person:
    """Pay a person more."""
    return office.edit(person, pay=to)


@hookimpl
def records():
    return [Person]


@hookimpl
def migrations():
    return MIGRATIONS


@hookimpl
def actions():
    return [raise_pay]
'''.replace("@SQL@", MIGRATION)


def said(office: Office, record: Any, name: str) -> Any:  # noqa: ANN401 - as below
    """What a sealed field says now. No person sees it, so nothing is recorded."""
    now = office.get(type(record), record.id)
    field, sealed = sealed_field(record.meta, name), getattr(now, name)
    return sealed and office.seals.opened(record.meta, now.id, field, sealed.kept)


def person_of(office: Office) -> Any:  # noqa: ANN401 - as below
    """The kind of record."""
    return office.record("person")


def hire(office: Office, name: str = "Ann", **values: Any) -> Any:  # noqa: ANN401 - a record that only the plugin of the test knows
    return add_record(office, person_of(office), {"name": name, **values})


def everywhere(office: Office) -> bytes:
    """Every byte the office has on disk, its keys left out."""
    folder = Path(office.path).parent
    names = [
        each
        for each in folder.rglob("*")
        if each.is_file() and each.suffix not in {".seal", ".key", ".py", ".pyc"}
    ]
    return b"".join(each.read_bytes() for each in names)


def tells(what: object) -> bool:
    """Whether anything of the secrets is in what was written or printed."""
    text = what if isinstance(what, bytes) else str(what).encode()
    return any(secret in text for secret in SECRETS)
