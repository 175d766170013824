"""A plugin for the tests of imports by people who reach some rows: samples with every kind of identity."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING

from officeops import Migration, Plugin, Record, Role, Scope, field, hookimpl, ref
from officeops.store.schema import declared_sql

if TYPE_CHECKING:
    from collections.abc import Iterable

PLUGIN = Plugin("lab", "Samples", api=2)
PEOPLE = Scope("people", own="SELECT id FROM lab_person WHERE user_id = ?")


class Person(Record, key="lab.person", plural="People", display="name"):
    """Somebody who works in the lab."""

    name: str = field(unique=True)
    user_id: int | None = ref("core.user", default=None)


class Sample(
    Record,
    key="lab.sample",
    display="code",
    prefix="S",
    scope=PEOPLE.by("person_id", all="manage"),
    unique_together=(("day", "shelf"),),
):
    """A sample that somebody took."""

    code: str = field(unique=True)
    tag: str | None = field(default=None, unique=True)
    day: date = field()
    shelf: str | None = field(default=None)
    person_id: int = ref("lab.person")


RECORDS: list[type[Record]] = [Person, Sample]


@hookimpl
def records() -> Iterable[type[Record]]:
    return RECORDS


@hookimpl
def roles() -> Iterable[Role]:
    return [Role("bringer", ("lab.sample.import",), "Imports samples.")]


@hookimpl
def migrations() -> Iterable[Migration]:
    sql = [statement for record in RECORDS for statement in declared_sql(record.meta)]
    return [Migration("0001", ";\n".join(sql) + ";")]
