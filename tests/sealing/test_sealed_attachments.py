"""Sealed files: nothing of them is in plaintext, they open with their key alone, and rotation keeps them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.office.test_attachments import flip
from tests.sealing.staff import everywhere, hire, person_of

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.core.attachment_record import Attachment
from officeops.history.verify import verify
from officeops.model.errors import Already, Forbidden, Refused
from officeops.office.crud import add_record
from officeops.office.office import Office
from officeops.sealing.key_rotation import rotate
from officeops.sealing.keyring import NoKey

if TYPE_CHECKING:
    from officeops.testing import Cli

BYTES = b"%PDF-1.4 drug screen Zanzibar-4711"
NAME = "Zanzibar-result.pdf"


def test_nothing_of_a_sealed_file_is_in_plaintext(staff: Office, cli: Cli, tmp_path: Path) -> None:
    ann = hire(staff)
    attachment = staff.attach(ann, BYTES, name=NAME, request="one")
    assert attachment.is_sealed
    ran = [
        cli("person", "show", "Ann"),
        cli("attachment", "list", "--json"),
        cli("attachment", "export", "-"),
        cli("history", "--json"),
        cli("backup", "--to", str(tmp_path / "backups")),
        cli("search", "Zanzibar"),
        cli("person", "attach", "Ann", str(tmp_path / NAME)),
    ]
    assert [each.code for each in ran] == [0] * 6 + [1]
    assert "Zanzibar" not in repr(ran[:6])
    assert b"Zanzibar" not in everywhere(staff)
    assert staff.content(attachment).read() == BYTES
    assert staff.open(attachment, "sealed_name") == NAME


def test_a_request_id_is_of_one_sealed_file_also_after_a_rotation(staff: Office) -> None:
    ann = hire(staff)
    staff.attach(ann, BYTES, name=NAME, request="one")
    with pytest.raises(Refused) as other:
        staff.attach(ann, BYTES + b" again", name=NAME, request="one")
    assert [problem.code for problem in other.value.problems] == ["request-used"]
    rotate(staff)
    with pytest.raises(Already):
        staff.attach(ann, BYTES, name=NAME, request="one")
    assert staff.value("SELECT count(*) FROM core_attachment") == 1


def test_reading_is_on_record(staff: Office, cli: Cli, tmp_path: Path) -> None:
    attachment = staff.attach(hire(staff), BYTES, name=NAME)
    before = staff.value("SELECT count(*) FROM core_action")
    assert cli("attachment", "save", str(attachment.id), "-o", str(tmp_path / "out")).code == 0
    assert (tmp_path / "out").read_bytes() == BYTES
    sql = "SELECT verb, arguments FROM core_action WHERE id > ?"
    verb, said = staff.rows(sql, before)[-1]
    assert verb == "core.attachment.content.reveal"
    assert json.loads(said)["of"] == [f"core.attachment:{attachment.id}"]
    assert cli("seal", "readings", "--json").json


def test_who_may_not_open_it_is_refused_and_leaves_no_trace(staff: Office) -> None:
    attachment = staff.attach(hire(staff), BYTES, name=NAME)
    make_role(staff, "desk", ["read", "work"])
    admit(staff, "bob", ["desk"])
    with Office(staff.path, staff.plugins, staff.machine, user="bob") as seen:
        actions = staff.value("SELECT max(id) FROM core_action")
        with pytest.raises(Forbidden):
            seen.content(attachment)
        with pytest.raises(Forbidden):
            seen.attach(seen.get(person_of(seen), attachment.about.id), BYTES)
    assert staff.value("SELECT max(id) FROM core_action") == actions


def test_equal_sealed_files_are_kept_once_in_a_kind_and_apart_from_open_ones(staff: Office) -> None:
    ann, bob = hire(staff), hire(staff, "Bob")
    room = add_record(staff, staff.record("location"), {"name": "Room"})
    sealed = [staff.attach(person, BYTES).sha256 for person in (ann, bob)]
    elsewhere = staff.attach(room, BYTES, sealed=True).sha256
    in_the_open = staff.attach(room, BYTES).sha256
    assert sealed[0] == sealed[1]
    assert len({sealed[0], elsewhere, in_the_open}) == 3
    assert staff.value("SELECT count(*) FROM core_blob") == 3


def test_rotation_seals_every_file_again_and_finishes_what_was_interrupted(staff: Office) -> None:
    files = {
        staff.attach(hire(staff, f"P{number}"), BYTES + bytes([number])).id: number
        for number in range(6)
    }
    kept = dict(staff.rows("SELECT sha256, bytes FROM core_blob"))
    pieces = []

    def stop(done: int) -> None:
        pieces.append(done)
        if done > 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(staff, stop)
    mark = staff.seals.ring.keys[-1].mark.encode()
    rows = dict(staff.rows("SELECT sha256, bytes FROM core_blob"))
    again = [address for address, sealed in rows.items() if sealed.startswith(mark)]
    assert 0 < len(again) < 6
    assert staff.seals.former()
    rotated = rotate(staff)
    assert (rotated.fresh, rotated.problems) == (False, ())
    rows = dict(staff.rows("SELECT sha256, bytes FROM core_blob"))
    assert rows.keys() == kept.keys()
    assert all(sealed.startswith(mark) for sealed in rows.values())
    assert not staff.seals.former()
    for id_, number in files.items():
        assert staff.content(staff.get(Attachment, id_)).read() == BYTES + bytes([number])
    # The same file is known again, though its digest took another key.
    staff.attach(hire(staff, "Late"), BYTES + b"\0")
    assert staff.value("SELECT count(*) FROM core_blob") == 6
    assert verify(staff) == []


def test_without_its_key_it_stays_shut_and_verify_says_so(staff: Office) -> None:
    attachment = staff.attach(hire(staff), BYTES)
    key = Path(staff.seals.ring.path)
    key.rename(key.with_suffix(".away"))
    with pytest.raises(NoKey):
        staff.content(attachment)
    assert [finding.code for finding in verify(staff)] == ["attachment-unopened"]
    key.with_suffix(".away").rename(key)
    assert staff.content(attachment).read() == BYTES


def test_a_flipped_bit_of_a_sealed_file_is_named(staff: Office) -> None:
    attachment = staff.attach(hire(staff), BYTES)
    flip(staff.path, attachment.sha256)
    [finding] = verify(staff)
    assert (finding.code, finding.record_id) == ("attachment-altered", attachment.id)
