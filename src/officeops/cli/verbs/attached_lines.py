"""The files, notes and tags of a record, printed below it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from officeops.cli.on_page import page
from officeops.office.attached import attached_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.core.attachment_record import Attachment
    from officeops.core.note_record import Note
    from officeops.model.records import Record
    from officeops.office.attached import Attached
    from officeops.office.office import Office


def print_attached(office: Office, record: Record) -> None:
    """Print what hangs on a record; nothing where nothing does."""
    attached = attached_to(office, record)
    if attached.is_nothing:
        return
    lines = list(_lines(office, attached))
    if on_page := page():
        from officeops.exchange.paper.printout import Lines

        on_page.add(Lines(lines))
    else:
        sys.stdout.write("\n".join(lines) + "\n")


def attached_as_json(office: Office, record: Record) -> dict[str, Any]:
    """Return what hangs on a record under `attached`; nothing where nothing does.

    A plugin's own field of that name stays.
    """
    # Only where there is something: a script of earlier days knows no such key.
    attached = attached_to(office, record)
    if attached.is_nothing or record.meta.field("attached"):
        return {}
    files = [_file_as_json(file) for file in attached.files]
    notes = [_note_as_json(note) for note in attached.notes]
    tags = [tag.word for tag in attached.tags]
    answer: dict[str, Any] = {"files": files, "notes": notes, "tags": tags}
    if attached.earlier:
        answer["earlier_files"] = [_file_as_json(file) for file in attached.earlier]
    return {"attached": answer}


def _lines(office: Office, attached: Attached) -> Iterator[str]:
    from officeops.office.attached_texts import earlier_text, file_text, note_text, tags_text

    if attached.files:
        yield from ("", "Files")
        for file in attached.files:
            yield f"  #{file.id}  {file_text(file)}"
    if attached.earlier:
        yield from ("", "Earlier files")
        for file in attached.earlier:
            yield f"  #{file.id}  {earlier_text(office, file)}"
    if attached.notes:
        yield from ("", "Notes")
        for note in attached.notes:
            first, *others = note_text(office, note).split("\n")
            yield f"  #{note.id}  {first}"
            yield from (f"      {line}" for line in others)
    if attached.tags:
        yield from ("", f"Tags: {tags_text(attached.tags)}")


def _file_as_json(file: Attachment) -> dict[str, Any]:
    own = {"id": file.id, "name": file.name, "type": file.type, "size": file.size}
    return {**own, "sealed": file.is_sealed}


def _note_as_json(note: Note) -> dict[str, Any]:
    days = {"follow_up_on": note.follow_up_on, "done_on": note.done_on}
    plain = {name: str(day) if day else None for name, day in days.items()}
    return {"id": note.id, "text": note.text, **plain, "owner": note.owner}
