"""What code of plugins reads: records in an order, and values as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from officeops.model.errors import Forbidden

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

PLUGIN = '''
from __future__ import annotations
from datetime import datetime
from officeops import Migration, Plugin, Record, choice, computed, field, hookimpl, ref

PLUGIN = Plugin("cold", summary="Readings", api=2)


class Reading(Record, key="cold.reading"):
    """A reading."""

    location_id: int = ref("core.location")
    taken_at: datetime = field()
    degrees: int = field(kind="decimal", scale=1, unit="°C")
    state: str = choice("too_warm", "in_range", default="in_range")
    pin: str | None = field(default=None, sealed=True)
    note: str | None = field(default=None, guard="cold.note")
    computed = (computed("above", "t.degrees > 80", kind="yes_no"),)


@hookimpl
def records():
    return [Reading]


@hookimpl
def migrations():
    return [Migration("0001_start", """CREATE TABLE cold_reading (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
        location_id INTEGER NOT NULL REFERENCES core_location(id), taken_at TEXT NOT NULL,
        degrees INTEGER NOT NULL, state TEXT NOT NULL, pin TEXT, note TEXT) STRICT""")]
'''


@pytest.fixture
def cold(office_factory: OfficeFactory, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office with three readings, the warmest in the middle."""
    office = office_factory(files={"cold": PLUGIN})
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "cold")
    assert cli("location", "add", "--name", "Lab").code == 0
    for hour, degrees in ((9, "4.5"), (11, "8.9"), (10, "5")):
        words = ("--taken-at", f"2026-03-02 {hour:02}:00", "--degrees", degrees, "--pin", "4711")
        more = ("--state", "too_warm", "--note", "Door")
        assert cli("reading", "add", "--location", "Lab", *words, *more).code == 0
    return office


def test_records_come_in_the_order_that_is_asked_for(cold: Office) -> None:
    reading: Any = cold.records["cold.reading"]
    assert [row.id for row in cold.all(reading)] == [1, 2, 3]
    assert [row.id for row in cold.all(reading, order="taken_at DESC")] == [2, 3, 1]
    newest = cold.first(reading, order="taken_at DESC")
    cool = cold.first(reading, "degrees < ?", 80, order="taken_at DESC, id")
    assert newest is not None
    assert cool is not None
    assert (newest.id, cool.id) == (2, 3)
    assert cold.first(reading, "degrees > ?", 900, order="taken_at") is None


def test_a_value_is_a_text_as_people_read_it(cold: Office) -> None:
    reading: Any = cold.records["cold.reading"]
    row = cold.get(reading, 2)
    texts = {name: cold.text_of(row, name) for name in reading.meta.by_name}
    assert texts == {
        "location_id": "Lab",
        "taken_at": "2026-03-02 11:00",
        "degrees": "8.9 °C",
        "state": "too warm",
        "pin": "••••",
        "note": "Door",
        "above": "yes",
    }


def test_a_blank_text_of_code_is_none_as_that_of_a_form(cold: Office) -> None:
    reading: Any = cold.records["cold.reading"]
    with cold.acting("cold.test"):
        row = cold.edit(cold.get(reading, 2), note="", pin="")
    assert row.note is None
    stored = cold.rows("SELECT note, pin FROM cold_reading WHERE id = 2")
    assert stored == [(None, None)]


@pytest.mark.usefixtures("cold")
def test_a_value_that_a_person_may_not_see_is_no_text(
    cli: Cli, office_factory: OfficeFactory
) -> None:
    cli("access", "add", "ben", "--role", "clerk")
    office = office_factory("cold", login="ben")
    row = office.get(office.records["cold.reading"], 2)
    assert office.text_of(row, "note") == ""
    with pytest.raises(Forbidden):
        str(getattr(row, "note"))  # noqa: B009 - a class that no checker knows
