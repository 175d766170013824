"""The documents of the made-up practice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops.core.document_records import DocumentType, PracticeDocument
from officeops.core.document_types import add_types

if TYPE_CHECKING:
    from officeops.model.office import Office

#: Name, type, number, and the days from today of its first and its last good day.
_DOCUMENTS: Final = """
CLIA certificate       | CLIA certificate   | 34D0912277  | -310 | 420
DEA, Dr. Okafor        | DEA registration   | FO4471908   | -500 | 595
Fire permit            | Fire permit        | F-2207      | -140 | 225
Malpractice            | Malpractice policy | PL-5519027  | -190 | 175
Lease of the ground floor | Lease           |             | -900 | 920
"""


def add_made_up(office: Office) -> None:
    """Add the usual types, and documents of which none is due yet, in an action."""
    add_types(office)
    types = {kind.name: kind.id for kind in office.all(DocumentType)}
    rows = []
    for line in _DOCUMENTS.strip().splitlines():
        name, kind, number, issued, ends = (cell.strip() for cell in line.split("|"))
        rows.append(
            {
                "name": name,
                "type_id": types[kind],
                "number": number or None,
                "issued_on": (office.today + timedelta(days=int(issued))).isoformat(),
                "expires_on": (office.today + timedelta(days=int(ends))).isoformat(),
            }
        )
    office.add_many(PracticeDocument, rows)
