"""A vendor's document is a document that ends: one reminder, sixty days ahead, and a status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.declarations import Query
from officeops_vendors.model import Document

if TYPE_CHECKING:
    from officeops.office.office import Office


def test_documents_are_due_sixty_days_ahead() -> None:
    terms = Document.terms
    assert (terms.leads, terms.grace, Document.severity) == ((60,), 0, "legal")


def test_the_view_of_what_expires_is_what_today_shows(office: Office, insurance: Document) -> None:
    views = (view for _, view in office.plugins.registered("views"))
    [view] = [one for one in views if (one.record, one.name) == ("vendors.document", "expiring")]
    shown = {row[0] for row in office.select(Document, [], Query(view.where))}
    due = {item.due.record_id for item in office.due_items()}
    assert shown == due == {insurance.id}
