"""Proofs for inspectors among the practice's own documents, by the types that name a kind of proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.document_records import DocumentType, PracticeDocument
from officeops.model.proof import Proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.office import Office


def document_proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield each document in force of the kinds asked for, and the required ones that are missing."""
    for document_type in office.all(DocumentType, "proof IS NOT NULL"):
        if document_type.proof not in kinds:
            continue
        documents = list(PracticeDocument.in_force(office, "type_id = ?", document_type.id))
        for document in documents:
            words = " ".join(filter(None, (document.name, document.number)))
            yield document.proof(office, document_type.proof, words)
        # A type that the practice does not need has its paper in a binder, if anywhere.
        if not documents and document_type.required:
            yield _missing(document_type.proof, document_type)


def _missing(kind: str, document_type: DocumentType) -> Proof:
    what = f"No {document_type.name} is entered"
    key = PracticeDocument.meta.key
    return Proof(kind, "missing", what, action="practice-document add", record=key)
