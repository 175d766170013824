"""A new reference is to a live record that its filter finds; one that is there stays."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops.model.errors import Refused
from officeops.query.candidates import candidates
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

OFFICEOPS = str(Path(sys.executable).with_name("officeops"))
ON = {"OFFICEOPS_PLUGINS": "devices"}
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


def test_many_at_once_and_rows_of_a_file_meet_the_same_filter(office: Office, cli: Cli) -> None:
    with office.acting("test.retire"):
        office.edit(first(office, "devices.device"), status="retired")
    reading = office.records["devices.reading"]
    rows = [
        {"note": note, "device_id": device} for note, device in (("F", 2), ("G", 1), ("H", None))
    ]
    with pytest.raises(Refused, match="row 2 of 3") as refused, office.acting("test.many"):
        office.add_many(reading, rows)
    assert [(p.field, p.code) for p in refused.value.problems] == [("device", "not-allowed-here")]
    table = "note,device\nA,EQ-1\nF,EQ-2\nG,EQ-1\n"
    outcome = cli("reading", "import", "-", "--key", "note", "--json", typed=table, env=ON).json
    # Row 2 repeats what its record says already.
    assert [(bad["line"], bad["column"], bad["code"]) for bad in outcome["bad"]] == [
        (4, "device", "not-allowed-here")
    ]
    fixed = table.replace("G,EQ-1", "A,EQ-2")
    again = cli(
        "reading",
        "import",
        "-",
        "--key",
        "note",
        "--json",
        typed=fixed.replace("A,EQ-1\n", ""),
        env=ON,
    ).json
    assert (again["bad"], again["added"]) == ([], 1)


def test_what_a_filter_does_not_find_is_offered_nowhere_and_refused_where_it_is_typed(
    office: Office, cli: Cli
) -> None:
    retired = [{"name": f"EQ-0{number:03}", "status": "retired"} for number in range(250)]
    with office.acting("test.many"):
        office.add_many(office.records["devices.device"], retired)
        office.edit(first(office, "devices.device"), status="retired")
    field = office.records["devices.reading"].meta.by_name["device_id"]
    assert [word for word, _ in candidates(office, field, "eq")] == ["EQ-2"]
    assert candidates(office, field, "EQ-1") == []
    spare = office.records["devices.reading"].meta.by_name["spare_id"]
    assert len(candidates(office, spare, "eq")) == 5
    state = FormState(Form("A reading", [field], lambda *_: "", {"device_id": "EQ-1"}))
    assert state.read(office) is None
    assert "status=in_service" in state.errors["device_id"]
    ran = cli("reading", "add", "--note", "I", "--device", "EQ-1", "--json", env=ON)
    assert [problem["code"] for problem in json.loads(ran.err)["error"]["problems"]] == [
        "not-allowed-here"
    ]


BASH = r"""
eval "$({0} completion bash)"
COMP_WORDS=({0} reading add --{1} '{2}'); COMP_CWORD=4
_officeops_completion {0}
printf '%s\n' "${{COMPREPLY[@]}}"
"""


def test_a_shell_offers_what_fits_whole(office: Office) -> None:
    device = office.records["devices.device"]
    with office.acting("test.add"):
        office.add(device(name="Ann's scale, the old one"))
        office.add(device(name="EQ-3", status="retired"))

    def completed(option: str, text: str) -> list[str]:
        script = BASH.format(OFFICEOPS, option, text)
        environment = {**os.environ, "OFFICEOPS_DB": str(office.path), **ON}
        ran = subprocess.run(
            ["bash", "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert ran.stderr == ""
        return shlex.split(ran.stdout)

    assert completed("device", "") == ["Ann's scale, the old one", "EQ-1", "EQ-2"]
    assert completed("spare", "eq-3") == ["EQ-3"]
    assert completed("device", "eq-3") == []


def test_what_is_there_already_is_no_new_reference_however_it_is_typed(
    office: Office, cli: Cli
) -> None:
    with office.acting("test.away"):
        office.edit(first(office, "devices.device"), status="retired")
        office.archive(first(office, "devices.device"))
    ran = cli("reading", "edit", "A", "--spare", "EQ-1", "--device", "#1", "--note", "B", env=ON)
    assert (ran.code, first(office, "devices.reading").note) == (0, "B")
    fields = office.records["devices.reading"].meta.fields
    reading = first(office, "devices.reading")
    texts = {"device_id": "eq-1", "spare_id": "#1"}
    for about, errors in ((reading, set()), (None, {"device_id", "spare_id"})):
        form = Form("A reading", fields[1:], lambda *_: "", texts, about=about)
        state = FormState(form)
        state.read(office)
        assert {*state.errors} == errors
    ran = cli("reading", "add", "--note", "C", "--spare", "EQ-1", env=ON)
    assert ran.code != 0
