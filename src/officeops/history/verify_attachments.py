"""Verify attached files: every byte is hashed and compared with the digest in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.finding import Finding
from officeops.model.meta import table_of
from officeops.store import blobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.store.stored_office import StoredOffice

_KEY = "core.attachment"
_OF = f"SELECT id, about_key, about_id FROM {table_of(_KEY)} WHERE sha256 = ? ORDER BY id"
_LOST = f"""
SELECT a.id, a.about_key, a.about_id FROM {table_of(_KEY)} a
WHERE NOT EXISTS (SELECT 1 FROM {blobs.TABLE} b WHERE b.sha256 = a.sha256) ORDER BY a.id
"""


def attachments(office: StoredOffice) -> Iterator[Finding]:
    """Yield each attachment whose bytes are gone, were altered, or do not open.

    One file at a time is in memory. The bytes are in no record, and their digests are.
    """
    if not blobs.is_there(office.store.db):
        return
    for number, key, about in office.rows(_LOST):
        yield _about("attachment-lost", number, key, about)
    # Each blob once, however many attachments share it.
    for address in blobs.addresses(office.store.db):
        if fault := office.blob_fault(address):
            yield from _named(office, address, f"attachment-{fault}")


def _named(office: StoredOffice, address: str, fault: str) -> Iterator[Finding]:
    """Yield the finding of each attachment that has some bytes; without any, one on the bytes."""
    rows = office.rows(_OF, address)
    for number, key, about in rows:
        yield _about(fault, number, key, about)
    if not rows:
        mark = ("blob", address, fault)
        yield Finding("blob-altered", facts={"digest": address[:24]}, mark=mark)


def _about(code: str, number: int, key: str, about: int) -> Finding:
    mark = ("record", table_of(_KEY), number, code)
    return Finding(code, None, _KEY, number, {"subject": f"{key} #{about}"}, mark)
