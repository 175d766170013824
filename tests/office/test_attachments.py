"""What was attached comes out bit for bit, on every road, and nothing of it is anywhere else."""

from __future__ import annotations

import io
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.core.attached_actions import remove
from officeops.core.attachment_record import Attachment
from officeops.history.undo import redo, undo
from officeops.history.verify import verify
from officeops.model.errors import Broken, Refused
from officeops.office.crud import add_record
from officeops.office.upload import Upload
from officeops.selfcheck.attachments import attachment_findings
from officeops.values.file_types import file_type, safe_name, spelled_out
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

BYTES = b"%PDF-1.4 Zanzibar-4711 \x00\xff"


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    return office_factory("vendors")


def acme(office: Office, name: str = "Acme") -> Vendor:
    return add_record(office, Vendor, {"name": name})


def flip(path: str, address: str) -> None:
    """Flip a bit of some attached bytes as no program of ours would."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER core_blob_edit")
        sql = "UPDATE core_blob SET bytes = CAST('x' || substr(bytes, 2) AS BLOB) WHERE sha256 = ?"
        db.execute(sql, (address,))
        db.execute(
            "CREATE TRIGGER core_blob_edit BEFORE UPDATE ON core_blob BEGIN "
            "SELECT RAISE(ABORT, 'attached bytes are never changed'); END"
        )
        db.commit()


# -- in and out ------------------------------------------------------------------------------------


def test_what_was_attached_comes_out_after_undo_and_redo(office: Office, tmp_path: Path) -> None:
    paper = tmp_path / "w9.pdf"
    paper.write_bytes(BYTES)
    attachment = office.attach(acme(office), paper)
    assert (attachment.name, attachment.type, attachment.size) == ("w9.pdf", "pdf", len(BYTES))
    assert office.content(attachment).read() == BYTES
    undo(office)
    assert office.get(Attachment, attachment.id).archived_at
    paper.unlink()
    redo(office)
    assert not office.get(Attachment, attachment.id).archived_at
    assert office.content(attachment).read() == BYTES
    office.do(remove, office.get(Attachment, attachment.id))
    undo(office)
    assert office.content(attachment).read() == BYTES
    assert verify(office) == []


def test_the_history_has_no_byte_of_the_content(office: Office) -> None:
    office.attach(acme(office), BYTES, name="w9.pdf", request="one")
    said = repr(office.rows("SELECT before, after FROM core_change"))
    said += repr(office.rows("SELECT arguments, outcome FROM core_action"))
    assert "Zanzibar" not in said
    assert "w9.pdf" in said


def test_equal_bytes_are_kept_once(office: Office) -> None:
    first, second = acme(office), acme(office, "Osprey")
    office.attach(first, BYTES, name="a.pdf")
    office.attach(second, io.BytesIO(BYTES), name="b.pdf")
    assert office.value("SELECT count(*) FROM core_blob") == 1
    assert office.value("SELECT count(*) FROM core_attachment") == 2


def test_code_of_an_action_attaches_in_it_and_all_of_it_is_undone(office: Office) -> None:
    vendor = acme(office)
    before = office.value("SELECT count(*) FROM core_action")
    with office.acting("vendors.vendor.edit"):
        office.edit(vendor, note="see the form")
        attachment = office.attach(vendor, BYTES, name="w9.pdf")
        assert office.content(attachment).read() == BYTES
    assert office.value("SELECT count(*) FROM core_action") == before + 1
    undo(office)
    assert office.get(Vendor, vendor.id).note is None
    assert office.get(Attachment, attachment.id).archived_at


def test_an_action_that_fails_keeps_no_bytes(office: Office) -> None:
    vendor = acme(office)

    def fail() -> None:
        with office.acting("vendors.vendor.edit"):
            office.attach(vendor, BYTES, name="w9.pdf")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert office.value("SELECT count(*) FROM core_blob") == 0


@given(st.binary(min_size=1, max_size=3000), st.sampled_from([bytes, io.BytesIO]))
@tried(6)
def test_any_bytes_come_back_from_a_stream_or_not(
    content: bytes, given_as: Callable[[bytes], bytes | BinaryIO]
) -> None:
    with Upload(given_as(content), "", 1 << 20) as upload:
        assert (upload.content(), upload.size) == (content, len(content))


# -- what is refused -------------------------------------------------------------------------------


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    growing = tmp_path / "log.txt"
    growing.write_bytes(b"one")
    with Upload(growing, "", 1 << 20) as upload:
        with growing.open("ab") as file:
            file.write(b"two")
        with pytest.raises(Refused) as refused:
            upload.content()
    assert refused.value.problems[0].code == "changed-since"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b""), "needed"),
        (lambda path: path.write_bytes(bytes(11)), "too-long"),
        (lambda path: path.mkdir(), "unreadable"),
        (os.mkfifo, "unreadable"),
        (os.fspath, "unreadable"),
    ],
    ids=["empty", "large", "folder", "pipe", "missing"],
)
def test_what_is_no_file_of_a_fitting_size_is_refused(
    tmp_path: Path, make: Callable[[Path], object], code: str
) -> None:
    path = tmp_path / "given"
    make(path)
    with pytest.raises(Refused) as refused:
        Upload(path, "", 10)
    assert refused.value.problems[0].code == code


def test_a_stream_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spool))
    reading, writing = os.pipe()
    os.write(writing, BYTES)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream, Upload(stream, "", 1 << 20) as upload:
        assert list(spool.iterdir()) == []
        assert upload.content() == BYTES


def test_no_statement_of_an_action_touches_bytes(office: Office) -> None:
    office.attach(acme(office), BYTES)
    for sql in (
        "UPDATE core_blob SET size = 1",
        "DELETE FROM core_blob",
    ):
        with pytest.raises(sqlite3.IntegrityError), office.acting("vendors.vendor.edit"):
            office.store.db.execute(sql)
    with closing(sqlite3.connect(office.path)) as db, pytest.raises(sqlite3.OperationalError):
        db.execute("INSERT INTO core_blob (sha256, size, bytes) VALUES ('a', 1, 'a')")


# -- what is wrong is named ------------------------------------------------------------------------


def test_a_flipped_bit_is_named_and_never_given_out(office: Office) -> None:
    vendor = acme(office)
    attachment = office.attach(vendor, BYTES, name="w9.pdf")
    flip(office.path, attachment.sha256)
    [finding] = verify(office)
    assert (finding.code, finding.record, finding.record_id) == (
        "attachment-altered",
        "core.attachment",
        attachment.id,
    )
    assert finding.facts["subject"] == f"vendors.vendor #{vendor.id}"
    with pytest.raises(Broken):
        office.content(attachment)
    with pytest.raises(Broken):
        office.attach(acme(office, "Osprey"), BYTES)


def test_lost_and_left_over_bytes_are_listed(office: Office) -> None:
    attachment = office.attach(acme(office), BYTES)
    with office.acting("test.lose"):
        office.store.destroying = True
        office.store.db.execute("DELETE FROM core_blob")
        sql = "INSERT INTO core_blob (sha256, size, bytes) VALUES (?, 1, x'41')"
        office.store.db.execute(sql, ("0" * 64,))
    found = {finding.code: finding.severity for finding in attachment_findings(office)}
    assert found == {"attachment-lost": "problem", "blob-unused": "note"}
    codes = [finding.code for finding in verify(office)]
    assert codes == ["attachment-lost", "blob-altered"]
    with pytest.raises(Broken):
        office.content(attachment)


# -- names and types -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"\0\0\0\x18ftypheic", "heic"),
        (b"PK\x03\x04word", "zip"),
        ("Größe\tA".encode()[:-4], "text"),
        (b"\x1b[2J", "other"),
        (b"MZ\x90\x00\x03\x00", "other"),
    ],
)
def test_the_type_is_that_of_the_first_bytes(beginning: bytes, found: str) -> None:
    assert file_type(beginning) == found
    assert (found in spelled_out(("image",))) == (found in {"png", "jpeg", "webp", "heic"})


@given(st.text(max_size=300))
@tried(60)
def test_a_name_is_safe_to_write_and_stays_so(name: str) -> None:
    safe = safe_name(name, "file.pdf")
    assert safe == safe_name(safe, "file.pdf")
    assert not set(safe) & set('/\\:*?"<>|\0')
    assert safe.isprintable()
    assert safe[0] not in ".-~ "
    assert len(safe) <= 120


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x", "x"),
        ("C:\\Users\\me\\W-9.pdf", "W-9.pdf"),
        ("..", "file.pdf"),
        (".bashrc", "bashrc"),
        ("-rf", "rf"),
        ("a\x1b[2J\u202efdp.exe", "a[2Jfdp.exe"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
    ],
)
def test_hostile_names_become_plain_ones(name: str, safe: str) -> None:
    assert safe_name(name, "file.pdf") == safe
