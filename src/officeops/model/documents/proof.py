"""A document that ends as a proof for inspectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.proof import Proof

if TYPE_CHECKING:
    from officeops.model.documents.expiring_document import ExpiringDocument
    from officeops.model.office import Office


#: The step that makes a document count again, where a renewal does not.
_CURES: Final = {"pending": "verify", "held": "reinstate"}


def proof_of(
    office: Office,
    document: ExpiringDocument,
    kind: str,
    words: str,
) -> Proof:
    """Return the proof of a kind that a document is, by its status today."""
    now, end = document.status_now(office), document.expires_on
    has_ended = end is not None and end < office.today
    until = f"until {end}" if end else "without an end"
    reasons = {
        "held": f"suspended: {document.held_because}",
        "not_required": f"not required: {document.not_required_because}",
        "pending": "not verified",
        "future": f"good from {document.issued_on}",
    }
    what = reasons.get(now.status, f"expired {end}" if has_ended else until)
    verb = _CURES.get(now.status, "renew")
    return Proof(
        kind,
        now.proof,
        f"{words}, {what}",
        on=end,
        action="" if now.proof == "met" else f"{document.meta.noun} {verb}",
        owner=document.owner_of(office),
        record=document.meta.key,
        record_id=document.id,
    )
