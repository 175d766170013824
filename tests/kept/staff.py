"""Staff, as a third party's plugin of the kept offices has them: with fields that are guarded and sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Migration, Plugin, Record, action, field, hookimpl, param, ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Office

PLUGIN = Plugin("staff", "Staff, their pay and their papers", api=2)


class Person(Record, key="staff.person", plural="People"):
    """Somebody who works here."""

    name: str = field(unique=True, search=True, list_rank=1)
    phone: str | None = field(default=None, search=True, list_rank=2)
    pay: int | None = field(kind="money", default=None, guard="hr.pay", list_rank=3)
    badge: str | None = field(default=None, sealed=True, lookup=True, unique=True)
    note: str | None = field(kind="long_text", default=None, sealed=True)


class Review(Record, key="staff.review", display="title"):
    """A talk about how work went."""

    title: str = field(search=True)
    person_id: int = ref("staff.person")


@action("staff.person.rename", danger=True)
def rename(office: Office, person: Person, name: str = param(help="The new name")) -> str:
    """Give a person another name."""
    office.edit(person, name=name)
    return f"It is {name} now."


@hookimpl
def records() -> Iterable[type[Record]]:
    """Return what is kept."""
    return [Person, Review]


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    """Return what can be done."""
    return [rename]


@hookimpl
def migrations() -> Iterable[Migration]:
    """Return how the tables came to be. Kept as it was: the office was made by it."""
    return [
        Migration(
            "0001_start",
            """
CREATE TABLE staff_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    name TEXT NOT NULL, phone TEXT, pay INTEGER, badge TEXT, note TEXT, badge_index TEXT
) STRICT;
CREATE UNIQUE INDEX staff_person_name ON staff_person(name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX staff_person_badge_index ON staff_person(badge_index) WHERE archived_at IS NULL;
CREATE TABLE staff_review (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    title TEXT NOT NULL, person_id INTEGER NOT NULL REFERENCES staff_person(id)
) STRICT;
CREATE INDEX staff_review_person_id ON staff_review(person_id);
""",
        )
    ]
