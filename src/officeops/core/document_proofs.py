"""Proofs for inspectors among the practice's own documents, by the types that name a kind of proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.core.document_records import DocumentType, PracticeDocument
from officeops.model.documents.expiring_document import replaced
from officeops.model.proof import Proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.office import Office

_TABLE: Final = PracticeDocument.meta.table
_IN_FORCE: Final = f"type_id = ? AND NOT {replaced(_TABLE, _TABLE, begun='office_today()')}"


def document_proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield each document in force of the kinds asked for, and the required ones that are missing."""
    for document_type in office.all(DocumentType, "proof IS NOT NULL"):
        if document_type.proof not in kinds:
            continue
        documents = list(office.all(PracticeDocument, _IN_FORCE, document_type.id))
        # A type that the practice does not need has its paper in a binder, if anywhere.
        for document in documents:
            yield _proof(office, document_type.proof, document)
        if not documents and document_type.required:
            yield _missing(document_type.proof, document_type)


def _proof(office: Office, kind: str, document: PracticeDocument) -> Proof:
    now, end = document.status_now(office), document.expires_on
    words = f"{document.name} {document.number}" if document.number else document.name
    reasons = {
        "held": f"suspended: {document.held_because}",
        "not_required": f"not required: {document.not_required_because}",
        "pending": "not verified",
    }
    until = f"until {end}" if end else "without an end"
    has_ended = end is not None and end < office.today
    what = reasons.get(now.status, f"expired {end}" if has_ended else until)
    return Proof(
        kind,
        now.proof,
        f"{words}, {what}",
        on=end,
        action="" if now.proof == "met" else "practice-document renew",
        owner=document.owner,
        record=document.meta.key,
        record_id=document.id,
    )


def _missing(kind: str, document_type: DocumentType) -> Proof:
    what = f"No {document_type.name} is entered"
    key = PracticeDocument.meta.key
    return Proof(kind, "missing", what, action="practice-document add", record=key)
