"""Papers: the files of a record that may be a document somebody signed: a PDF, a scan, a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Attachment

if TYPE_CHECKING:
    from officeops import Office, Record

_ABOUT: Final = "about_key = ? AND about_id = ?"
#: A text, which anybody can type, is no paper.
_PAPERS: Final = f"""
{_ABOUT} AND type IN ('pdf', 'png', 'jpeg', 'gif', 'tiff', 'bmp', 'webp', 'heic')
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


def why_no_paper(office: Office, record: Record) -> str:
    """Say why a record with files has no paper; blank where it has one, or no file at all."""
    about = (record.meta.key, record.id)
    if newest_paper(office, record) is not None:
        return ""
    file = office.first(Attachment, _ABOUT, *about, order="id DESC")
    if file is None:
        return ""
    name = file.name or "the file"
    return f"{name} is {file.type}, which is no paper as a PDF, a scan or a photo is"
