"""SQL that an action writes itself meets the same limits, which follow the declaration; undo writes back the old values."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.errors import Refused
from officeops.selfcheck.field_values import unfit_values

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

    Write = Callable[..., Path]

READINGS = '''
from datetime import date

class Reading(Record, key="cold.reading", display="note"):
    note: str = field()
    degrees: int = field(kind="decimal", scale=1, unit="°C", minimum={low}, maximum={high})
    day: date = field()
    state: str = choice({states}, default="ok")

@hookimpl
def records(): return [Reading]
@hookimpl
def migrations():
    return [Migration("0001", """
CREATE TABLE cold_reading (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    note TEXT NOT NULL, degrees INTEGER NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'ok') STRICT;
""")]
'''
INSERT = "INSERT INTO cold_reading (note, degrees, day, state) VALUES ('raw', ?, ?, ?)"


@pytest.fixture
def opened(write: Write, office_factory: OfficeFactory) -> Callable[..., Office]:
    def opened_with(low: int = 20, high: int = 80, states: str = '"ok", "warm"') -> Office:
        write("cold", READINGS.format(low=low, high=high, states=states))
        return office_factory("cold")

    return opened_with


def reading(office: Office, **values: Any) -> Any:  # noqa: ANN401 - a record of the plugin
    from datetime import date

    given = {"note": "A", "degrees": 53, "day": date(2026, 1, 31), **values}
    return office.records["cold.reading"](**given)


RAW = [
    (81, "2026-01-31", "ok"),
    (53, "2026-02-30", "ok"),
    (53, "now", "ok"),
    (53, "2026-01-31", "hot"),
]


@pytest.mark.parametrize("values", RAW)
@pytest.mark.parametrize("bulk", ["", "A bulk action"])
def test_raw_sql_of_an_action_writes_no_value_that_a_field_does_not_take(
    opened: Callable[..., Office], values: tuple[object, ...], bulk: str
) -> None:
    office = opened()

    def write_raw() -> None:
        with office.acting("test.raw", bulk=bulk):
            office.add(reading(office))
            office.store.db.execute(INSERT, values)

    with pytest.raises((sqlite3.IntegrityError, Refused)):
        write_raw()
    assert office.value("SELECT count(*) FROM cold_reading") == 0


def test_nor_does_an_update_and_what_it_leaves_alone_is_not_asked(
    opened: Callable[..., Office],
) -> None:
    office = opened(low=-100, high=900)
    with office.acting("test.add"):
        office.add(reading(office, degrees=700))
    office = opened()
    assert [found.field.name for found in unfit_values(office, office.records["cold.reading"])] == [
        "degrees"
    ]
    with office.acting("test.other"):
        office.store.db.execute("UPDATE cold_reading SET note = 'B', degrees = 700")
    for assignment in ("degrees = 701", "day = 'garbage'", "state = 'hot'"):
        with pytest.raises(sqlite3.IntegrityError, match=assignment.split()[0]), office.acting("x"):
            office.store.db.execute(f"UPDATE cold_reading SET {assignment}")
    assert office.rows("SELECT note, degrees, state FROM cold_reading") == [("B", 700, "ok")]


def test_limits_follow_the_declaration_and_the_file_verifies(opened: Callable[..., Office]) -> None:
    for high, states in ((80, '"ok", "warm"'), (90, '"ok", "warm", "hot"'), (85, '"ok", "hot"')):
        office = opened(high=high, states=states)
        with office.acting("test.raw"):
            office.store.db.execute(INSERT, (high, "2026-01-31", states.split('"')[-2]))
        with pytest.raises(sqlite3.IntegrityError), office.acting("test.raw"):
            office.store.db.execute(INSERT, (high + 1, "2026-01-31", "ok"))
        assert not [found for found in verify(office) if found.kind == "trigger"]


def test_undo_writes_back_a_value_beyond_the_limit_of_today(opened: Callable[..., Office]) -> None:
    office = opened(high=900)
    with office.acting("test.add"):
        record = office.add(reading(office, degrees=700))
    with office.acting("test.cool"):
        office.edit(record, degrees=50)
    last = office.value("SELECT max(id) FROM core_action WHERE verb = 'test.cool'")
    office = opened()
    undo(office, last)
    assert office.value("SELECT degrees FROM cold_reading") == 700
    with pytest.raises(Refused) as refused, office.acting("test.again"):
        office.edit(office.get(office.records["cold.reading"], 1), degrees=701, state="hot")
    problems = {problem.field: problem for problem in refused.value.problems}
    assert {name: problem.code for name, problem in problems.items()} == {
        "degrees": "out-of-range",
        "state": "unknown-choice",
    }
    assert "2.0 to 8.0 °C" in problems["degrees"].message


def test_a_sealed_value_is_never_repeated(write: Write, office_factory: OfficeFactory) -> None:
    code = """
class Person(Record, key="staff.person"):
    name: str = field()
    pay: int | None = field(kind="money", default=None, sealed=True, minimum=100, maximum=500)

@hookimpl
def records(): return [Person]
@hookimpl
def migrations():
    return [Migration("0001", "CREATE TABLE staff_person (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL "
        "DEFAULT 1, archived_at TEXT, name TEXT NOT NULL, pay TEXT) STRICT;")]
"""
    write("staff", code)
    office = office_factory("staff")
    for pay in (31415926, "31415926", 31.415926):
        with pytest.raises(Refused) as refused, office.acting("test.add"):
            office.add(office.records["staff.person"](name="Ann", pay=pay))
        assert "pay: the value" in str(refused.value)
        assert "31" not in str(refused.value)


def test_raw_sql_leaves_no_required_field_blank(opened: Callable[..., Office]) -> None:
    office = opened()
    with office.acting("test.raw"):
        office.store.db.execute(INSERT, (50, "2026-01-31", "ok"))
    for column in ("day", "state"):
        with pytest.raises(sqlite3.IntegrityError, match=column), office.acting("test.raw"):
            office.store.db.execute(f"UPDATE cold_reading SET {column} = ''")
    for values in ((50, "", "ok"), (50, "2026-01-31", "")):
        with pytest.raises(sqlite3.IntegrityError, match="UNFIT"), office.acting("test.raw"):
            office.store.db.execute(INSERT, values)
