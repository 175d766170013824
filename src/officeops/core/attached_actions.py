"""Actions on what hangs on records: a file is taken away, a note is followed up on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.actions import action
from officeops.model.errors import Reason

if TYPE_CHECKING:
    from officeops.core.attachment_record import Attachment
    from officeops.core.note_record import Note
    from officeops.model.actions import Action
    from officeops.model.office import Office


def _gone(office: Office, attachment: Attachment) -> str | None:  # noqa: ARG001 - as `unless` wants it
    return Reason("it is removed already", code="archived") if attachment.archived_at else None


@action("core.attachment.remove", danger=True, unless=_gone)
def remove(office: Office, attachment: Attachment) -> str:
    """Take a file away from its record; its bytes stay until a purge destroys them."""
    office.archive(attachment)
    return f"Attachment {attachment.id} is removed; `officeops undo` brings it back."


def _settled(office: Office, note: Note) -> str | None:  # noqa: ARG001 - as `unless` wants it
    if note.follow_up_on is None:
        return Reason("it has no day to follow up on", code="nothing-to-do")
    return Reason("it is done already", code="nothing-to-do") if note.done_on else None


@action("core.note.done", means="do", unless=_settled, bulk=True)
def done(office: Office, note: Note) -> str:
    """Say that a note was followed up on: Today no longer has it."""
    office.edit(note, managed=True, done_on=office.today)
    return f"Note {note.id} is done."


ACTIONS: list[Action[..., Any]] = [remove, done]
