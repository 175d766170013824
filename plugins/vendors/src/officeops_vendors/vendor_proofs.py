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
_OF_VENDORS = "kind = ? AND vendor_id IN (SELECT id FROM vendors_vendor WHERE archived_at IS NULL)"


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield each current document of the kinds asked for, or that none is entered."""
    for proof_kind, kind in KINDS.items():
        if proof_kind not in kinds:
            continue
        documents = list(Document.in_force(office, _OF_VENDORS, kind))
        for document in documents:
            words = f"{document} of {office.label(Vendor, document.vendor_id)}"
            yield document.proof(office, proof_kind, f"{words[:1].upper()}{words[1:]}")
        if not documents:
            yield _missing(proof_kind)


def _missing(kind: str) -> Proof:
    what = f"No {kind.replace('-', ' ')} is entered"
    return Proof(kind, "missing", what, action="vendor-document add", record=Document.meta.key)
