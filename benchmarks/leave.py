"""What a ledger by day costs, whose lots must not fall below zero on any day: taking, and the undo of many entries.

The leave of 500 people, two grants each. The floor asks the same queries and adds the same entries, as one would by hand.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Figure, busy, figure
from benchmarks.offices import office_with, rolled_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

PEOPLE, GRANTS, POSTED = 500, 2, 1_000
PLUGIN = '''
"""Leave."""

from datetime import date

from officeops import Ledger, Lots, Migration, Plugin, Record, field, hookimpl, ref
from officeops.store.schema import declared_sql

PLUGIN = Plugin("leave", "Leave", api=2)


class Person(Record, key="leave.person", display="name"):
    """Somebody who works here."""

    name: str = field()


class Allowance(Record, key="leave.allowance", display="name"):
    """A grant of leave, good until its last day."""

    name: str = field()
    expires_on: date | None = field(default=None)


class Entry(Record, key="leave.entry", append_only=True, display="kind"):
    """Minutes of leave, granted or taken."""

    person_id: int = ref("leave.person", indexed=False)
    allowance_id: int | None = ref("leave.allowance", default=None)
    minutes: int = field()
    ledger = Ledger(amount="minutes", of=("person_id",), lots=Lots("allowance_id"), by_day=True)


RECORDS = [Person, Allowance, Entry]


@hookimpl
def records():
    return RECORDS


@hookimpl
def actions():
    return Entry.ledger.actions(Entry)


@hookimpl
def migrations():
    tables = [*RECORDS, Entry.ledger.balances]
    return [Migration("0001", ";\\n".join(sql for record in tables for sql in declared_sql(record.meta)) + ";")]
'''
#: The least that each lot of a person comes to from a day on, the first to end first.
_LOTS = """
WITH booked (lot, day, amount) AS (
    SELECT allowance_id, day, minutes FROM leave_entry WHERE person_id = ?1
    UNION ALL SELECT DISTINCT allowance_id, ?2, 0 FROM leave_entry WHERE person_id = ?1),
run (lot, day, total) AS (
    SELECT lot, day, sum(amount) OVER (PARTITION BY lot ORDER BY day) FROM booked)
SELECT lot, min(total) AS least FROM run LEFT JOIN leave_allowance a ON a.id = lot
WHERE day >= ?2 AND (a.expires_on IS NULL OR a.expires_on >= ?2)
GROUP BY lot HAVING least > 0 ORDER BY lot IS NULL, a.expires_on IS NULL, a.expires_on, lot
"""
#: Whether one lot stays above zero on every day from one on.
_LEAST = """
SELECT ifnull(min(total), 0) FROM (
    SELECT day, sum(minutes) OVER (ORDER BY day) AS total FROM (
        SELECT day, minutes FROM leave_entry WHERE person_id = ?1 AND allowance_id IS ?2
        UNION ALL SELECT ?3, 0))
WHERE day >= ?3
"""
_REVERSED = "SELECT id FROM leave_entry WHERE reverses_id = ?"


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of a ledger by day, in this process."""
    with closing(_office(folder)) as office:
        entry: Any = office.records["leave.entry"]
        ledger = entry.ledger
        people = range(1, PEOPLE + 1)
        later = office.today + timedelta(days=10)
        hand = "the same queries, and `office.add` of the same entries"

        def taken() -> object:
            return [
                ledger.take(office, 5, later, kind="use", person_id=number) for number in people
            ]

        yield figure(
            f"taking {PEOPLE} times by day",
            hand,
            lambda: rolled_back(office, lambda: busy(taken)),
            lambda: rolled_back(
                office, lambda: busy(lambda: _taken_by_hand(office, later.isoformat()))
            ),
            limit=2,
            aim=1.5,
            rounds=9,
        )
        last = office.last_id(entry)
        numbers = range(last - POSTED + 1, last + 1)

        def undone() -> object:
            return ledger.undo(office, office.some(entry, reversed(numbers)))

        yield figure(
            f"taking back {POSTED:,} entries by day, as undo does",
            hand,
            lambda: rolled_back(office, lambda: busy(undone)),
            lambda: rolled_back(office, lambda: busy(lambda: _undone_by_hand(office, numbers))),
            limit=2,
            aim=1.5,
            rounds=7,
        )


def _taken_by_hand(office: Office, day: str) -> None:
    entry: Any = office.records["leave.entry"]
    on = date.fromisoformat(day)
    for number in range(1, PEOPLE + 1):
        [lot, there] = office.rows(_LOTS, number, day)[0]
        [[least]] = office.rows(_LEAST, number, lot, day)
        assert min(there, least) >= 5
        office.add(entry(person_id=number, allowance_id=lot, minutes=-5, day=on, kind="use"))


def _undone_by_hand(office: Office, numbers: range) -> None:
    entry: Any = office.records["leave.entry"]
    touched: dict[tuple[int, int], date] = {}
    for one in office.some(entry, reversed(numbers)):
        assert not office.rows(_REVERSED, one.id)
        place = {"person_id": one.person_id, "allowance_id": one.allowance_id, "day": one.day}
        office.add(entry(minutes=-one.minutes, kind="reversal", reverses_id=one.id, **place))
        key = one.person_id, one.allowance_id
        touched[key] = min(one.day, touched.get(key, one.day))
    for (person, lot), day in touched.items():
        [[least]] = office.rows(_LEAST, person, lot, day.isoformat())
        assert least >= 0


def _office(folder: Path) -> Office:
    """Make the office: people, their grants, ten entries each, and a thousand that were posted together."""
    office = office_with(folder, "leave", PLUGIN)
    add = office.add_many
    today = office.today
    with office.acting("benchmark"):
        people = [{"name": f"Person {number}"} for number in range(PEOPLE)]
        person_ids = add(office.records["leave.person"], people)
        entries = []
        for place, person in enumerate(person_ids):
            for grant in range(GRANTS):
                ends = (today + timedelta(days=100 * (grant + 1))).isoformat()
                allowance = {"name": f"A{place}-{grant}", "expires_on": ends}
                [lot] = add(office.records["leave.allowance"], [allowance])
                same = {"person_id": person, "allowance_id": lot}
                for number in range(5):
                    day = (today - timedelta(days=number)).isoformat()
                    entries.append({**same, "minutes": 100 + number, "day": day})
        add(office.records["leave.entry"], entries)
    with office.acting("benchmark"):
        posted = [{**entries[number * 5], "minutes": 60} for number in range(POSTED)]
        add(office.records["leave.entry"], posted)
    return office
