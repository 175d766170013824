"""Vendors are held, released and deactivated by actions that say why, and other plugins see it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import Conflict, Refused
from officeops.office.crud import archive_record, edit_record
from officeops.services import VendorDirectory
from officeops_vendors.model import Document, Vendor
from officeops_vendors.vendor_actions import deactivate, hold, release

if TYPE_CHECKING:
    from officeops.office.office import Office

RENEW = Document.action("renew")
TODAY = date(2026, 3, 2)


def told(office: Office, vendor: Vendor) -> tuple[str, str | None]:
    """What other plugins are told of a vendor: its status and why it is held."""
    directory = office.service(VendorDirectory)
    assert directory
    facts = directory.vendors(office)[vendor.id]
    return facts.status, facts.hold_reason


def test_a_hold_has_a_reason_and_ends_with_a_release(office: Office, acme: Vendor) -> None:
    assert told(office, acme) == ("active", None)
    said = office.do(hold, acme, reason="short deliveries")
    assert "Acme" in said
    assert "short deliveries" in said
    assert told(office, acme) == ("on_hold", "short deliveries")
    assert "Acme" in office.do(release, office.get(Vendor, acme.id))
    assert told(office, acme) == ("active", None)


def test_what_cannot_be_done_now_says_why(office: Office, acme: Vendor) -> None:
    with pytest.raises(Refused, match="Release A1: it is active already"):
        office.do(release, acme)
    office.do(hold, acme, reason="recall")
    held = office.get(Vendor, acme.id)
    with pytest.raises(Refused, match="Hold A1: it is on hold"):
        office.do(hold, held, reason="again")
    office.do(release, held)
    with pytest.raises(Refused, match="reason: is needed"):
        office.do(hold, office.get(Vendor, acme.id))


def test_an_inactive_vendor_is_kept_and_may_come_back(office: Office, acme: Vendor) -> None:
    office.do(deactivate, acme)
    assert told(office, acme) == ("inactive", None)
    assert office.find(Vendor, "Acme").status == "inactive"
    office.do(release, office.get(Vendor, acme.id))
    assert told(office, acme) == ("active", None)


def test_an_archived_vendor_counts_as_inactive(office: Office, acme: Vendor) -> None:
    archive_record(office, acme)
    assert told(office, acme) == ("inactive", None)


def test_a_status_is_never_a_bare_edit(office: Office, acme: Vendor) -> None:
    with pytest.raises(Refused, match="is set by actions, not by hand"):
        edit_record(office, acme, {"status": "on_hold"})
    assert told(office, acme) == ("active", None)


def test_who_acts_on_what_they_no_longer_see_is_told(office: Office, acme: Vendor) -> None:
    seen = office.get(Vendor, acme.id)
    edit_record(office, acme, {"website": "555"})
    with pytest.raises(Conflict, match="changed by someone else"):
        office.do(hold, seen, reason="recall")
    assert told(office, acme) == ("active", None)


# -- papers ------------------------------------------------------------------------------------------------


def due(office: Office) -> list[tuple[int, str, str]]:
    """The papers due: record id, severity and action."""
    return [
        (each.due.record_id, each.due.severity, each.due.action)
        for each in office.due_items()
        if each.due.record == "vendors.document"
    ]


def test_a_renewal_supersedes_and_the_old_paper_is_kept_but_no_longer_due(
    office: Office, insurance: Document
) -> None:
    assert due(office) == [(insurance.id, "routine", "renew")]
    new = office.do(RENEW, insurance, expires_on=date(2027, 4, 1))
    assert isinstance(new, Document)
    assert (new.vendor_id, new.kind, new.number, new.issued_on, new.replaces_id) == (
        insurance.vendor_id, "insurance", "C-1", TODAY, insurance.id,
    )  # fmt: skip
    assert due(office) == []
    assert office.get(Document, insurance.id).expires_on == date(2026, 4, 1)
    assert office.get(Document, insurance.id).archived_at is None


def test_a_renewal_ends_later_and_happens_once(office: Office, insurance: Document) -> None:
    with pytest.raises(Refused, match="must be later than 2026-04-01, the end of the old one"):
        office.do(RENEW, insurance, expires_on=date(2026, 4, 1))
    new = office.do(RENEW, insurance, expires_on=date(2026, 4, 2), number="C-2")
    assert new.number == "C-2"
    with pytest.raises(Refused, match=f"it was renewed already, by #{new.id}"):
        office.do(RENEW, insurance, expires_on=date(2028, 4, 1))
    assert due(office) == [(new.id, "routine", "renew")]


def test_a_chain_of_renewals_leaves_only_the_last_due(office: Office, insurance: Document) -> None:
    paper = insurance
    for day in range(2, 6):
        paper = office.do(RENEW, paper, expires_on=date(2026, 4, day))
    assert due(office) == [(paper.id, "routine", "renew")]


def test_a_renewal_that_was_withdrawn_may_be_made_again(
    office: Office, insurance: Document
) -> None:
    archive_record(office, office.do(RENEW, insurance, expires_on=date(2027, 4, 1)))
    again = office.do(RENEW, insurance, expires_on=date(2027, 5, 1))
    assert again.replaces_id == insurance.id


def test_a_renewal_that_was_withdrawn_makes_the_old_paper_due_again(
    office: Office, insurance: Document
) -> None:
    archive_record(office, office.do(RENEW, insurance, expires_on=date(2027, 4, 1)))
    assert due(office) == [(insurance.id, "routine", "renew")]


def test_a_paper_that_ended_is_a_matter_of_law(office: Office, insurance: Document) -> None:
    edit_record(office, insurance, {"expires_on": date(2026, 3, 1)})
    assert due(office) == [(insurance.id, "legal", "renew")]


def test_a_paper_does_not_end_before_it_was_issued(office: Office, insurance: Document) -> None:
    with pytest.raises(Refused, match="expires before it was issued"):
        edit_record(office, insurance, {"expires_on": date(2025, 3, 31)})
    assert office.get(Document, insurance.id).expires_on == date(2026, 4, 1)


def test_a_paper_without_an_end_is_never_due(office: Office, insurance: Document) -> None:
    edit_record(office, insurance, {"expires_on": None})
    assert due(office) == []
