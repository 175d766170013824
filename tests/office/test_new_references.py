"""A new reference is to a live record that its filter finds; one that is there stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

DEVICES = '''
class Device(Record, key="devices.device", display="name"):
    name: str = field(unique=True)
    status: str = choice("in_service", "retired", default="in_service")

class Reading(Record, key="devices.reading", display="note"):
    note: str = field()
    device_id: int | None = ref("devices.device", where="status=in_service", default=None)
    spare_id: int | None = ref("devices.device", default=None)
    computed = (computed("at", "office_now()", kind="instant"), computed("on", "office_today()", kind="date"))

@hookimpl
def records(): return [Device, Reading]
@hookimpl
def migrations():
    return [Migration("0001", """
CREATE TABLE devices_device (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    name TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'in_service') STRICT;
CREATE TABLE devices_reading (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    note TEXT NOT NULL, device_id INTEGER REFERENCES devices_device(id), spare_id INTEGER REFERENCES devices_device(id)) STRICT;
CREATE INDEX devices_reading_device_id ON devices_reading(device_id) WHERE device_id IS NOT NULL;
CREATE INDEX devices_reading_spare_id ON devices_reading(spare_id) WHERE spare_id IS NOT NULL;
""")]
'''


@pytest.fixture
def office(write: Callable[..., Path], office_factory: OfficeFactory) -> Office:
    write("devices", DEVICES)
    opened = office_factory("devices")
    with opened.acting("test.add"):
        for name in ("EQ-1", "EQ-2"):
            opened.add(opened.records["devices.device"](name=name))
        opened.add(opened.records["devices.reading"](note="A", device_id=1, spare_id=1))
    return opened


def first(office: Office, key: str) -> Any:  # noqa: ANN401 - a record of the plugin
    return office.get(office.records[key], 1)


def test_a_new_reference_is_to_no_archived_record_and_an_old_one_stays(office: Office) -> None:
    with office.acting("test.archive"):
        office.archive(first(office, "devices.device"))
    reading = office.records["devices.reading"]
    with pytest.raises(Refused) as refused, office.acting("test.add"):
        office.add(reading(note="B", device_id=1, spare_id=1))
    codes = [(problem.field, problem.code) for problem in refused.value.problems]
    assert codes == [("device", "archived"), ("spare", "archived")]
    with office.acting("test.edit"):
        office.edit(first(office, "devices.reading"), note="C", device_id=2)
    with pytest.raises(Refused), office.acting("test.edit"):
        office.edit(first(office, "devices.reading"), device_id=1)


def test_nor_to_one_that_its_filter_does_not_find(office: Office) -> None:
    with office.acting("test.retire"):
        office.edit(first(office, "devices.device"), status="retired")
    with office.acting("test.edit"):
        office.edit(first(office, "devices.reading"), note="D", spare_id=2)
    with pytest.raises(Refused) as refused, office.acting("test.add"):
        office.add(office.records["devices.reading"](note="E", device_id=1))
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("device", "not-allowed-here")
    assert problem.facts["where"] == "status=in_service"


def test_sql_knows_the_day_and_the_time_of_the_office(office: Office) -> None:
    fields = office.records["devices.reading"].meta.by_name
    ((_, now, today),) = office.select(
        office.records["devices.reading"], [fields["at"], fields["on"]]
    )
    assert today == office.today.isoformat()
    assert abs(fields["at"].kind.opened(now) - office.now()).total_seconds() < 60
    assert office.value("SELECT count(DISTINCT office_now()) FROM core_action") == 1
