"""A verification ends once the document says something else than the person compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.documents.expiring_document import ExpiringDocument
    from officeops.model.records import AnyOffice

#: What no source is asked for: remarks, who sees to it, and when to give notice.
_BESIDE: Final = frozenset({"note", "owner", "owner_id", "notice_on"})
_NOBODYS: Final = {"verified_on": None, "verified_by": None, "verified_source": None}


def taken_back(office: AnyOffice, document: ExpiringDocument) -> Mapping[str, object]:
    """Return the blanks in place of a verification, where an edit changes a part that it covers."""
    if document.verified_on is None or not document.id:
        return {}
    before = office.get(type(document), document.id)
    # Verified in the same step, as by a file that brings both.
    if before.verified_on != document.verified_on:
        return {}
    compared = (
        field.name
        for field in document.meta.fields
        if not field.managed and field.name not in _BESIDE
    )
    is_other = any(getattr(before, name) != getattr(document, name) for name in compared)
    return _NOBODYS if is_other else {}
