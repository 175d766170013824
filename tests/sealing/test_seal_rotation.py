"""A rotation seals every value with a new key, also when it is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw

from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.declarations import Query
from officeops.model.errors import Refused
from officeops.office.crud import archive_record, edit_record, unarchive_record
from officeops.sealing.key_rotation import rotate
from officeops.sealing.seal import Altered
from officeops.selfcheck.sealed_fields import sealed_findings

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

from tests.sealing.staff import OTHER, PAY, PLUGIN, SSN, hire, person_of, said


def test_after_a_rotation_all_opens_with_the_new_key_and_the_history_with_the_old(
    staff: Office, cli: Cli
) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    edit_record(staff, ann, {"ssn": OTHER, "phone": "555"})
    old = staff.seals.ring.keys[0]
    done = cli("seal", "rotate")
    assert done.code == 0, done
    assert [key.version for key in staff.seals.ring.keys] == [1, 2]
    assert staff.seals.ring.keys[0] == old
    now = staff.get(type(ann), ann.id)
    assert now.ssn.kept.startswith(staff.seals.ring.keys[1].mark)
    assert staff.open(now, "ssn") == OTHER
    assert staff.select(type(ann), [], Query(f"ssn={OTHER}")) == [(ann.id,)]
    undo(staff, next(each.number for each in changes(staff, Asked(what="staff.person.edit"))))
    assert said(staff, ann, "ssn") == SSN
    assert rotate(staff).done == 1
    assert said(staff, ann, "ssn") == SSN
    assert verify(staff) == []
    assert [each.severity for each in sealed_findings(staff)] == ["ok"]


def test_uniqueness_holds_while_some_have_the_former_key(staff: Office) -> None:
    ann = hire(staff, ssn=SSN)
    gone = archive_record(staff, hire(staff, "Old", ssn=OTHER))
    staff.seals.ring.added()
    with pytest.raises(Refused, match="is taken by another person"):
        hire(staff, "Bob", ssn=SSN)
    bob = hire(staff, "Bob", ssn=OTHER)
    with pytest.raises(Refused, match="is taken by another person"):
        unarchive_record(staff, gone)
    edit_record(staff, ann, {"ssn": None})
    cid = hire(staff, "Cid", ssn=SSN)
    with pytest.raises(Refused, match="is taken by another person"):
        undo(staff, next(each.number for each in changes(staff, Asked(what="staff.person.edit"))))
    assert staff.select(type(ann), [], Query(f"ssn={SSN},{OTHER}")) == [(bob.id,), (cid.id,)]


ROTATE = """
import os, sys
from officeops.office.office import open_office
from officeops.sealing import key_rotation as rotate
rotate.PIECE = 20
office = open_office(sys.argv[1], only=["staff"])
def told(done):
    print(done, flush=True)
    if done >= 100:
        sys.stdin.read()
rotate.rotate(office, told)
"""


def test_a_rotation_that_was_killed_goes_on_where_it_stopped(staff: Office) -> None:
    person = person_of(staff)
    with staff.acting("test"):
        staff.add_many(person, [{"name": f"P{n}", "ssn": f"9{n:08}", "pay": n} for n in range(400)])
    ran = subprocess.Popen(
        [sys.executable, "-c", ROTATE, staff.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert ran.stdout
    for line in ran.stdout:
        if int(line) >= 60:
            break
    time.sleep(0.01)
    os.kill(ran.pid, signal.SIGKILL)
    ran.communicate()
    marks = {key.version: key.mark for key in staff.seals.ring.keys}
    left = staff.value("SELECT count(*) FROM staff_person WHERE ssn GLOB ?", f"{marks[1]}.*")
    assert 0 < left < 400
    done = rotate(staff)
    assert (done.fresh, done.done, done.key.version) == (False, left, 2)
    assert [key.version for key in staff.seals.ring.keys] == [1, 2]
    for n, each in enumerate(staff.all(person)):
        assert (staff.open(each, "ssn"), staff.open(each, "pay")) == (f"9{n:08}", n)
    assert staff.value("SELECT count(*) FROM staff_person WHERE ssn_index NOT GLOB 'i2.*'") == 0
    assert verify(staff) == []
    assert rotate(staff).fresh


def test_what_does_not_open_is_named_and_left(staff: Office, cli: Cli) -> None:
    hire(staff, pay=PAY)
    hire(staff, "Bob", pay=1)
    with raw(Path(staff.path)) as db:
        db.execute(
            "UPDATE staff_person SET pay = (SELECT pay FROM staff_person WHERE name = 'Ann') WHERE name = 'Bob'"
        )
    done = cli("seal", "rotate")
    assert done.code == 5
    assert "Pay of person Bob (#2) does not open" in done.err
    assert "1 records are sealed" in done.err


def test_a_session_that_was_open_meanwhile_uses_the_new_key(
    staff: Office, office_factory: OfficeFactory
) -> None:
    ann = hire(staff, pay=PAY)
    other = office_factory("staff")
    assert other.open(ann, "pay") == PAY
    rotate(staff)
    edit_record(other, other.get(type(ann), ann.id), {"pay": 7})
    assert staff.get(type(ann), ann.id).pay.kept.startswith("v2.")
    assert said(staff, ann, "pay") == 7


def test_a_field_that_is_looked_up_only_now_gets_its_digests_by_a_rotation(staff: Office) -> None:
    ann = hire(staff, ssn=SSN)
    with raw(Path(staff.path)) as db:
        db.execute("UPDATE staff_person SET ssn_index = NULL")
    assert rotate(staff).done == 1
    assert staff.select(type(ann), [], Query(f"ssn={SSN}")) == [(ann.id,)]


def test_a_field_that_is_sealed_only_now_is_said_to_lie_open_works_on_and_is_sealed_when_asked(
    office_factory: OfficeFactory, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "staff")
    column = "pay TEXT CHECK (pay GLOB 'v[1-9]*.????????.*')"
    before = PLUGIN.replace(
        'kind="money", default=None, sealed=True)', 'kind="money", default=None)'
    )
    before = before.replace('kind="money", sealed=True)', 'kind="money")').replace(
        column, "pay INTEGER"
    )
    office = office_factory(files={"staff": before})
    for name in ("Ann", "Bob"):
        hire(office, name, pay=PAY)
    office.close()
    rebuilt = 'Migration("0002_sealed", lambda db: db["staff_person"].transform(types={"pay": str}, strict=True))'
    office = office_factory(
        files={"staff": PLUGIN.replace(column, "pay INTEGER").replace('""")]', f'"""), {rebuilt}]')}
    )
    ann, bob = (office.find(person_of(office), name) for name in ("Ann", "Bob"))
    assert [each.severity for each in sealed_findings(office)] == ["problem"]
    assert "is in the file unencrypted" in cli("selfcheck").out
    with pytest.raises(Altered):
        said(office, bob, "pay")
    edit_record(office, ann, {"pay": 7})
    assert said(office, ann, "pay") == 7
    done = cli("seal", "rotate")
    assert (done.code, "Pay of person Bob (#2) does not open" in done.err) == (5, True)
    done = cli("seal", "rotate", "--bare")
    assert (done.code, "1 records are sealed" in done.err) == (0, True)
    assert said(office, bob, "pay") == PAY
    assert [each.severity for each in sealed_findings(office)] == ["ok"]
    assert verify(office) == []
