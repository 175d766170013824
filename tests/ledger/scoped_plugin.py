"""A plugin for the tests of scopes: leave that people see of themselves, their team or everybody."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Any

from officeops import Ledger, Lots, Migration, Plugin, Record, Role, Scope, field, hookimpl, ref
from officeops.store.schema import declared_sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action

PLUGIN = Plugin("leave", "Leave", api=2)
PEOPLE = Scope(
    "people",
    own="SELECT id FROM leave_person WHERE user_id = ?",
    team="""
SELECT p.id FROM leave_person p JOIN leave_person m ON m.id = p.lead_id OR m.id = p.id WHERE m.user_id = ?
""",
)


class Person(Record, key="leave.person", display="name", scope=PEOPLE.by("id", all="manage")):
    """Somebody who works here."""

    name: str = field(unique=True)
    user_id: int | None = ref("core.user", default=None)
    lead_id: int | None = ref("leave.person", default=None)


class Allowance(
    Record, key="leave.allowance", display="name", scope=PEOPLE.by("person_id", all="manage")
):
    """A grant of leave, good until its last day."""

    name: str = field(unique=True)
    person_id: int = ref("leave.person")
    expires_on: date | None = field(default=None)


class Entry(
    Record,
    key="leave.entry",
    append_only=True,
    display="kind",
    scope=PEOPLE.by("person_id", all="manage"),
):
    """Minutes of leave, granted or taken."""

    person_id: int = ref("leave.person", indexed=False)
    grant_id: int | None = ref("leave.allowance", default=None)
    minutes: int = field()

    ledger = Ledger(amount="minutes", of=("person_id",), lots=Lots("grant_id"))


RECORDS: list[type[Record]] = [Person, Allowance, Entry]


@hookimpl
def records() -> Iterable[type[Record]]:
    return RECORDS


@hookimpl
def roles() -> Iterable[Role]:
    words = ("leave.entry.reverse", "core.selfcheck.view")
    return [Role("booker", words, "Books leave, and looks the office over.")]


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    return Entry.ledger.actions(Entry)


@hookimpl
def migrations() -> Iterable[Migration]:
    tables = [*RECORDS, *filter(None, [Entry.ledger.balances])]
    sql = [statement for record in tables for statement in declared_sql(record.meta)]
    return [Migration("0001", ";\n".join(sql) + ";")]
