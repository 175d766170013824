"""The days of a story keep their order on every road, also where the record it is about moves."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.history.undo import redo, undo
from officeops.model.errors import OfficeError
from officeops.office.crud import add_record, edit_record

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

TODAY: Final = date(2026, 3, 2)
PLUGIN: Final = '''
"""Falls, and who was seen after one."""

from datetime import date

from officeops import DateOrder, Migration, Plugin, Record, field, hookimpl, ref

PLUGIN = Plugin("falls", summary="Falls", api=2)


class Fall(Record, key="falls.fall", display="fell_on"):
    """A fall."""

    fell_on: date = field()


class Case(Record, key="falls.case", display="name"):
    """Who fell."""

    name: str = field()
    fall_id: int = ref("falls.fall")
    seen_on: date | None = field(default=None)
    told_on: date | None = field(default=None)
    again_on: date | None = field(default=None)
    date_orders = (
        DateOrder(("fall_id.fell_on", "seen_on", "told_on")),
        DateOrder(("fall_id.fell_on", "again_on"), to_come=("again_on",)),
    )


@hookimpl
def records():
    return [Fall, Case]


@hookimpl
def migrations():
    return [Migration("0001", """
CREATE TABLE falls_fall (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    fell_on TEXT NOT NULL
) STRICT;
CREATE TABLE falls_case (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    name TEXT NOT NULL, fall_id INTEGER NOT NULL, seen_on TEXT, told_on TEXT, again_on TEXT
) STRICT;
CREATE INDEX falls_case_fall_id ON falls_case(fall_id);
""")]
'''
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(("fall", "seen", "told", "sql", "file", "undo", "redo")),
        st.integers(-9, 0),
    ),
    min_size=1,
    max_size=10,
)


@pytest.fixture
def falls(office_factory: OfficeFactory, freeze_today: Any) -> Office:  # noqa: ANN401 - a fixture
    freeze_today(TODAY)
    opened = office_factory(files={"falls": PLUGIN}, actor="ann")
    assert not opened.plugins.troubles
    fall = add_record(opened, opened.record("fall"), {"fell_on": TODAY - timedelta(days=5)})
    add_record(opened, opened.record("case"), {"name": "Ben", "fall_id": fall.id})
    return opened


def _only(office: Office, noun: str) -> Record:
    return office.get(office.record(noun), 1)


def _step(
    office: Office,
    cli: Cli,
    way: str,
    day: date,
) -> None:
    if way == "fall":
        edit_record(office, _only(office, "fall"), {"fell_on": day})
    elif way == "sql":
        with office.acting("test.sql"):
            office.store.db.execute(
                "UPDATE falls_case SET seen_on = ?, version = version + 1", (str(day),)
            )
    elif way == "file":
        cli("case", "import", "-", "--update", typed=f"name,told on\nBen,{day}\n")
    elif way in {"undo", "redo"}:
        (undo if way == "undo" else redo)(office)
    else:
        edit_record(office, _only(office, "case"), {f"{way}_on": day})


@given(steps=STEPS)
@tried(25)
def test_no_road_leaves_days_out_of_order(
    falls: Office, cli: Cli, steps: list[tuple[str, int]]
) -> None:
    for way, days in steps:
        try:
            _step(falls, cli, way, TODAY + timedelta(days=days))
        except (OfficeError, sqlite3.Error):
            continue
        fall, case = _only(falls, "fall"), _only(falls, "case")
        story = [fall.fell_on, case.seen_on, case.told_on]  # type: ignore[attr-defined]
        known = [day for day in story if day]
        assert known == sorted(known), (way, days)


def test_what_is_to_come_is_not_moved_into_the_past(falls: Office) -> None:
    yesterday = TODAY - timedelta(days=1)
    case = edit_record(falls, _only(falls, "case"), {"again_on": yesterday - timedelta(days=1)})
    # What was entered late may be corrected.
    case = edit_record(falls, case, {"again_on": yesterday})
    case = edit_record(falls, case, {"again_on": TODAY})
    with pytest.raises(OfficeError, match="again_on: is past"):
        edit_record(falls, case, {"again_on": yesterday})
