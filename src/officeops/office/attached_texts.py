"""The words for files, notes and tags, alike on the command line and on a record's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.sealed_value import MASK
from officeops.values.convert import show
from officeops.values.sizes import size_text
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.core.attachment_record import Attachment
    from officeops.core.note_record import Note
    from officeops.core.tag_record import Tag
    from officeops.model.office import Office


def file_text(file: Attachment) -> str:
    """Return the name, type and size of a file; a mask for the name of a sealed one."""
    name = MASK if file.is_sealed else safe(file.name or "")
    sealed = ", sealed" if file.is_sealed else ""
    return f"{name}  ({file.type}, {size_text(file.size)}{sealed})"


def earlier_text(office: Office, file: Attachment) -> str:
    """Return a file of a renewed record, with that record."""
    label = office.label(office.records[file.about.key], file.about.id)
    return f"{file_text(file)}, of {safe(label)}"


def note_text(office: Office, note: Note) -> str:
    """Return the text of a note, with the day to follow up on, or that it is done."""
    text = "\n".join(map(safe, note.text.split("\n")))
    if note.follow_up_on is None:
        return text
    day = show(note.meta.by_name["follow_up_on"], note.follow_up_on, office.ways)
    if note.done_on is not None:
        done = show(note.meta.by_name["done_on"], note.done_on, office.ways)
        return f"{text}  (followed up on {done})"
    owner = f", {safe(note.owner)}" if note.owner else ""
    return f"{text}  (follow up on {day}{owner})"


def tags_text(tags: Iterable[Tag]) -> str:
    """Return the words of some tags in one line."""
    return ", ".join(safe(tag.word) for tag in tags)
