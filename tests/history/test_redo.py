"""An undone action is done again, if nothing that came since stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.history.undo import redo, undo
from officeops.model.errors import NotFound, Refused
from officeops.office.crud import add_record, archive_record, edit_record
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
from tests.history.undo_tools import last, names, vendor


def test_what_cannot_be_done_again_does_not_bar_what_was_undone_before(
    office: Office, cli: Cli
) -> None:
    acme, beta = vendor(office), vendor(office, "Beta")
    edit_record(office, acme, {"website": "1"})
    first = last(office)
    edit_record(office, beta, {"website": "2"})
    second = last(office)
    undo(office, first)
    undo(office, second)
    edit_record(office, office.get(Vendor, beta.id), {"website": "3"})
    before = rf"^Vendor \w+: website: was changed again since; `officeops redo {second + 1}` does again what you undid before that$"
    for named in (None, second, second + 2):
        with pytest.raises(Refused, match=before):
            redo(office, named)
    redo(office, second + 1)
    assert office.get(Vendor, acme.id).website == "1"
    with pytest.raises(Refused, match=r"was changed again since$"):
        redo(office)
    undo(office, first)
    assert redo(office, first).startswith("Redone: ")
    assert office.get(Vendor, acme.id).website == "1"
    assert cli("redo", "x").code == 2
    assert cli("redo", str(last(office) + 1)).code == 1


def test_what_is_named_to_be_done_again_must_be_undone(
    office: Office, office_factory: OfficeFactory
) -> None:
    vendor(office)
    added = last(office)
    with pytest.raises(Refused, match=rf"^action {added} \(add vendor\) is not undone$"):
        redo(office, added)
    undo(office)
    with pytest.raises(NotFound, match="There is no action 99"):
        redo(office, 99)
    redo(office_factory(actor="ann"), added)
    assert names(office) == ["Acme"]
    with pytest.raises(Refused, match=f"action {added + 1} was done again already"):
        redo(office, added + 1)


def test_what_belongs_to_something_is_not_done_again_before_it(office: Office) -> None:
    acme = vendor(office)
    added = last(office)
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    undo(office)
    undo(office)
    with pytest.raises(Refused, match=r"^Vendor \w+: was archived since \(undo\)$"):
        redo(office, added + 1)
    redo(office, added)
    redo(office, added + 1)
    assert [each.id for each in office.all(Document)] == [paper.id]


def test_what_something_came_back_to_is_not_put_away_again_before_it(office: Office) -> None:
    acme = vendor(office)
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    archive_record(office, paper)
    archive_record(office, acme)
    both = last(office)
    undo(office)
    undo(office)
    with pytest.raises(Refused, match=r"^Vendor \w+: Vendor document 1 depends on it \(undo\)"):
        redo(office, both)
    redo(office)
    redo(office)
    assert names(office) == []
