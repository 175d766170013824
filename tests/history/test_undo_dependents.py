"""All of an action is taken back or nothing: what something later depends on stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

from tests.history.undo_tools import last, names, vendor

RENEW = Document.action("renew")


def test_all_of_an_action_or_nothing(office: Office) -> None:
    with office.acting("test.two"):
        first, second = office.add(Vendor(name="One")), office.add(Vendor(name="Two"))
    both = last(office)
    edit_record(office, first, {"name": "Uno"})
    with pytest.raises(Refused, match=r"Vendor \w+: was changed since \(edit vendor\)"):
        undo(office, both)
    assert names(office) == ["Uno", "Two"]
    assert office.get(Vendor, second.id).version == 1
    undo(office)
    undo(office)
    assert names(office) == []


def test_what_something_depends_on_stays(office: Office) -> None:
    acme = vendor(office)
    added = last(office)
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    with pytest.raises(
        Refused, match=r"Vendor \w+: Vendor document 1 depends on it \(add vendor document\)"
    ):
        undo(office, added)
    archive_record(office, paper)
    undo(office, added)
    assert names(office) == []


def test_what_was_pointed_at_later_stays(office: Office) -> None:
    first = vendor(office, "First")
    paper = add_record(office, Document, {"vendor_id": first.id, "kind": "baa"})
    second = vendor(office, "Second")
    added = last(office)
    edit_record(office, paper, {"vendor_id": second.id})
    with pytest.raises(Refused, match="depends on it"):
        undo(office, added)


def test_what_was_brought_back_and_is_needed_since_stays(office: Office) -> None:
    acme = vendor(office)
    archive_record(office, acme)
    unarchive_record(office, acme)
    back = last(office)
    add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    with pytest.raises(Refused, match="depends on it"):
        undo(office, back)


def test_what_points_elsewhere_again_on_the_way_back_needs_it_no_more(office: Office) -> None:
    acme = vendor(office)
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    with office.acting("test.hand-over"):
        heir = office.add(Vendor(name="Heir"))
        office.edit(paper, vendor_id=heir.id)
    handed_over = last(office)
    edit_record(office, paper, {"number": "7"})
    undo(office, handed_over)
    there = office.get(Document, paper.id)
    assert (there.vendor_id, there.number, names(office)) == (acme.id, "7", ["Acme"])


def test_what_points_there_again_on_the_way_back_needs_it(office: Office) -> None:
    acme, heir = vendor(office), vendor(office, "Heir")
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    archive_record(office, acme)
    with office.acting("test.hand-over"):
        office.unarchive(acme)
        office.edit(paper, vendor_id=heir.id)
    handed_over = last(office)
    edit_record(office, paper, {"number": "7"})
    with pytest.raises(
        Refused, match=r"Vendor \w+: Vendor document 1 depends on it \(edit vendor document\)"
    ):
        undo(office, handed_over)


def test_a_rule_of_the_record_holds_on_the_way_back(office: Office) -> None:
    acme = vendor(office)
    paper = add_record(
        office, Document, {"vendor_id": acme.id, "kind": "baa", "issued_on": office.today}
    )
    edit_record(office, paper, {"expires_on": office.today.replace(year=office.today.year + 1)})
    ends = last(office)
    edit_record(office, paper, {"issued_on": None})
    gone = last(office)
    undo(office, ends)
    edit_record(
        office,
        office.get(Document, paper.id),
        {"expires_on": office.today.replace(year=office.today.year - 1)},
    )
    with pytest.raises(Refused, match="expires before it was issued"):
        undo(office, gone)


def test_a_value_changed_again_stays(office: Office) -> None:
    acme = vendor(office)
    edit_record(office, acme, {"name": "Second", "website": "2"})
    second = last(office)
    edit_record(office, acme, {"name": "Third"})
    with pytest.raises(Refused, match=r"^Vendor \w+: name: was changed again since$"):
        undo(office, second)
    edit_record(office, acme, {"email": "a@example.org"})
    undo(office)
    undo(office)
    undo(office, second)
    assert names(office) == ["Acme"]


def test_a_unique_value_given_away_stays_with_its_new_owner(office: Office) -> None:
    vendor(office, "Old", code="A")
    undo(office)
    vendor(office, "New", code="A")
    with pytest.raises(
        Refused, match=r"^Vendor A: code: 'A' is taken by another vendor: vendor New A \(#2\)"
    ):
        redo(office)
    undo(office)
    redo(office)  # the last undo is that of New
    with pytest.raises(Refused, match="is taken"):
        redo(office)
    assert names(office) == ["New"]


def test_an_archived_value_may_be_given_and_taken_again(office: Office) -> None:
    acme = vendor(office, "Old", code="A")
    archive_record(office, acme)
    vendor(office, "New", code="A")
    undo(office)
    undo(office)
    assert names(office) == ["Old"]


def test_renewals_go_from_the_newest(office: Office) -> None:
    acme = vendor(office)
    paper = add_record(
        office, Document, {"vendor_id": acme.id, "kind": "baa", "expires_on": office.today}
    )
    newer = office.do(RENEW, paper, expires_on=office.today.replace(year=office.today.year + 1))
    first = last(office)
    office.do(RENEW, newer, expires_on=office.today.replace(year=office.today.year + 2))
    with pytest.raises(Refused, match="depends on it"):
        undo(office, first)
    undo(office)
    undo(office)
    assert [each.id for each in office.all(Document)] == [paper.id]


def test_a_ledger_that_cannot_be_balanced_says_so(office_factory: OfficeFactory) -> None:
    text = (
        "from __future__ import annotations\nfrom officeops import *\nPLUGIN = Plugin('till', 'Cash', api=2)\n"
        "class Entry(Record, key='till.entry', append_only=True):\n    what: str = field()\n"
        "@hookimpl\ndef records(): return [Entry]\n"
        "@hookimpl\ndef migrations(): return [Migration('0001', 'CREATE TABLE till_entry (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, what TEXT NOT NULL) STRICT')]\n"
    )
    office = office_factory(files={"till": text})
    assert not office.plugins.troubles
    kind = office.record("entry")
    with office.acting("till.take"):
        office.add(kind(what="five"))
    with pytest.raises(Refused, match="Entry 1"):
        undo(office)


def test_what_belongs_to_a_plugin_that_is_off_waits_for_it(
    office: Office, office_factory: OfficeFactory
) -> None:
    vendor(office)
    without = office_factory("inventory")
    with pytest.raises(Refused, match="the plugin that keeps vendors_vendor is off"):
        undo(without)


def test_guards_of_plugins_are_asked(office_factory: OfficeFactory) -> None:
    text = (
        "from __future__ import annotations\nfrom officeops import *\nPLUGIN = Plugin('guard', 'Says no', api=2)\n"
        "@hookimpl\ndef validate(office, change):\n"
        "    if change.verb == 'core.undo': yield Problem('never')\n"
    )
    office = office_factory("vendors", files={"guard": text})
    vendor(office)
    with pytest.raises(Refused, match="never"):
        undo(office)
    assert names(office) == ["Acme"]
