"""The practice's own documents: certificates, permits, policies, leases and contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.documents.document_type import DocumentType as AnyDocumentType
from officeops.model.documents.expiring_document import ExpiringDocument
from officeops.model.errors import Problem
from officeops.model.fields import field, ref
from officeops.model.retention import Retention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.office import Office


class DocumentType(
    AnyDocumentType, key="core.document-type", group="Office", display="name", also=("paper",)
):
    """A type of practice document, and its reminders.

    The types that come with officeops are suggestions, not law: change them, and mark those that
    your practice has to have as required.
    """

    name: str = field(
        unique=True, search=True, list_rank=1, also=("document type",), example="Fire permit"
    )
    proof: str | None = field(
        default=None,
        list_rank=7,
        example="clia-certificate",
        help="The kind of proof that it is for inspectors (`officeops inspect`)",
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a kind of proof that no inspector asks for."""
        yield from super().check(office)
        if self.proof:
            # Loaded only for a type with a proof: each inspection is a file of questions.
            from officeops.core.inspection_questions import kinds_of_proof
            from officeops.values.suggestions import did_you_mean, nearest

            known = kinds_of_proof()
            if self.proof not in known:
                hint = did_you_mean(nearest(self.proof, known)) or "None asks for it."
                yield Problem(f"is no kind of proof. {hint}", "proof", code="unknown-choice")


class PracticeDocument(
    ExpiringDocument,
    key="core.practice-document",
    prefix="PD",
    group="Office",
    display="name",
    sort="expires_on",
    also=("certificate", "permit", "policy", "lease", "insurance", "paper"),
):
    """A certificate, permit, policy or lease of the practice."""

    name: str = field(
        search=True, list_rank=1, also=("practice document", "document"), example="Fire permit"
    )
    type_id: int | None = ref(
        "core.document-type", default=None, list_rank=4, also=("document type",)
    )
    owner: str = field(
        default="manager",
        list_rank=5,
        example="dana",
        help="Who renews it: a login, a role, or the name of a person without a login",
    )
    note: str | None = field(kind="long_text", default=None, hidden=True, also=("notes",))

    typed_by = "type_id"
    bare_word = "name"
    importer = "officeops.exchange.document_import:PracticeDocumentImport"
    retention = Retention(years=6, after="expires_on", why="45 CFR 164.316(b)(2)(i)")

    def __str__(self) -> str:
        return self.name

    def check(self, office: Office) -> Iterable[Problem]:
        """Say of a new document whom its reminders reach, where nobody knows its owner."""
        from officeops.office.due_owners import say_who_sees_to_it

        # An edit of an older one needs no reminder of it.
        if not self.id:
            say_who_sees_to_it(office, self.owner)
        return super().check(office)
