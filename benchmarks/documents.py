"""What Today over documents costs beside plain SQL for the same lines.

5,000 of the practice's own documents: half of them ended in the past year, and the rest are their
renewals.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, busy, figure
from officeops.core.document_records import DocumentType, PracticeDocument
from officeops.model.due import Due
from officeops.office.due_documents import due_documents
from officeops.office.office import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

DOCUMENTS, TYPES = 5_000, 10
YEAR = timedelta(days=365)
LEADS = (90, 60, 30)
#: By the index of `expires_on`; a document that has a renewal is history.
_ENDING = """
SELECT t.id, t.name, t.expires_on, t.owner, t.renewal_filed_on, y.leads, y.grace_days
FROM core_practice_document t LEFT JOIN core_document_type y ON y.id = t.type_id
WHERE t.expires_on <= ? AND t.archived_at IS NULL
AND t.held_because IS NULL AND t.not_required_because IS NULL AND NOT EXISTS (
    SELECT 1 FROM core_practice_document n WHERE n.replaces_id = t.id AND n.archived_at IS NULL
)
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of documents, in this process."""
    file = folder / "documents.db"
    with closing(open_office(file, create=True, actor="benchmark", only=[])) as office:
        _add(office)
        lines = list(due_documents(office, PracticeDocument, office.today))
        plain = _lines(office)
        assert {line.key for line in lines} == {line.key for line in plain}
        yield figure(
            f"Today over {DOCUMENTS:,} documents, {len(lines):,} of them due",
            "their lines by plain SQL",
            lambda: busy(lambda: list(due_documents(office, PracticeDocument, office.today))),
            lambda: busy(lambda: _lines(office)),
            limit=2,
            aim=1.5,
            rounds=15,
        )


def _lines(office: Office) -> list[Due]:
    """List what ends as a plugin would that had only SQL."""
    today = office.today
    horizon = today + timedelta(days=max(LEADS))
    return [_line(today, *row) for row in office.rows(_ENDING, horizon.isoformat())]


def _line(
    today: date,
    number: int,
    name: str,
    on: str,
    owner: str,
    filed: str | None,
    leads: str,
    grace: int,
) -> Due:
    end = date.fromisoformat(on)
    left = (end - today).days
    if left < 0:
        phase, words = ("in-grace" if -left <= grace else "expired"), "expired"
    else:
        phase, words = (
            str(min(lead for lead in (0, *map(int, leads.split())) if left <= lead)),
            "expires",
        )
    return Due(
        key=f"core.practice-document:{number}:{on}:{phase}",
        on=end,
        what=f"{name} {words} {on}" + (f"; its renewal was filed {filed}" if filed else ""),
        severity="legal" if left < 0 else "routine",
        owner=owner,
        action="renew",
        record="core.practice-document",
        record_id=number,
    )


def _add(office: Office) -> None:
    """Add documents that ended in the past year, and after them the renewal of each."""
    leads = " ".join(map(str, LEADS))
    half = DOCUMENTS // 2
    with office.acting("benchmark", bulk="documents"):
        types = [{"name": f"Type {number}", "leads": leads} for number in range(TYPES)]
        ids = office.add_many(DocumentType, types)
        old, new = [], []
        for number in range(half):
            ended = office.today - YEAR * number // half
            values = {"name": f"Document {number}", "type_id": ids[number % TYPES]}
            old.append({**values, "expires_on": ended.isoformat()})
            new.append({**values, "expires_on": (ended + YEAR).isoformat()})
        replaced = office.add_many(PracticeDocument, old)
        for row, number in zip(new, replaced, strict=True):
            row["replaces_id"] = number
        office.add_many(PracticeDocument, new)
