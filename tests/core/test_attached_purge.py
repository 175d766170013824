"""A purge destroys what hangs on a record with it, and the bytes that nobody needs any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.core.actions import hold
from officeops.core.attachment_record import Attachment
from officeops.core.note_record import Note
from officeops.core.purge import purge
from officeops.core.records import RetentionRule
from officeops.history.undo import redo, undo
from officeops.history.verify import verify
from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record
from officeops.office.tagging import tag
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

BYTES = b"%PDF-1.4 Zanzibar-4711"


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[str], None]) -> Office:
    """An office that keeps vendors, and files that were taken away, for a year."""
    made = office_factory("vendors")
    for key in ("vendors.vendor", "core.attachment"):
        add_record(made, RetentionRule, {"record": key, "years": 1, "source": "law"})
    freeze_today("2040-06-01")
    return made


def archived(office: Office, name: str) -> Vendor:
    """A vendor that is past its retention, with a file, a note and a tag."""
    vendor = add_record(office, Vendor, {"name": name})
    office.attach(vendor, BYTES, name=f"{name}-Zanzibar.pdf")
    about = {"about_key": vendor.meta.key, "about_id": vendor.id}
    add_record(office, Note, {"text": f"{name} Zanzibar", **about})
    tag(office, vendor, ["Zanzibar"])
    return archive_record(office, vendor)


def test_what_hangs_on_a_record_goes_with_it(office: Office) -> None:
    archived(office, "Acme")
    kept = add_record(office, Vendor, {"name": "Osprey"})
    purge(office)
    for table in ("core_attachment", "core_note", "core_tag", "core_blob"):
        assert office.value(f"SELECT count(*) FROM {table}") == 0, table
    office.store.checkpoint()
    assert b"Zanzibar" not in Path(office.path).read_bytes()
    assert verify(office) == []
    assert office.content(office.attach(kept, BYTES)).read() == BYTES


def test_bytes_stay_while_any_attachment_has_them(office: Office) -> None:
    kept = add_record(office, Vendor, {"name": "Osprey"})
    shared = office.attach(kept, BYTES)
    archived(office, "Acme")
    purge(office)
    assert office.content(shared).read() == BYTES
    assert office.value("SELECT count(*) FROM core_blob") == 1


@pytest.mark.parametrize("kind", ["attachment", "vendor"])
def test_a_hold_on_a_file_keeps_its_record_and_bytes(office: Office, kind: str) -> None:
    archived(office, "Acme")
    office.do(hold, kind=kind, reason="claim", only="#1")
    [fate] = purge(office)
    assert (fate.record, fate.kept[:7]) == ("vendors.vendor", "held by")
    assert office.value("SELECT count(*) FROM core_blob") == 1


def test_a_file_that_was_purged_is_not_redone(office: Office) -> None:
    attachment = office.attach(add_record(office, Vendor, {"name": "Acme"}), BYTES)
    undo(office)
    # Past its retention only once it was taken away that long ago.
    with office.acting("test.age"):
        office.store.db.execute(
            "UPDATE core_attachment SET archived_at = '2026-01-01T00:00:00.000Z'"
        )
    purge(office, "attachment")
    assert office.value("SELECT count(*) FROM core_blob") == 0
    assert office.first(Attachment, "id = ?", attachment.id) is None
    with pytest.raises(Refused) as refused:
        redo(office)
    assert "destroyed" in {problem.code for problem in refused.value.problems}
    assert verify(office) == []
