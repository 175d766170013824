"""Two vendors are one: what named the one that goes names the one that stays, and undo restores it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from officeops import Note, Subject, Tag, Task
from officeops.history.undo import undo
from officeops.model.errors import NotFound, Refused
from officeops.office.crud import add_record, archive_record
from officeops.office.merge_action import merge_action
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office

MERGE = merge_action(Vendor)


@pytest.fixture
def twin(office: Office, acme: Vendor) -> Vendor:
    """A second record of Acme, with a website, a document, a note, a task and two tags."""
    with office.acting("test.setup"):
        twin = office.add(Vendor(name="ACME Inc.", website="acme.example", order_method="fax"))
        office.add(Document(vendor_id=twin.id, kind="w9", expires_on=date(2027, 1, 1)))
        about: Any = Subject("vendors.vendor", twin.id)
        both: Any = Subject("vendors.vendor", acme.id)
        office.add(Note(about=about, text="Rep is Ann"))
        office.add(Task(about=about, title="Ask for the W-9", due_on=date(2026, 4, 1)))
        office.add(Tag(about=about, word="Urgent"))
        office.add(Tag(about=about, word="local"))
        office.add(Tag(about=both, word="urgent"))
    return twin


def rows_of(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every kind, without the versions that every write raises."""
    rows = {}
    for record in office.records.values():
        meta = record.meta
        if meta.key != "core.duplicate":
            columns = ", ".join(name for name in meta.columns if name != "version")
            rows[meta.key] = office.rows(f"SELECT {columns} FROM {meta.table} ORDER BY id")
    return rows


def live_uses(office: Office, number: int) -> list[str]:
    """The live rows that name a vendor."""
    uses = [f"document {row.id}" for row in office.all(Document, "vendor_id = ?", number)]
    for kind in (Note, Tag, Task):
        named = office.all(kind, "about_key = 'vendors.vendor' AND about_id = ?", number)
        uses += [f"{kind.meta.noun} {row.id}" for row in named]
    return uses


def test_what_named_the_one_names_the_other(office: Office, acme: Vendor, twin: Vendor) -> None:
    steps = office.merge_plan(acme, twin)
    assert sorted(step.what for step in steps) == ["fold", *["follow"] * 4]
    office.do(MERGE, twin, into=acme.id)
    assert live_uses(office, twin.id) == []
    assert len(live_uses(office, acme.id)) == 5
    kept = office.get(Vendor, acme.id)
    # A blank is filled; a value that is there stays.
    assert (kept.website, kept.order_method) == ("acme.example", "phone")
    assert office.get(Vendor, twin.id).archived_at


def test_old_names_lead_to_the_one_that_stays(office: Office, acme: Vendor, twin: Vendor) -> None:
    third = add_record(office, Vendor, {"name": "Acme Worldwide"})
    office.do(MERGE, twin, into=acme.id)
    office.do(MERGE, office.get(Vendor, acme.id), into=third.id)
    for word in ("ACME Inc.", f"#{twin.id}", "A1"):
        assert office.find(Vendor, word).id == third.id
    field = Document.meta.by_name["vendor_id"]
    assert office.refer(field, "ACME Inc.") == third.id
    undo(office)
    assert office.find(Vendor, "ACME Inc.").id == acme.id
    undo(office)
    assert office.find(Vendor, "ACME Inc.").id == twin.id


def test_undo_restores_every_row(office: Office, acme: Vendor, twin: Vendor) -> None:
    before = rows_of(office)
    office.do(MERGE, twin, into=acme.id, take="order-method")
    assert office.get(Vendor, acme.id).order_method == "fax"
    assert rows_of(office) != before
    undo(office)
    assert rows_of(office) == before


def test_a_field_that_nobody_fills_is_not_taken(office: Office, acme: Vendor, twin: Vendor) -> None:
    before = rows_of(office)
    for word in ("status", "nothing"):
        with pytest.raises(Refused) as refused:
            office.do(MERGE, twin, into=acme.id, take=word)
        assert [problem.code for problem in refused.value.problems] == ["not-found"]
    assert rows_of(office) == before


def test_a_pair_that_is_no_two_live_records_is_refused(
    office: Office, acme: Vendor, twin: Vendor
) -> None:
    with pytest.raises(Refused) as same:
        office.do(MERGE, acme, into=acme.id)
    with pytest.raises(NotFound):
        office.do(MERGE, acme, into=99)
    archived = archive_record(office, add_record(office, Vendor, {"name": "Gone"}))
    with pytest.raises(Refused) as gone:
        office.do(MERGE, twin, into=archived.id)
    codes = [error.value.problems[0].code for error in (same, gone)]
    assert codes == ["nothing-to-do", "archived"]
