"""Papers: the files of a record that may be a document somebody signed: a PDF, a scan, a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Attachment

if TYPE_CHECKING:
    from officeops import Office, Record

#: A text, which anybody can type, is no paper.
_PAPERS: Final = """
about_key = ? AND about_id = ?
AND type IN ('pdf', 'png', 'jpeg', 'gif', 'tiff', 'bmp', 'webp', 'heic')
"""


def newest_paper(office: Office, record: Record) -> Attachment | None:
    """Return the paper of a record that was attached last; None without any."""
    # The newest: somebody who attaches a better scan means that one.
    return office.first(
        Attachment,
        _PAPERS,
        record.meta.key,
        record.id,
        order="id DESC",
    )
