"""Proofs for inspectors: the agreements and licenses of vendors, as they are entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: The kinds of proof that documents of vendors give, and the kind of document of each.
KINDS: Final = {"business-associate-agreement": "baa", "supplier-license": "license"}
#: Live documents of a kind that no renewal replaces, of live vendors.
_CURRENT = """
kind = ? AND archived_at IS NULL
AND vendor_id IN (SELECT id FROM vendors_vendor WHERE archived_at IS NULL)
AND NOT EXISTS (SELECT 1 FROM vendors_document n
    WHERE n.replaces_id = vendors_document.id AND n.archived_at IS NULL)
"""


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield each current document of the kinds asked for, or that none is entered."""
    for proof_kind, kind in KINDS.items():
        if proof_kind not in kinds:
            continue
        documents = list(office.all(Document, _CURRENT, kind))
        for document in documents:
            yield _proof(office, proof_kind, document)
        if not documents:
            yield _missing(proof_kind)


def _proof(office: Office, kind: str, document: Document) -> Proof:
    end = document.expires_on
    status = document.status_now(office).proof
    verb = "expired" if status == "not met" else "until"
    what = f"{document} of {office.label(Vendor, document.vendor_id)}"
    what = f"{what[:1].upper()}{what[1:]}, {f'{verb} {end}' if end else 'without an end'}"
    action = "" if status == "met" else "vendor-document renew"
    return Proof(
        kind,
        status,
        what,
        on=end,
        action=action,
        record=Document.meta.key,
        record_id=document.id,
    )


def _missing(kind: str) -> Proof:
    what = f"No {kind.replace('-', ' ')} is entered"
    return Proof(kind, "missing", what, action="vendor-document add", record=Document.meta.key)
