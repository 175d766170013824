"""Why an archived record is not changed, and how it comes back: one wording for every road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Reason

if TYPE_CHECKING:
    from officeops.model.records import Record


def why_archived(record: Record) -> str | None:
    """Return that a record is archived, and how it comes back, or None for a live one."""
    if record.archived_at is None:
        return None
    # A record that actions alone write has no command `unarchive`.
    if not record.meta.editable:
        return Reason("it is archived", code="archived")
    word = record.human_key
    if word == str(record.id):
        word = f"'#{word}'"
    how = f"`officeops {record.meta.noun} unarchive {word}` brings it back"
    return Reason(f"it is archived; {how}", code="archived")
