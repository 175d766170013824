"""A field that leads to a file: the types that it takes, and the transitions that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from officeops import Lifecycle, Record, Transition, field, file
from officeops.model.errors import Refused, UsageProblem
from officeops.office.crud import add_record, edit_record

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

PLUGIN = '''"""Devices, and the certificates of their calibration."""

from __future__ import annotations

from officeops import Lifecycle, Migration, Plugin, Record, Transition, field, file, hookimpl

PLUGIN = Plugin("devices", summary="Devices, for tests", api=2)
LIFE = Lifecycle(("open", "closed"), Transition("close", ("open",), "closed", "Close it."))
MIGRATIONS = [Migration("0001_device", """
CREATE TABLE devices_device (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open',
    certificate_id INTEGER REFERENCES core_attachment(id)
) STRICT;
CREATE UNIQUE INDEX devices_device_name ON devices_device(name) WHERE archived_at IS NULL;
CREATE INDEX devices_device_certificate_id ON devices_device(certificate_id) WHERE certificate_id IS NOT NULL;
""")]


class Device(Record, key="devices.device"):
    """A device."""

    name: str = field(unique=True)
    status: str = LIFE.field()
    certificate_id: int | None = file(types=("pdf", "image"), required_for=("close",), default=None)
    life = LIFE


@hookimpl
def records():
    return [Device]


@hookimpl
def migrations():
    return MIGRATIONS


@hookimpl
def actions():
    return LIFE.actions(Device)
'''


@pytest.fixture
def office(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "devices")
    return office_factory(files={"devices": PLUGIN})


def close(office: Office, device: Any) -> None:  # noqa: ANN401 - a record of the test's plugin
    [action] = [known for known in office.actions(type(device)) if known.word == "close"]
    office.do(action, device)


def test_a_transition_needs_its_file(office: Office) -> None:
    device = add_record(office, office.record("device"), {"name": "Scale"})
    with pytest.raises(Refused) as refused:
        close(office, device)
    assert refused.value.problems[0].code == "needed"
    assert refused.value.problems[0].facts["field"] == "certificate"
    office.attach(device, b"%PDF-1.4", name="c.pdf", as_field="certificate")
    assert office.value("SELECT certificate_id FROM devices_device") == 1
    close(office, device)
    closed: Any = office.get(type(device), device.id)
    assert closed.status == "closed"


def test_only_files_of_its_types_are_taken_and_nothing_else_is_kept(office: Office) -> None:
    device = add_record(office, office.record("device"), {"name": "Scale"})
    with pytest.raises(Refused) as refused:
        office.attach(device, b"plain text", as_field="certificate")
    assert refused.value.problems[0].code == "not-allowed-here"
    assert office.value("SELECT count(*) FROM core_blob") == 0
    note = office.attach(device, b"plain text")
    with pytest.raises(Refused):
        edit_record(office, device, {"certificate_id": note.id})
    with pytest.raises(UsageProblem):
        office.attach(device, b"%PDF-1.4", as_field="picture")


def test_by_the_command_line(office: Office, cli: Cli) -> None:
    add_record(office, office.record("device"), {"name": "Scale"})
    line = ("device", "attach", "Scale", "-", "--name", "c.png", "--as", "certificate")
    assert cli(*line, typed=b"\x89").code == 1
    ran = cli("device", "close", "Scale")
    assert (ran.code, "--as certificate" in ran.err) == (1, True)


def test_a_declaration_that_does_not_hold_together_is_refused() -> None:
    with pytest.raises(TypeError):
        file(types=("holographic",))
    declared = Lifecycle(("open", "closed"), Transition("close", ("open",), "closed", "Close it."))
    with pytest.raises(TypeError):

        class Device(Record, key="devices.other"):
            """A device."""

            status: str = declared.field()
            paper_id: int | None = file(required_for=("open",), default=None)
            life = declared

    with pytest.raises(TypeError):

        class Other(Record, key="devices.more"):
            """A device."""

            name: str = field(required_for=("close",))


def test_a_file_that_a_field_leads_to_stays_when_the_others_move(office: Office) -> None:
    old = add_record(office, office.record("device"), {"name": "Scale"})
    new = add_record(office, office.record("device"), {"name": "Balance"})
    proof = office.attach(old, b"%PDF-1.4", name="c.pdf", as_field="certificate")
    other = office.attach(old, b"plain text", name="a.txt")
    with office.acting("devices.device.edit"):
        assert office.move_about(office.get(type(old), old.id), new) == 1
    owners = dict(office.rows("SELECT id, about_id FROM core_attachment"))
    assert owners == {proof.id: old.id, other.id: new.id}
