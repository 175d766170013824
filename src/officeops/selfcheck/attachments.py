"""Checks of attached files: each has its bytes, no bytes are left over, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.history.unseen_rows import unseen
from officeops.selfcheck.content import some
from officeops.selfcheck.finding import UNSEEN, Finding
from officeops.store import blobs
from officeops.values.sizes import size_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: From this many bytes on each backup copies so much that somebody should know.
MANY: Final = 1_000_000_000
_LOST: Final = f"""
SELECT a.id FROM core_attachment a
WHERE NOT EXISTS (SELECT 1 FROM {blobs.TABLE} b WHERE b.sha256 = a.sha256) ORDER BY a.id
"""


def attachment_findings(office: Office) -> Iterator[Finding]:
    """Check attachments and their bytes. `history verify` hashes every byte; this counts."""
    # Counted in all rows, so that "all is well" is true; those out of reach are not named below.
    with office.lifted():
        if not blobs.is_there(office.store.db):
            return
        lost = [number for (number,) in office.rows(_LOST)]
        unused = blobs.unused(office.store.db)
        count, size = blobs.total(office.store.db)
    if lost:
        yield _lost(office, lost)
    else:
        yield Finding("records", "attachment-lost", "ok", "Every attachment has its bytes.")
    if unused:
        what = f"The bytes of {len(unused):,} files belong to no attachment."
        cure = "The next `officeops purge` that destroys records destroys them too."
        yield Finding("records", "blob-unused", "note", what, cure)
    if size >= MANY:
        what = f"{count:,} attached files have {size_text(size)}, which each backup copies."
        cure = "Keep large files elsewhere, or destroy old ones by a retention rule."
        yield Finding("records", "attachments-large", "note", what, cure)


def _lost(office: Office, lost: list[int]) -> Finding:
    hidden = unseen(office, office.records["core.attachment"], lost)
    seen = [number for number in lost if number not in hidden]
    which, cure = "Attachments that you may not see", UNSEEN
    if seen:
        which, cure = f"Attachments {some(seen)}", "Restore their bytes from a backup."
    return Finding("records", "attachment-lost", "problem", f"{which} have lost their bytes.", cure)
