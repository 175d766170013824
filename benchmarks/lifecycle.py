"""A logged transition: its record, its event and the history of both, against an edit and an event added by hand.

Transitions are taken inside one action that is rolled back, so that no commit is measured.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Figure, busy, figure
from benchmarks.offices import office_with, rolled_back
from officeops.core.event_record import LoggedEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from officeops.office.office import Office

#: Tickets, each of which takes one transition in a round.
MANY = 500
PLUGIN = '''
"""Repairs."""

from datetime import datetime

from officeops import ACTOR, NOW, Lifecycle, Migration, Plugin, Record, Transition, field, hookimpl

PLUGIN = Plugin("repairs", "Repairs", api=2)
LIFE = Lifecycle(
    ("new", "assigned", "done"),
    Transition("assign", ("new",), "assigned", "Give it to somebody.", stamp={"by_whom": ACTOR, "since": NOW}),
    Transition("finish", ("assigned",), "done", "Say that it is repaired."),
    log=True,
)


class Repair(Record, key="repairs.repair", display="title"):
    """Something that is broken."""

    title: str = field()
    status: str = LIFE.field()
    by_whom: str | None = field(default=None, managed=True)
    since: datetime | None = field(default=None, managed=True)
    life = LIFE


@hookimpl
def records():
    return [Repair]


@hookimpl
def actions():
    return LIFE.actions(Repair)


@hookimpl
def migrations():
    return [Migration("0001_start", """
CREATE TABLE repairs_repair (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT, title TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'new', by_whom TEXT, since TEXT) STRICT;
""")]
'''
_LAST = (
    "SELECT at FROM core_event WHERE about_key = 'repairs.repair' AND about_id = ? "
    "AND archived_at IS NULL ORDER BY id DESC LIMIT 1"
)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of transitions, in this process."""
    with closing(_office(folder)) as office:
        kind = office.records["repairs.repair"]
        life: Any = kind.life
        repairs = list(office.all(kind))

        def moved() -> object:
            return [life.move(office, repair, "assign") for repair in repairs]

        yield figure(
            f"{MANY} logged transitions",
            "`office.edit` of the records and `office.add` of the events",
            lambda: _round(office, repairs, moved),
            lambda: rolled_back(office, lambda: busy(lambda: _by_hand(office))),
            limit=2,
            aim=1.5,
            rounds=9,
        )


def _round(office: Office, repairs: list[Any], run: Callable[[], object]) -> float:
    """Time a run over the records as they were read, and take all of it back."""
    before = [dict(repair.__dict__) for repair in repairs]
    taken = rolled_back(office, lambda: busy(run))
    for repair, values in zip(repairs, before, strict=True):
        repair.__dict__.update(values)
    return taken


def _by_hand(office: Office) -> None:
    kind: Any = office.records["repairs.repair"]
    for repair in list(office.all(kind)):
        assert not office.rows(_LAST, repair.id)
        office.edit(repair, title="assigned")
        event: dict[str, Any] = {
            "about_key": "repairs.repair",
            "about_id": repair.id,
            "was": "new",
            "now": "assigned",
            "at": office.now(),
            "who": "benchmark",
            "verb": "assign",
        }
        office.add(LoggedEvent(**event))


def _office(folder: Path) -> Office:
    office = office_with(folder, "repairs", PLUGIN)
    with office.acting("benchmark"):
        titles = [{"title": f"Repair {number}"} for number in range(MANY)]
        office.add_many(office.records["repairs.repair"], titles)
    return office
