"""A plugin for the tests of ledgers: leave of people, and stock on shelves."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Any

from officeops import (
    Counts,
    Ledger,
    Lots,
    Migration,
    Plugin,
    Record,
    action,
    choice,
    field,
    hookimpl,
    param,
    ref,
)
from officeops.store.schema import declared_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Action, Office

PLUGIN = Plugin("ledgers", "Ledgers", api=2)


class Person(Record, key="ledgers.person", noun="holder", display="name"):
    """Somebody who is on leave now and then."""

    name: str = field(unique=True)
    #: Minutes that the person may take ahead of their grants.
    ahead: int = field(default=0)

    merges = True


class LeaveType(Record, key="ledgers.leave-type", display="name"):
    """Vacation, sick leave."""

    name: str = field(unique=True)


class Grant(Record, key="ledgers.off-grant", display="name"):
    """A grant of leave, good until its last day."""

    name: str = field()
    expires_on: date | None = field(default=None)


def ahead(office: Office, account: Mapping[str, int]) -> int:
    """Return how low the leave of a person may go outside their grants."""
    return -office.get(Person, account["person_id"]).ahead


class LeaveEntry(Record, key="ledgers.off-entry", append_only=True, display="kind"):
    """Minutes of leave, granted or taken."""

    person_id: int = ref("ledgers.person")
    type_id: int = ref("ledgers.leave-type")
    grant_id: int | None = ref("ledgers.off-grant", default=None)
    minutes: int = field(unit="min")

    ledger = Ledger(
        amount="minutes",
        of=("person_id", "type_id"),
        lots=Lots("grant_id"),
        floor=ahead,
        by_day=True,
    )


class Thing(Record, key="ledgers.thing", display="name"):
    """Something on a shelf."""

    name: str = field(unique=True)


class Shelf(Record, key="ledgers.shelf", display="name"):
    """A place for things."""

    name: str = field(unique=True)

    merges = True


class Batch(Record, key="ledgers.batch", display="name"):
    """Things of one label."""

    name: str = field()
    expires_on: date | None = field(default=None)
    state: str = choice("good", "held", default="good")


class ShelfMove(Record, key="ledgers.shelf-move", append_only=True, display="kind"):
    """Things put on a shelf or taken from it."""

    thing_id: int = ref("ledgers.thing", indexed=False)
    shelf_id: int = ref("ledgers.shelf", indexed=False)
    batch_id: int | None = ref("ledgers.batch", default=None)
    quantity: int = field(kind="quantity")
    kind: str = choice("opening", "in", "out", "transfer", "reversal", default="in")

    ledger = Ledger(
        amount="quantity",
        of=("thing_id", "shelf_id"),
        lots=Lots("batch_id", usable="l.state = 'good'"),
        counts=Counts("ledgers.shelf-count", opening="opening"),
    )


class ShelfCount(Record, key="ledgers.shelf-count", actions_only=True, display="thing_id"):
    """Things counted on a shelf."""

    thing_id: int = ref("ledgers.thing")
    shelf_id: int = ref("ledgers.shelf")
    day: date = field()

    def still_needed(self, office: Office) -> str | None:
        return "it is relied on" if ShelfMove.ledger.relied_on(office, self) else None


RECORDS: list[type[Record]] = [
    Person,
    LeaveType,
    Grant,
    LeaveEntry,
    Thing,
    Shelf,
    Batch,
    ShelfMove,
    ShelfCount,
]


@hookimpl
def records() -> Iterable[type[Record]]:
    return RECORDS


@action("ledgers.off-entry.copy")
def copy(office: Office, entry: LeaveEntry, minutes: int = param(default=0)) -> str:
    """Write an entry once more by SQL, with so many minutes more, whatever that comes to."""
    sql = """
    INSERT INTO ledgers_off_entry (person_id, type_id, minutes, day, kind, attempt)
    SELECT person_id, type_id, minutes + ?, day, kind, attempt FROM ledgers_off_entry WHERE id = ?
    """
    office.store.db.execute(sql, [minutes, entry.id])  # type: ignore[attr-defined]
    return "Copied."


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    return [copy, *LeaveEntry.ledger.actions(LeaveEntry), *ShelfMove.ledger.actions(ShelfMove)]


@hookimpl
def migrations() -> Iterable[Migration]:
    balances = [LeaveEntry.ledger.balances, ShelfMove.ledger.balances]
    tables = [*RECORDS, *filter(None, balances)]
    sql = [statement for record in tables for statement in declared_sql(record.meta)]
    return [Migration("0001", ";\n".join(sql) + ";")]
